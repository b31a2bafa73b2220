package dev.hashify.engine;

import dev.hashify.index.IndexChanges;
import dev.hashify.index.IndexException;
import dev.hashify.report.Counts;
import dev.hashify.report.History;
import dev.hashify.report.PastRun;
import java.time.Duration;
import java.time.Instant;
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

  History history() throws IndexException {
    return RunHistory.read(work.reader());
  }
}
