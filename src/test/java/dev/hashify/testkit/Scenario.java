package dev.hashify.testkit;

import dev.hashify.os.SystemCalls;

/// A run over a tree that can be repeated: how to make the tree, what to run, what must hold after.
///
/// @param <T> what the maker hands to the others, such as a tree with its fingerprint; closed after
///   each repetition if it is [AutoCloseable]
public record Scenario<T>(Maker<T> fresh, Run<T> run, Check<T> check) {

  /// Makes a new tree.
  @FunctionalInterface
  public interface Maker<T> {
    T make() throws Exception;
  }

  /// What is repeated, on one thread, so that call n is the same call each time. A checked
  /// exception is one of its proper ends; unchecked ones and errors are bugs.
  @FunctionalInterface
  public interface Run<T> {
    void run(T tree, SystemCalls calls) throws Exception;
  }

  /// What must hold afterwards; it may repair first, as the next start of the program would.
  @FunctionalInterface
  public interface Check<T> {
    void check(T tree) throws Exception;
  }

  static void close(Object tree) throws Exception {
    if (tree instanceof AutoCloseable closeable) {
      closeable.close();
    }
  }
}
