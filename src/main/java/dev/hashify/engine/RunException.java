package dev.hashify.engine;

/// A run that could not be done. The message is one line for the user: what, why, what to do.
public abstract sealed class RunException extends Exception {

  private static final long serialVersionUID = 1L;

  private RunException(String message) {
    super(message);
  }

  private RunException(String message, Throwable cause) {
    super(message, cause);
  }

  /// No root could be used, or the request does not fit the roots; nothing was touched.
  public static final class Unusable extends RunException {
    private static final long serialVersionUID = 1L;

    public Unusable(String message) {
      super(message);
    }
  }

  /// The store or its index cannot be used; what was shared before is as it was.
  public static final class StoreUnusable extends RunException {
    private static final long serialVersionUID = 1L;

    public StoreUnusable(String message) {
      super(message);
    }

    public StoreUnusable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /// Another run holds the store.
  public static final class StoreInUse extends RunException {
    private static final long serialVersionUID = 1L;

    public StoreInUse(String message) {
      super(message);
    }
  }
}
