package dev.hashify.engine;

import dev.hashify.index.IndexException;
import dev.hashify.link.BatchException;
import dev.hashify.plan.KeyGroups;
import java.util.function.IntUnaryOperator;

/// In which order the groups of a store are examined, and what is read before that.
interface ReadingOrder {

  /// Groups that are examined together, by all threads.
  ///
  /// @param count how many
  /// @param numbers their numbers among the groups, by their place here
  record Pass(int count, IntUnaryOperator numbers) {

    int number(int at) {
      return numbers.applyAsInt(at);
    }
  }

  /// Examines the groups of a pass, to the end.
  @FunctionalInterface
  interface Examination {
    void of(Pass pass) throws BatchException, IndexException, InterruptedException;
  }

  /// Has each group examined once, unless the run is cancelled meanwhile.
  void examine(Examination examination) throws BatchException, IndexException, InterruptedException;

  /// All groups as they come, and nothing is read before.
  static ReadingOrder asGrouped(KeyGroups groups) {
    return examination -> examination.of(new Pass(groups.count(), number -> number));
  }
}
