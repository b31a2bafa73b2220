package dev.hashify.link;

import dev.hashify.file.ContentId;
import dev.hashify.file.Errno;
import dev.hashify.file.FileAttributes;
import dev.hashify.file.FileProblem;
import dev.hashify.file.FileStat;
import dev.hashify.hash.ByteComparer;
import dev.hashify.hash.GroupComparison;
import dev.hashify.hash.ReadWatch;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import dev.hashify.os.OpenFile;
import dev.hashify.store.Guard;
import dev.hashify.store.JournalGuard;
import dev.hashify.store.JournalReading;
import dev.hashify.store.JournalStep;
import dev.hashify.store.Store;
import dev.hashify.store.Temporary;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Ends the batches of a run that was killed, from the journal and nothing else.
///
/// Run it once after opening a store for changing, before anything else is done to it. It may
/// itself be killed at any point and run again.
public final class Recovery {

  private final Linux linux;
  private final Store store;
  private final List<FileProblem> problems = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private int dropped;
  private int putBack;

  public Recovery(Linux linux, Store store) {
    this.linux = linux;
    this.store = store;
  }

  /// What was done.
  ///
  /// @param notes lines for people; empty if there was nothing to do
  /// @param problems what could not be ended, and where it is kept
  public record Result(List<String> notes, List<FileProblem> problems) {
    public Result {
      notes = List.copyOf(notes);
      problems = List.copyOf(problems);
    }
  }

  /// Reads the journal and ends what it says was in hand.
  ///
  /// @throws ErrnoException if the journal cannot be read
  public Result run() throws ErrnoException {
    List<JournalReading> readings = store.journal().read();
    if (readings.isEmpty()) {
      return new Result(notes, problems);
    }
    Set<String> inTmp = temporaries();
    List<JournalReading.Incomplete> incomplete = new ArrayList<>();
    Set<String> explained = new HashSet<>();
    boolean isAllRead = true;
    for (var reading : readings) {
      switch (reading) {
        case JournalReading.Valid valid -> {
          valid.steps().forEach(step -> explained.add(step.temporaryName()));
          end(valid, inTmp);
        }
        case JournalReading.Incomplete one -> incomplete.add(one);
        case JournalReading.Damaged damaged -> putAside(damaged);
        case JournalReading.Unreadable(var path, var why) -> {
          isAllRead = false;
          problems.add(
              new FileProblem(
                  path,
                  "an interrupted run was not ended",
                  why,
                  "its paths read as before; the next run tries again"));
        }
      }
    }
    endIncomplete(incomplete, explained, isAllRead);
    if (dropped + putBack > 0) {
      notes.add(
          "ended what an interrupted run had in hand: "
              + dropped
              + " replacements kept, "
              + putBack
              + " undone");
    }
    return new Result(notes, problems);
  }

  /// A record that is not whole is of a batch that was not begun, unless there are temporaries that
  /// no other record explains; a record that cannot be read may explain them.
  private void endIncomplete(
      List<JournalReading.Incomplete> incomplete, Set<String> explained, boolean isAllRead)
      throws ErrnoException {
    if (incomplete.isEmpty()) {
      return;
    }
    boolean isBegun = !explained.containsAll(temporaries());
    if (!isBegun) {
      // Were one damaged after all, guards may be off that it knew of.
      noteGuards();
    }
    for (var one : incomplete) {
      if (!isBegun) {
        store.journal().remove(one);
      } else if (isAllRead) {
        putAside(one.record());
      }
    }
  }

  /// The names of steps in `tmp`.
  private Set<String> temporaries() throws ErrnoException {
    Set<String> names = new HashSet<>();
    for (var temporary : store.temporaries()) {
      if (temporary.kind() == Temporary.Kind.STEP) {
        names.add(temporary.name().toString());
      }
    }
    return names;
  }

  /// Has the next run that shares go through all guards, because a record is lost that knew some.
  private void noteGuards() throws ErrnoException {
    if (store.format().guard().isOnInode()) {
      store.noteGuardsUnsettled();
    }
  }

  private void putAside(JournalReading.Damaged damaged) throws ErrnoException {
    noteGuards();
    problems.add(
        new FileProblem(
            damaged.path(),
            "a journal was not acted on",
            damaged.reason(),
            "it was put aside; look into the store's tmp for files of an interrupted run"));
    store.journal().putAside(damaged);
  }

  private void end(JournalReading.Valid batch, Set<String> inTmp) throws ErrnoException {
    int problemsBefore = problems.size();
    Map<Integer, List<JournalStep>> byFile = new TreeMap<>();
    for (var step : batch.steps()) {
      byFile.computeIfAbsent(step.group(), _ -> new ArrayList<>()).add(step);
    }
    try (var entry = batch.entry();
        var directories = new InterruptedDirectories(linux, batch)) {
      directories.openAll();
      if (batch.steps().stream().anyMatch(step -> inTmp.contains(step.temporaryName()))) {
        // Else no name is moved, and a moment without guards would be for nothing.
        liftGuards(batch.guards());
      }
      byFile.values().forEach(names -> end(names, directories));
      putGuardsOn(batch, directories);
      List<FileProblem> ofTimes = directories.restoreTimes();
      if (problems.size() == problemsBefore) {
        entry.done();
      }
      problems.addAll(ofTimes);
    }
  }

