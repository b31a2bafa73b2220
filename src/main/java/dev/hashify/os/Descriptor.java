package dev.hashify.os;

/// An open file or directory of the kernel. Closing twice is harmless.
///
/// One owner; the number is valid until [#close].
public final class Descriptor implements AutoCloseable {

  private final Kernel kernel;
  private final int number;
  private boolean open = true;

  Descriptor(Kernel kernel, int number) {
    this.kernel = kernel;
    this.number = number;
  }

  /// The number, for calls of this package.
  ///
  /// @throws IllegalStateException if it has been closed: the number may be somebody else's by now
  int number() {
    if (!open) {
      throw new IllegalStateException("descriptor " + number + " is closed");
    }
    return number;
  }

  /// The link under `/proc/self/fd`, which names exactly this open file whatever happens to its
  /// names.
  public String procPath() {
    return "/proc/self/fd/" + number();
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      kernel.close(number);
    }
  }
}
