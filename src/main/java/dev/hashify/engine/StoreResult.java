package dev.hashify.engine;

import dev.hashify.file.TreePath;
import dev.hashify.index.IndexChanges;
import dev.hashify.index.IndexException;
import dev.hashify.plan.FileTable;
import dev.hashify.report.Counts;
import dev.hashify.report.History;
import dev.hashify.report.PastRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What came of a run for the roots of one store.
final class StoreResult {

  private final StoreWork work;
  private final Outcomes outcomes;
  private final Counts counts;

  StoreResult(StoreWork work, Outcomes outcomes) {
    this.work = work;
    this.outcomes = outcomes;
    this.counts = work.tally().counts();
  }

  Counts counts() {
    return counts;
  }

  /// What is known of a run as a whole when it ends.
  ///
  /// @param problems what failed
  record Ended(Instant began, Duration took, PastRun.End end, long problems) {}

  /// Notes the run in the history of the store.
  ///
  /// @param sweptBytes what objects without a path gave back
  /// @return why it was not noted, if it was not
  Optional<String> note(Ended ended, long sweptBytes) throws IndexException {
    var run =
        new PastRun(
            ended.began(),
            ended.took(),
            ended.end(),
            work.roots().size(),
            counts.found(),
            counts.shared(),
            counts.alreadyShared(),
            counts.reclaimedBytes(),
            savedBytes(ended.end()),
            sweptBytes,
            counts.bytesRead(),
            ended.problems());
    var changes = new IndexChanges();
    work.reader().refresh();
    Optional<String> objection = RunHistory.add(work.reader(), changes, run);
    work.session().index().write(changes);
    work.reader().refresh();
    return objection;
  }

  private OptionalLong savedBytes(PastRun.End end) {
    return switch (end) {
      case COMPLETE -> {
        outcomes.addSharedNow(work.tally());
        yield OptionalLong.of(work.tally().savedBytes());
      }
      case STOPPED -> OptionalLong.empty();
    };
  }

  StoreWork work() {
    return work;
  }

  Outcomes outcomes() {
    return outcomes;
  }

  /// One path for each state that a path of the table was left with. Those that are said of the
  /// table are of tonight; what is only said by the walk may have been decided anew since.
  Examples examples(List<OpenRoot> roots) {
    var examples = new Examples();
    FileTable table = work.table();
    for (int row = 0; row < table.rows(); row++) {
      if (examples.lacks(table.state(row))) {
        TreePath root = roots.get(table.rootOf(table.directoryOf(row))).path();
        examples.note(table.state(row), root.resolve(table.path(row)));
      }
    }
    examples.add(work.tally().examples());
    return examples;
  }

  History history() throws IndexException {
    return RunHistory.read(work.reader());
  }
}
