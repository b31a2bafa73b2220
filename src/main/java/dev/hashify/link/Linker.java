package dev.hashify.link;

import dev.hashify.file.FileProblem;
import dev.hashify.file.Refusal;
import dev.hashify.file.TreePath;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import dev.hashify.os.VolumeCalls.Reflinks;
import dev.hashify.os.VolumeCalls.Volume;
import dev.hashify.plan.Member;
import dev.hashify.plan.MemberPath;
import dev.hashify.store.DisplacedFile;
import dev.hashify.store.Guard;
import dev.hashify.store.ObjectName;
import dev.hashify.store.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes groups of equal files share one inode each, a batch at a time.
///
/// The order of a batch, and why nothing is lost wherever it ends, is in the package's
/// documentation. The files of a batch stay open and leased until [#apply] returns.
///
/// Threads: any number, each with a batch of its own; no file may be in two of them.
public final class Linker {

  private final Linux linux;
  private final Store store;
  private final List<LinkRoot> roots;
  private final Guard guard;
  private final BatchRecorder recorder;
  private final Standstill standstill;

  private final NamesLinkedBefore linkedBefore;
  private final EndedBatches ended;

  /// Held by who exchanges names.
  private final Object namesLock = new Object();

  /// Whether batches wait for each other from start to end.
  private final boolean oneAtATime;

  /// @param store open for changing
  /// @param roots by the numbers that members name
  /// @param guard what to put on the objects
  /// @param recorder told of new objects before any path depends on them
  public Linker(
      Linux linux, Store store, List<LinkRoot> roots, Guard guard, BatchRecorder recorder) {
    this(linux, store, roots, guard, recorder, Standstill.NONE);
  }

  /// @param standstill stops programs around the exchanges of each batch
  public Linker(
      Linux linux,
      Store store,
      List<LinkRoot> roots,
      Guard guard,
      BatchRecorder recorder,
      Standstill standstill) {
    this.linux = linux;
    this.store = store;
    this.roots = List.copyOf(roots);
    this.guard = guard;
    this.recorder = recorder;
    this.standstill = standstill;
    linkedBefore = new NamesLinkedBefore(store);
    ended = new EndedBatches(store);
    oneAtATime = isSlowerBesideSync(linux, store);
  }

  /// Btrfs commits what is exchanged meanwhile, too, and keeps the exchanges waiting for it.
  private static boolean isSlowerBesideSync(Linux linux, Store store) {
    try {
      return linux.volumes().of(store.tmp()).type() == Volume.BTRFS;
    } catch (ErrnoException _) {
      return true;
    }
  }

  /// What a batch did.
  ///
  /// @param outcomes one for each duplicate
  /// @param adopted the keepers that became objects, as they are now
  /// @param problems what went wrong besides: times of directories, guards
  public record Result(
      List<LinkOutcome> outcomes, List<AdoptedObject> adopted, List<FileProblem> problems) {
    public Result {
      outcomes = List.copyOf(outcomes);
      adopted = List.copyOf(adopted);
      problems = List.copyOf(problems);
    }
  }

  /// Shares each group's keeper with its duplicates.
  ///
  /// @throws BatchException if the store, its journal or the index cannot be written: no path has
  ///   been replaced then
  public Result apply(List<ShareGroup> groups) throws BatchException {
    if (!oneAtATime) {
      return applyOne(groups);
    }
    synchronized (this) {
      return applyOne(groups);
    }
  }

  private Result applyOne(List<ShareGroup> groups) throws BatchException {
    try (var batch = new Batch()) {
      batch.adopt(groups);
      batch.prepare();
      synchronized (namesLock) {
        batch.run();
      }
      batch.end();
      batch.abandonUnused();
      return batch.result();
    }
  }

  /// Takes the last batches out of the journal. To be called when there are no more of them; if it
  /// is not, the next run does it.
  ///
  /// @return what could not be removed
  public List<FileProblem> finish() {
    return ended.finish();
  }

