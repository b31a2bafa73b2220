package dev.hashify.testkit;

/// Thrown in place of a system call to play a process that was killed there.
///
/// An error, not an exception, so that no code under test mistakes it for a failure it can handle.
public final class CrashError extends Error {

  private static final long serialVersionUID = 1L;

  public CrashError(String message) {
    super(message);
  }
}
