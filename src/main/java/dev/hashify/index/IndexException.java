package dev.hashify.index;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The index cannot be used, or not any more. Nothing but time is lost with an index.
///
/// The message is one line for people: where, what was not done, why, what to do.
public final class IndexException extends Exception {

  private static final long serialVersionUID = 1;

  public IndexException(String message) {
    this(message, null);
  }

  public IndexException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /// Never null here.
  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
