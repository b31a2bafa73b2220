package dev.hashify.testkit;

import dev.hashify.os.SystemCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a child of [ChildCrashLoop] wraps its system calls in.
public final class CrashingCalls {

  static final String HALT_PROPERTY = "hashify.test.haltBeforeCall";
  static final String COUNT_PROPERTY = "hashify.test.countFile";

  private CrashingCalls() {}

  /// Calls that end this JVM in place of the call that the parent chose; `real` if it chose none.
  public static SystemCalls fromProperty(SystemCalls real) {
    long haltBefore = Long.getLong(HALT_PROPERTY, 0);
    String countFile = System.getProperty(COUNT_PROPERTY);
    if (haltBefore == 0 && countFile == null) {
      return real;
    }
    var calls = new FaultyCalls(real);
    if (haltBefore > 0) {
      calls.haltBefore(haltBefore);
    }
    if (countFile != null) {
      var hook = new Thread(() -> writeCount(calls, Path.of(countFile)), "hashify-test-count");
      Runtime.getRuntime().addShutdownHook(hook);
    }
    return calls;
  }

  private static void writeCount(FaultyCalls calls, Path file) {
    try {
      Files.writeString(file, Long.toString(calls.count()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
