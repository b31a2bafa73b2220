package dev.hashify.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the `format` file of a store says.
///
/// Version and digest are the same in every store of this version, and the way of sharing follows
/// from the guard; a store that says anything else was written by a later version and is not
/// touched.
///
/// @param guard under which content is shared
public record StoreFormat(Guard guard) {

  static final int VERSION = 1;

  /// More than any version will ever need.
  static final int BYTES_MAX = 64 * 1024;

  private static final String FIRST_LINE = "hashify store ";

  /// The answer to "what is this file".
  sealed interface Reading {

    /// A format of this version.
    record Understood(StoreFormat format) implements Reading {}

    /// A store, but of a version that this one does not know.
    record Newer(String what) implements Reading {}

    /// Not the format file of a store.
    record Foreign() implements Reading {}
  }

  byte[] fileContent() {
    String text = FIRST_LINE + VERSION + "\n" + String.join("\n", lines());
    return (text + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  private List<String> lines() {
    String share = guard.isForHardLinks() ? "hardlink" : "reflink";
    return List.of("digest sha-256", "share " + share, "guard " + guard.text());
  }

  static Reading read(byte[] content) {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    if (!text.startsWith(FIRST_LINE) || !text.endsWith("\n")) {
      return new Reading.Foreign();
    }
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    lines.removeLast();
    if (!lines.removeFirst().equals(FIRST_LINE + VERSION)) {
      return new Reading.Newer(escape(text.substring(0, text.indexOf('\n'))));
    }
    Optional<StoreFormat> format =
        lines.stream()
            .filter(line -> line.startsWith("guard "))
            .findFirst()
            .flatMap(line -> Guard.parse(line.substring("guard ".length())))
            .map(StoreFormat::new);
    List<String> known = format.map(StoreFormat::lines).orElse(List.of("digest sha-256"));
    for (String line : lines) {
      if (!known.contains(line)) {
        return new Reading.Newer(escape(line));
      }
    }
    return format.isPresent() && lines.containsAll(known)
        ? new Reading.Understood(format.get())
        : new Reading.Foreign();
  }

  private static String escape(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
    return dev.hashify.file.PathText.escape(bytes, 0, Math.min(bytes.length, 100));
  }
}
