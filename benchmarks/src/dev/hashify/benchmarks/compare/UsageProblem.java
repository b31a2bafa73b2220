package dev.hashify.benchmarks.compare;

/// What was asked for is not what there is.
final class UsageProblem extends Exception {

  private static final long serialVersionUID = 1;

  UsageProblem(String message) {
    super(message);
  }
}
