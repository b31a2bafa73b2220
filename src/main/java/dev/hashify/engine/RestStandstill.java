package dev.hashify.engine;

import dev.hashify.file.FileProblem;
import dev.hashify.file.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Lets a batch go on only if no program lives in any root that shares, and looks again afterwards:
/// for a guard that has to come off for the batch, where nothing stops the programs.
final class RestStandstill implements StoreStandstill {

  private final RestingRoots roots;
  private final TreePath store;
  private final Set<TreePath> begun = new TreeSet<>();
  private final List<FileProblem> problems = new ArrayList<>();

  /// @param roots all that share objects of the store
  RestStandstill(RestingRoots roots, TreePath store) {
    this.roots = roots;
    this.store = store;
  }

  @Override
  public boolean isDemanded() {
    return true;
  }

  @Override
  public Pause begin(Set<Integer> wanted) {
    List<TreePath> busy = roots.busy();
    begun.addAll(busy);
    if (!busy.isEmpty()) {
      return () -> wanted;
    }
    return new Pause() {
      @Override
      public Set<Integer> moving() {
        return Set.of();
      }

      @Override
      public void close() {
        roots.busy().forEach(root -> begunMeanwhile(root));
      }
    };
  }

  private void begunMeanwhile(TreePath root) {
    if (begun.add(root)) {
      problems.add(ranWithoutGuard(store, root + ": a program began to run in it"));
    }
  }

  /// @param what happened
  static FileProblem ranWithoutGuard(TreePath store, String what) {
    return new FileProblem(
        store,
        "programs ran while shared files were without their guard",
        what,
        "one that opened such a file for writing then goes on writing to it: restart the roots,"
            + " then hashify verify");
  }

  /// The guard is off for a batch at a time, however large it is.
  @Override
  public int namesMax(int most) {
    return most;
  }

  @Override
  public List<FileProblem> takeProblems() {
    List<FileProblem> taken = List.copyOf(problems);
    problems.clear();
    return taken;
  }

  @Override
  public List<String> notes() {
    return begun.stream().map(RestStandstill::note).toList();
  }

  static String note(TreePath root) {
    return root
        + ": a program began to run in it meanwhile; from then on nothing was shared or broken:"
        + " stop it and run again";
  }
}