  /// One batch from start to end.
  private final class Batch implements AutoCloseable {
    private final OpenDirectories directories = new OpenDirectories(linux, roots);
    private final List<LinkOutcome> outcomes = new ArrayList<>();
    private final List<AdoptedObject> adopted = new ArrayList<>();
    private final List<FileProblem> problems = new ArrayList<>();
    private final List<ShareGroup> ready = new ArrayList<>();
    private final List<Replacement> replacements = new ArrayList<>();
    private final JournaledBatch journal = new JournaledBatch(store, ended, roots);
    private final GuardedObjects guarded = new GuardedObjects(linux, store, guard);

    /// Gives keepers their names in the store.
    void adopt(List<ShareGroup> groups) throws BatchException {
      boolean isAdopting = groups.stream().anyMatch(group -> !group.keeper().isObject());
      if (isAdopting) {
        recorder.adopting();
      }
      var adoption = new AdoptionStep(linux, store, roots);
      for (var group : groups) {
        adoption.adopt(group).ifPresentOrElse(ready::add, () -> outcomes.addAll(adoption.ends()));
      }
      adopted.addAll(adoption.adopted());
      if (isAdopting) {
        recorder.adopted(adopted);
      }
    }

    /// Opens the directories of all names, writes down what is about to happen, and makes that and
    /// the objects durable before anything depends on them.
    void prepare() throws BatchException {
      for (var group : ready) {
        for (var duplicate : group.duplicates()) {
          Replacement replacement = replacement(group, duplicate);
          if (replacement != null) {
            replacements.add(replacement);
          }
        }
        guarded.add(group);
      }
      if (replacements.isEmpty()) {
        return;
      }
      for (int number = 0; number < replacements.size(); number++) {
        journalSteps(replacements.get(number), number);
      }
      try {
        linkedBefore.remember(filesToMove(), directories);
        journal.begin(guarded.journal());
      } catch (ErrnoException failed) {
        throw new BatchException(
            store.path()
                + ": its journal was not written, or not synced: "
                + failed.why()
                + "; nothing was replaced",
            failed);
      }
    }

    private void journalSteps(Replacement replacement, int number) {
      Duplicate duplicate = replacement.duplicate();
      Keeper keeper = replacement.group().keeper();
      var displaced = DisplacedFile.of(duplicate.file().stat(), duplicate.attributes());
      for (var step : replacement.steps()) {
        var name = new JournaledBatch.Name(step.path(), step.directory(), step.temporaryName());
        journal.add(name, keeper.objectName(), keeper.file().stat(), displaced, number);
      }
    }

    private boolean lookAtDirectories(Replacement replacement) {
      for (var step : replacement.steps()) {
        try {
          step.directory().look();
        } catch (ErrnoException failed) {
          var member = replacement.duplicate().member();
          outcomes.add(Refusals.ofOpening(member, step.hostPath(), failed));
          return false;
        }
      }
      return true;
    }

    private List<Member> filesToMove() {
      List<Member> files = new ArrayList<>();
      ready.forEach(group -> group.keeper().member().ifPresent(files::add));
      replacements.forEach(replacement -> files.add(replacement.duplicate().member()));
      return files;
    }

    private @Nullable Replacement replacement(ShareGroup group, Duplicate duplicate) {
      List<Replacement.Step> steps = new ArrayList<>();
      for (MemberPath path : duplicate.member().names()) {
        var hostPath = roots.get(path.root()).path().resolve(path.path());
        try {
          OpenDirectory directory = directories.open(path.root(), path.directory());
          steps.add(
              new Replacement.Step(
                  path, hostPath, directory, TreePath.of(store.newTemporaryName())));
        } catch (ErrnoException failed) {
          outcomes.add(Refusals.ofOpening(duplicate.member(), hostPath, failed));
          return null;
        }
      }
      return new Replacement(linux, store, group, duplicate, steps);
    }

    /// Exchanges, guards, looks once more, drops; puts the directories' times back.
    void run() {
      if (!journal.hasBegun()) {
        return;
      }
      replacements.removeIf(replacement -> !lookAtDirectories(replacement));
      try (var pause = standstill.begin(journal.touchedRoots())) {
        if (standstill.isDemanded() && !pause.moving().isEmpty()) {
          leaveAlone();
        } else {
          replace();
        }
      }
      problems.addAll(guarded.problems());
      problems.addAll(directories.restoreTimes());
    }

