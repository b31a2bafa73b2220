package dev.hashify.engine;

import dev.hashify.index.IndexException;
import dev.hashify.link.BatchException;
import dev.hashify.plan.KeyGroups;
import dev.hashify.plan.Member;
import dev.hashify.report.RunMode;
import java.util.ArrayList;
import java.util.List;

/// The second stage for a store whose files share blocks: every group of files that may be equal is
/// examined, by several threads.
final class CloneStage {

  private final ExaminerScope scope;
  private final KeyGroups groups;
  private final MemberFactory members;
  private final CandidateOpener opener;
  private final Cancellation cancellation;
  private final GroupProgress progress;

  CloneStage(
      ExaminerScope scope,
      KeyGroups groups,
      MemberFactory members,
      CandidateOpener opener,
      Cancellation cancellation,
      EventSink sink) {
    this.scope = scope;
    this.groups = groups;
    this.members = members;
    this.opener = opener;
    this.cancellation = cancellation;
    progress = new GroupProgress(scope.work().table(), groups, scope.outcomes(), sink.meter());
  }

  /// Examines all groups in `order`.
  void run(int threads, ReadingOrder order)
      throws BatchException, IndexException, InterruptedException {
    progress.expect();
    order.examine(
        pass -> new GroupThreads(pass.count(), cancellation).run(threads, () -> new Worker(pass)));
    if (cancellation.isRequested()) {
      scope.outcomes().interrupted();
    }
  }

  private final class Worker implements GroupThreads.Worker {
    private final CloneExaminer examiner;
    private final ReadingOrder.Pass pass;

    Worker(ReadingOrder.Pass pass) {
      this.pass = pass;
      ExaminerScope counting = progress.counting(scope);
      examiner =
          new CloneExaminer(
              counting,
              opener,
              counting.request().mode() == RunMode.REAL
                  ? new CloningMatcher(counting.linux(), counting.outcomes())
                  : new ReadingMatcher(counting.linux(), counting.outcomes()));
    }

    @Override
    public void examine(int at) {
      int[] leaders = groups.group(pass.number(at));
      if (!progress.isUndecided(leaders)) {
        return;
      }
      progress.begun(leaders);
      List<Member> all = new ArrayList<>();
      for (int leader : leaders) {
        all.add(members.of(leader));
      }
      if (all.size() == 1) {
        scope.outcomes().unique(all.getFirst());
        return;
      }
      examiner.examine(all);
      progress.done(leaders);
    }

    @Override
    public void finish() {}

    @Override
    public void close() {
      examiner.close();
    }
  }
}