  private void end(List<JournalStep> names, InterruptedDirectories directories) {
    try (var file = new InterruptedReplacement(linux, store, directories, names)) {
      switch (file.end()) {
        case NOTHING_TO_DO -> {}
        case DROPPED -> dropped++;
        case PUT_BACK -> putBack++;
      }
    } catch (ErrnoException failed) {
      problems.add(kept(names.getFirst(), failed.why()));
    } catch (InterruptedReplacement.Kept kept) {
      problems.add(kept(names.getFirst(), kept.why()));
    }
  }

  private FileProblem kept(JournalStep step, String why) {
    return new FileProblem(
        step.root().resolve(step.directory()).child(step.name().bytes()),
        "an interrupted replacement was not ended",
        why,
        "it reads as before; what it replaced is kept as "
            + store.path()
            + "/tmp/"
            + step.temporaryName()
            + ": move that to the path or delete it, and the next run is done with it");
  }

  /// Names of a guarded object can be neither removed nor exchanged.
  private void liftGuards(List<JournalGuard> guards) {
    forEachObject(guards, (_, object) -> store.unprotect(object.descriptor()));
  }

  private void putGuardsOn(JournalReading.Valid batch, InterruptedDirectories directories) {
    Guard guard = store.format().guard();
    if (guard.isOnInode()) {
      forEachObject(
          batch.guards(),
          (journaled, object) -> {
            boolean isWanted =
                guard != Guard.VERITY
                    || batch.steps().isEmpty()
                    || isShared(batch, journaled, directories);
            putGuardOn(guard, journaled, object, isWanted);
          });
    }
  }

  /// Whether a path of the batch is a name of the object. A seal is for good, so it is not put on
  /// what nothing came to share.
  private boolean isShared(
      JournalReading.Valid batch, JournalGuard guard, InterruptedDirectories directories)
      throws ErrnoException {
    for (var step : batch.steps()) {
      if (step.object().equals(guard.object())) {
        var directory = directories.of(step);
        if (directory.isPresent() && isAt(directory.get(), step, guard.inode())) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isAt(OpenDirectory directory, JournalStep step, long inode)
      throws ErrnoException {
    try {
      return linux.stat().of(directory.descriptor(), step.name().bytes()).inode() == inode;
    } catch (ErrnoException failed) {
      if (failed.is(Errno.ENOENT)) {
        return false;
      }
      throw failed;
    }
  }

  /// A run that was killed while or right after it sealed an object may have left it with the time
  /// at which it did so.
  ///
  /// @param isWanted whether one without the guard gets it
  private void putGuardOn(Guard guard, JournalGuard journaled, OpenFile object, boolean isWanted)
      throws ErrnoException {
    FileStat before = linux.stat().of(object.descriptor());
    boolean hasMoved = before.modifiedNanos() != journaled.modifiedNanos();
    boolean isSealed = (before.attributes() & FileAttributes.VERITY) != 0;
    boolean isOurDoing =
        guard == Guard.VERITY && hasMoved && (isSealed || isHalfSealed(journaled, object, before));
    if (isWanted || isSealed) {
      store.putGuard(guard, object.descriptor());
    }
    if (isOurDoing) {
      linux.attributes().setModified(object.descriptor(), journaled.modifiedNanos());
    }
  }

  /// Whether the kernel can have moved the time when it began to seal: it sets both times to the
  /// moment, and leaves the content. Whoever writes to the file changes that; whoever sets its time
  /// to another than the present one makes the two differ.
  private boolean isHalfSealed(JournalGuard journaled, OpenFile object, FileStat now) {
    if (now.modifiedNanos() != now.changedNanos()) {
      return false;
    }
    try (var comparer = new ByteComparer(linux)) {
      return comparer.identify(object, ReadWatch.ALWAYS)
              instanceof GroupComparison.Compared(Optional<ContentId> id, var _)
          && id.filter(journaled.object().content()::equals).isPresent();
    }
  }

  private interface GuardAction {
    void on(JournalGuard journaled, OpenFile object) throws ErrnoException;
  }

  private void forEachObject(List<JournalGuard> guards, GuardAction action) {
    for (var guard : guards) {
      try {
        var object = store.open(guard.object());
        if (object.isPresent()) {
          try (OpenFile file = object.get()) {
            if (file.stat().inode() == guard.inode()) {
              action.on(guard, file);
            }
          }
        }
      } catch (ErrnoException failed) {
        problems.add(
            new FileProblem(
                store.path().child("objects").child(guard.object().text()),
                "its guard was not restored",
                failed.why(),
                "verify --repair puts it on"));
      }
    }
  }
}