    /// Ends the journal, if there is nothing left to do.
    void end() {
      boolean isComplete =
          replacements.stream().noneMatch(Replacement::isLeftBehind) && guarded.isComplete();
      problems.addAll(journal.end(isComplete));
    }

    private void leaveAlone() {
      for (var replacement : replacements) {
        replacement.refuse(Refusal.IN_USE);
        replacement.end().ifPresent(outcomes::add);
      }
    }

    private void replace() {
      guarded.open();
      for (var replacement : replacements) {
        replacement.exchangeAll();
      }
      if (guard == Guard.VERITY) {
        // What is found now need not be sealed for nothing.
        replacements.forEach(this::lookOnceMore);
      }
      guarded.close(objectsInUse());
      boolean mayShareBlocks = mayShareBlocks();
      for (var replacement : replacements) {
        lookOnceMore(replacement);
        replacement.drop(mayShareBlocks);
        replacement.end().ifPresent(outcomes::add);
      }
      guarded.closeDuplicates();
    }

    private boolean mayShareBlocks() {
      try {
        return linux.volumes().reflinks(store.tmp()) != Reflinks.NO;
      } catch (ErrnoException _) {
        // Then each file is asked.
        return true;
      }
    }

    /// The objects that something is going to share.
    private Set<ObjectName> objectsInUse() {
      Set<ObjectName> objects = new HashSet<>();
      for (var replacement : replacements) {
        if (replacement.end().isEmpty()) {
          objects.add(replacement.group().keeper().objectName());
        }
      }
      return objects;
    }

    private void lookOnceMore(Replacement replacement) {
      if (replacement.end().isPresent()) {
        return;
      }
      Optional<Refusal> objection =
          guarded.objection(replacement.group()).or(() -> replacement.objectionAtEnd(guard));
      if (objection.isEmpty()) {
        return;
      }
      guarded.open(replacement.group());
      replacement.refuse(objection.get());
      guarded.closeAgain(replacement.group());
    }

    /// Takes the store's name off keepers that were adopted for nothing: all their duplicates were
    /// refused, and an object without sharers is only a file with a guard nobody asked for.
    void abandonUnused() {
      try {
        abandon();
      } catch (BatchException failed) {
        problems.add(
            new FileProblem(
                store.path(),
                "objects that nothing shares were not taken out of the index",
                String.valueOf(failed.getMessage()),
                "the next run does it"));
      }
    }

    private void abandon() throws BatchException {
      Set<ObjectName> used = new HashSet<>();
      for (var replacement : replacements) {
        boolean isOver =
            replacement.end().isPresent()
                && !(replacement.end().get() instanceof LinkOutcome.Shared)
                && !replacement.isLeftBehind();
        if (!isOver) {
          used.add(replacement.group().keeper().objectName());
        }
      }
      Map<ObjectName, AdoptedObject> unused = new HashMap<>();
      for (var object : adopted) {
        unused.put(object.name(), object);
      }
      unused.keySet().removeAll(used);
      List<AdoptedObject> abandoned = new ArrayList<>();
      for (var group : ready) {
        AdoptedObject object = unused.remove(group.keeper().objectName());
        if (object != null && !guarded.mustStay(group)) {
          forget(group, object).ifPresent(abandoned::add);
        }
      }
      if (!abandoned.isEmpty()) {
        adopted.removeAll(abandoned);
        recorder.abandoned(abandoned);
      }
    }

    private Optional<AdoptedObject> forget(ShareGroup group, AdoptedObject object) {
      try {
        store.unprotect(group.keeper().file().descriptor());
        store.forget(object.name());
        return Optional.of(object);
      } catch (ErrnoException failed) {
        problems.add(
            new FileProblem(
                store.path().child("objects").resolve(TreePath.of(object.name().text())),
                "an object that nothing shares was not dropped",
                failed.why(),
                "it is dropped when its path goes"));
        return Optional.empty();
      }
    }

    Result result() {
      return new Result(outcomes, adopted, problems);
    }

    @Override
    public void close() {
      journal.close();
      directories.close();
    }
  }
}
