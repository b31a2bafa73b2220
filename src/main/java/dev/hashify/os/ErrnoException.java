package dev.hashify.os;

import dev.hashify.file.Errno;
import java.io.IOException;

/// A system call that failed, with its errno. The caller adds the path.
public final class ErrnoException extends IOException {

  private static final long serialVersionUID = 1L;

  private final SystemCall call;
  private final Errno errno;
  private final int number;

  public ErrnoException(SystemCall call, int number) {
    super(call.manualName() + ": " + text(number));
    this.call = call;
    this.number = number;
    this.errno = Errno.of(number);
  }

  /// The call that failed.
  public SystemCall call() {
    return call;
  }

  public Errno errno() {
    return errno;
  }

  public boolean is(Errno expected) {
    return errno == expected;
  }

  /// The cause for people: `permission denied (EACCES)`.
  public String why() {
    return text(number);
  }

  /// The cause of any failure for people: that of the errno if there is one.
  public static String why(IOException failure) {
    return failure instanceof ErrnoException known
        ? known.why()
        : String.valueOf(failure.getMessage());
  }

  private static String text(int number) {
    Errno errno = Errno.of(number);
    return errno == Errno.OTHER ? "error " + number : errno.display();
  }
}
