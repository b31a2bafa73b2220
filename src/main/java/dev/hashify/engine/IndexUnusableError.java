package dev.hashify.engine;

import dev.hashify.index.IndexException;

/// Carries a failing index out of a walking thread, where no checked exception can pass.
final class IndexUnusableError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final IndexException failure;

  IndexUnusableError(IndexException failure) {
    super(failure);
    this.failure = failure;
  }

  IndexException failure() {
    return failure;
  }
}
