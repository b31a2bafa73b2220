package dev.hashify.store;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/// The names in `tmp`: `t-<16 hex of the run>-<counter>` for steps, `g-<object>` for what a sweep
/// has in hand. A run's number is random, so no name is ever used twice.
final class TemporaryNames {

  private static final Pattern STEP = Pattern.compile("t-[0-9a-f]{16}-[0-9]{1,19}");

  private static final String SWEPT_PREFIX = "g-";

  private final String prefix;
  private final AtomicLong counter = new AtomicLong();

  TemporaryNames(long run) {
    prefix = "t-" + HexFormat.of().toHexDigits(run) + "-";
  }

  byte[] next() {
    return (prefix + counter.getAndIncrement()).getBytes(StandardCharsets.US_ASCII);
  }

  static boolean isTemporary(String name) {
    return STEP.matcher(name).matches();
  }

  /// The name under which an object waits for its removal; the object's name can be read from it.
  static byte[] swept(ObjectName object) {
    return (SWEPT_PREFIX + object.shard() + object.fileName()).getBytes(StandardCharsets.US_ASCII);
  }

  static Optional<ObjectName> sweptObject(String name) {
    int shardEnd = SWEPT_PREFIX.length() + 2;
    return name.startsWith(SWEPT_PREFIX) && name.length() > shardEnd
        ? ObjectName.parse(
            name.substring(SWEPT_PREFIX.length(), shardEnd), name.substring(shardEnd))
        : Optional.empty();
  }
}
