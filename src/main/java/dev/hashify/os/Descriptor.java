package dev.hashify.os;

/// An open file or directory of the kernel. Closing twice is harmless.
///
/// One owner; the number is valid until [#close].
public final class Descriptor implements AutoCloseable {

  private final Kernel kernel;
  private final int number;
  private boolean open = true;
  private boolean uncached;

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

  /// Notes that nothing of the file was in the page cache before it was read: then it leaves the
  /// cache again with [#close], unless there is memory to spare. Others need the memory more than a
  /// file that nobody uses.
  public void setUncached() {
    uncached = true;
  }

  /// Leaves in the page cache what was read of the file: somebody is about to read it again, and
  /// says [#setUncached] then.
  ///
  /// @return whether it would have left
  public boolean stayCached() {
    boolean was = uncached;
    uncached = false;
    return was;
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      try {
        if (uncached && FreeMemory.isShort(kernel)) {
          // Advice, which has no failure; pages that somebody has mapped or written stay.
          long _ = kernel.raw(SystemCall.FADVISE64, number, 0, 0, ContentCalls.DONT_NEED, 0);
        }
      } finally {
        kernel.close(number);
      }
    }
  }
}
