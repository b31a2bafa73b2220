package dev.hashify.link;

/// A batch that could not be done for a reason that would stop the next one too: the store or the
/// index cannot be written. Nothing was replaced, or everything that was is in the journal.
public final class BatchException extends Exception {

  private static final long serialVersionUID = 1L;

  public BatchException(String message, Throwable cause) {
    super(message, cause);
  }
}
