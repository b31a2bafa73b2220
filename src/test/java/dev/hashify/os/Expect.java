package dev.hashify.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hashify.file.Errno;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.function.Executable;

/// Short forms for tests of calls.
final class Expect {

  private Expect() {}

  /// Fails unless `action` fails with this errno.
  static ErrnoException errno(Errno expected, Executable action) {
    var failure = assertThrows(ErrnoException.class, action);
    assertEquals(expected, failure.errno());
    return failure;
  }

  static byte[] name(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
