package dev.hashify.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hashify.file.Errno;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// What becomes of each [Deed] to a sealed file, as a machine that can seal files measured it.
///
/// One line a deed: `WRITE EPERM`, `CHMOD CHANGES_ALL`.
final class RecordedDeeds {

  private static final String NAME = "verity.deeds";

  private RecordedDeeds() {}

  static Map<Deed, Outcome> read() throws IOException {
    Map<Deed, Outcome> outcomes = new EnumMap<>(Deed.class);
    for (String line : lines().lines().toList()) {
      String[] words = line.split(" ", 2);
      outcomes.put(Deed.valueOf(words[0]), outcome(words[1]));
    }
    return outcomes;
  }

  /// The record itself.
  static String lines() throws IOException {
    try (var in = Objects.requireNonNull(RecordedDeeds.class.getResourceAsStream(NAME), NAME)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  /// How outcomes are recorded.
  static String lines(Map<Deed, Outcome> outcomes) {
    return outcomes.entrySet().stream()
        .map(each -> each.getKey() + " " + word(each.getValue()) + "\n")
        .collect(Collectors.joining());
  }

  private static String word(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Plain plain -> plain.name();
      case Outcome.Fails(Errno errno) -> errno.name();
    };
  }

  private static Outcome outcome(String word) {
    return Arrays.stream(Outcome.Plain.values())
        .filter(plain -> plain.name().equals(word))
        .map(Outcome.class::cast)
        .findFirst()
        .orElseGet(() -> new Outcome.Fails(Errno.valueOf(word)));
  }
}
