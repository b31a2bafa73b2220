package dev.hashify.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Which version this is, as the build wrote it down.
final class Version {

  private Version() {}

  /// `hashify 0.1.0`.
  static String line() {
    try (InputStream resource = Version.class.getResourceAsStream("version")) {
      if (resource == null) {
        throw new IllegalStateException("the version is missing from the jar");
      }
      return "hashify " + new String(resource.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the version cannot be read from the jar", unreadable);
    }
  }
}
