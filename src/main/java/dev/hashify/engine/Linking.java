package dev.hashify.engine;

import dev.hashify.file.FileProblem;
import dev.hashify.link.BatchException;
import dev.hashify.link.LinkRoot;
import dev.hashify.link.Linker;
import dev.hashify.link.Standstill;
import dev.hashify.os.Linux;
import dev.hashify.store.Guard;
import java.util.List;
import java.util.function.IntSupplier;

/// What all threads of a run that share files by hard links have in common.
final class Linking {

  private final StoreWork work;
  private final Outcomes outcomes;
  private final ObjectRecorder recorder;
  private final Linker linker;
  private final IntSupplier namesMax;

  /// @param guard what to put on the objects
  /// @param namesMax paths in a batch, asked each time
  Linking(
      Linux linux,
      StoreWork work,
      Outcomes outcomes,
      List<OpenRoot> roots,
      Guard guard,
      Standstill standstill,
      IntSupplier namesMax) {
    this.work = work;
    this.outcomes = outcomes;
    this.namesMax = namesMax;
    recorder = new ObjectRecorder(work);
    List<LinkRoot> linkRoots =
        roots.stream().map(root -> new LinkRoot(root.path(), root.descriptor())).toList();
    linker =
        new Linker(linux, work.session().requireStore(), linkRoots, guard, recorder, standstill);
  }

  /// A sink for one thread.
  ShareSink sink() {
    return new LinkingSink(work, outcomes, linker, recorder, namesMax);
  }

  /// Ends the journal and tells the index of all objects, when no thread shares any more. After a
  /// failure it need not be called: the next run does both.
  ///
  /// @param problems gets what is left for the next run
  void finish(List<FileProblem> problems) throws BatchException {
    problems.addAll(linker.finish());
    recorder.write();
  }
}
