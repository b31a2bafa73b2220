package dev.hashify.store;

import dev.hashify.file.TreePath;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/// The bytes of a journal file.
///
/// All numbers big-endian. 8 bytes `hashifyJ`; version u32; length of the body u32; body; CRC-32C
/// of everything before, u32. Body: number of steps u32, steps, number of guards u32, guards. Every
/// text or path is a length u32 and that many bytes; fields stand in the order of [JournalStep] and
/// [JournalGuard], numbers as s64, the group as s32.
final class JournalCodec {

  /// 2 added the modification times of guarded objects.
  static final int VERSION = 2;

  /// Some 500,000 steps: no batch is a hundredth of it.
  static final int BYTES_MAX = 256 << 20;

  private static final byte[] MAGIC = "hashifyJ".getBytes(StandardCharsets.US_ASCII);
  private static final int HEAD_BYTES = MAGIC.length + 8;
  private static final int CRC_BYTES = 4;

  private JournalCodec() {}

  /// What a file's bytes mean.
  sealed interface Decoded {

    record Batch(List<JournalStep> steps, List<JournalGuard> guards) implements Decoded {}

    record Unusable(String reason) implements Decoded {}
  }

  /// @throws IllegalArgumentException if the batch is larger than [#BYTES_MAX]
  static byte[] encode(List<JournalStep> steps, List<JournalGuard> guards) {
    var body = new ByteWriter();
    body.putInt(steps.size());
    for (var step : steps) {
      encode(step, body);
    }
    body.putInt(guards.size());
    for (var guard : guards) {
      body.putText(guard.object().text());
      body.putLong(guard.inode());
      body.putLong(guard.modifiedNanos());
    }
    var file = new ByteWriter();
    file.putRaw(MAGIC);
    file.putInt(VERSION);
    file.putBytes(body.bytes());
    byte[] checked = file.bytes();
    file.putInt(crc(checked, checked.length));
    byte[] all = file.bytes();
    if (all.length > BYTES_MAX) {
      throw new IllegalArgumentException("batch of " + steps.size() + " steps is too large");
    }
    return all;
  }

  private static void encode(JournalStep step, ByteWriter to) {
    to.putText(step.temporaryName());
    to.putText(step.object().text());
    to.putLong(step.objectInode());
    to.putBytes(step.root().bytes());
    to.putBytes(step.directory().bytes());
    to.putLong(step.directoryInode());
    to.putBytes(step.name().bytes());
    to.putLong(step.displacedDevice());
    to.putLong(step.displacedInode());
    to.putLong(step.displacedSizeBytes());
    to.putLong(step.displacedModifiedNanos());
    to.putInt(step.group());
  }

  static Decoded decode(byte[] file) {
    if (file.length < HEAD_BYTES + CRC_BYTES) {
      return new Decoded.Unusable("cut off after " + file.length + " bytes");
    }
    ByteBuffer from = ByteBuffer.wrap(file);
    byte[] magic = new byte[MAGIC.length];
    from.get(magic);
    int version = from.getInt();
    int bodyLength = from.getInt();
    if (!java.util.Arrays.equals(magic, MAGIC)) {
      return new Decoded.Unusable("not a journal file");
    }
    int checked = file.length - CRC_BYTES;
    if (crc(file, checked) != from.getInt(checked)) {
      return new Decoded.Unusable("its checksum is wrong: cut off or changed");
    }
    if (version != VERSION) {
      return new Decoded.Unusable("version " + version + ", this program knows " + VERSION);
    }
    if (bodyLength != checked - HEAD_BYTES) {
      return new Decoded.Unusable("its length is wrong");
    }
    try {
      return decodeBody(from.slice(HEAD_BYTES, bodyLength));
    } catch (BufferUnderflowException | IllegalArgumentException wrong) {
      return new Decoded.Unusable("its checksum is right but its fields are not");
    }
  }

  private static Decoded decodeBody(ByteBuffer from) {
    List<JournalStep> steps = new ArrayList<>();
    int stepCount = count(from);
    for (int i = 0; i < stepCount; i++) {
      steps.add(decodeStep(from));
    }
    List<JournalGuard> guards = new ArrayList<>();
    int guardCount = count(from);
    for (int i = 0; i < guardCount; i++) {
      guards.add(new JournalGuard(object(from), from.getLong(), from.getLong()));
    }
    if (from.hasRemaining()) {
      throw new IllegalArgumentException(from.remaining() + " bytes too many");
    }
    return new Decoded.Batch(steps, guards);
  }

  private static JournalStep decodeStep(ByteBuffer from) {
    return new JournalStep(
        text(from),
        object(from),
        from.getLong(),
        TreePath.of(bytes(from)),
        TreePath.of(bytes(from)),
        from.getLong(),
        TreePath.of(bytes(from)),
        from.getLong(),
        from.getLong(),
        from.getLong(),
        from.getLong(),
        from.getInt());
  }

  private static ObjectName object(ByteBuffer from) {
    return ObjectName.parse(text(from))
        .orElseThrow(() -> new IllegalArgumentException("not the name of an object"));
  }

  /// A count or length; none can be larger than the bytes that are left.
  private static int count(ByteBuffer from) {
    int count = from.getInt();
    if (count < 0 || count > from.remaining()) {
      throw new IllegalArgumentException("count (" + count + ") exceeds what is left");
    }
    return count;
  }

  private static byte[] bytes(ByteBuffer from) {
    byte[] bytes = new byte[count(from)];
    from.get(bytes);
    return bytes;
  }

  private static String text(ByteBuffer from) {
    return new String(bytes(from), StandardCharsets.ISO_8859_1);
  }

  private static int crc(byte[] bytes, int length) {
    var crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
