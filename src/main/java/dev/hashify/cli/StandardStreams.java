package dev.hashify.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// Standard output and error in UTF-8 whatever the locale, remembering how writing failed.
///
/// [System#out] would encode by the locale and forget why a write failed; a full disk under a
/// redirected report must be told, a reader that has gone away (`| head`) must not.
final class StandardStreams implements AutoCloseable {

  private final Watched out = new Watched(new FileOutputStream(FileDescriptor.out));
  private final Watched err = new Watched(new FileOutputStream(FileDescriptor.err));
  private final PrintWriter outWriter = writer(out, Flushing.BY_HAND);
  private final PrintWriter errWriter = writer(err, Flushing.EVERY_LINE);

  private enum Flushing {
    BY_HAND,
    EVERY_LINE
  }

  private static PrintWriter writer(OutputStream stream, Flushing flushing) {
    return new PrintWriter(new Utf8Writer(stream), flushing == Flushing.EVERY_LINE);
  }

  PrintWriter out() {
    return outWriter;
  }

  PrintWriter err() {
    return errWriter;
  }

  /// Writes what is left.
  ///
  /// @param code how the run ended
  /// @return `code`, or that there were problems if the output could not be written
  ExitCode finish(ExitCode code) {
    outWriter.flush();
    Optional<IOException> failure = out.failure();
    if (failure.isEmpty() || readerHasGone(failure.get())) {
      return code;
    }
    errWriter.println(
        "hashify: standard output: not written to its end: "
            + Causes.of(failure.get())
            + "; the run itself came to its end");
    return code == ExitCode.DONE ? ExitCode.PROBLEMS : code;
  }

  /// EPIPE is told by its text, which the C library may translate; but only a pipe or a socket can
  /// lose its reader, and nothing else happens to them.
  private static boolean readerHasGone(IOException failure) {
    if (String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe")) {
      return true;
    }
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
      return target.startsWith("pipe:") || target.startsWith("socket:");
    } catch (IOException unknown) {
      return false;
    }
  }

  @Override
  public void close() {
    outWriter.flush();
    errWriter.flush();
  }

  /// Keeps the first failure, which a [PrintWriter] would swallow.
  private static final class Watched extends OutputStream {

    private final OutputStream stream;
    private Optional<IOException> failure = Optional.empty();

    Watched(OutputStream stream) {
      this.stream = stream;
    }

    Optional<IOException> failure() {
      return failure;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        stream.write(bytes, from, length);
      } catch (IOException first) {
        failure = failure.or(() -> Optional.of(first));
        throw first;
      }
    }
  }
}
