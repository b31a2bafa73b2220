package dev.hashify.cli;

/// What was typed cannot be meant. The message is one line for the user, already fit to be shown.
final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
