package dev.hashify.link;

import dev.hashify.file.Errno;
import dev.hashify.file.FileProblem;
import dev.hashify.file.FileStat;
import dev.hashify.file.TreePath;
import dev.hashify.os.Descriptor;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import dev.hashify.store.DirectoryTimes;
import dev.hashify.store.JournalReading;
import dev.hashify.store.JournalStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The directories of a batch that a killed run left, each opened once, and their modification
/// times.
///
/// A directory whose time is the one that was noted after an exchange has been changed by the batch
/// alone, and gets back the time it had before. One with another time keeps it: it was changed by
/// somebody since, or the batch had put its time back; or the run was killed between an exchange
/// and its note, which cannot be told from that.
final class InterruptedDirectories implements AutoCloseable {

  private final Linux linux;
  private final JournalReading.Valid batch;
  private final Map<Place, Optional<OpenDirectory>> open = new HashMap<>();

  private record Place(TreePath root, TreePath directory, long inode) {
    static Place of(JournalStep step) {
      return new Place(step.root(), step.directory(), step.directoryInode());
    }
  }

  InterruptedDirectories(Linux linux, JournalReading.Valid batch) {
    this.linux = linux;
    this.batch = batch;
  }

  /// The directory of a step's path, if it is still the one of then.
  Optional<OpenDirectory> of(JournalStep step) throws ErrnoException {
    Place place = Place.of(step);
    Optional<OpenDirectory> known = open.get(place);
    if (known == null) {
      known = openDirectory(step);
      open.put(place, known);
    }
    return known;
  }

  private Optional<OpenDirectory> openDirectory(JournalStep step) throws ErrnoException {
    Descriptor directory;
    try (Descriptor root = linux.open().directory(step.root())) {
      directory = linux.open().directoryBeneath(root, step.directory());
    } catch (ErrnoException failed) {
      if (failed.is(Errno.ENOENT) || failed.is(Errno.ENOTDIR) || failed.is(Errno.ELOOP)) {
        return Optional.empty();
      }
      throw failed;
    }
    FileStat now;
    try {
      now = linux.stat().of(directory);
    } catch (ErrnoException failed) {
      directory.close();
      throw failed;
    }
    if (now.inode() != step.directoryInode()) {
      directory.close();
      return Optional.empty();
    }
    var resumed = OpenDirectory.resumed(linux, directory, now, noted(step, now));
    resumed.noteIn(batch.entry(), batch.steps().indexOf(step));
    return Optional.of(resumed);
  }

  /// What was noted of the directory, if nobody but the batch has moved its time.
  private Optional<DirectoryTimes> noted(JournalStep step, FileStat now) {
    Place place = Place.of(step);
    for (int i = 0; i < batch.steps().size(); i++) {
      Optional<DirectoryTimes> noted = batch.directoryTimes().get(i);
      if (noted.isPresent()
          && noted.get().nowNanos() == now.modifiedNanos()
          && Place.of(batch.steps().get(i)).equals(place)) {
        return noted;
      }
    }
    return Optional.empty();
  }

  /// Opens all of them, so that their times are known before anything is exchanged. One that cannot
  /// be opened is told by [#restoreTimes].
  void openAll() {
    for (var step : batch.steps()) {
      try {
        of(step);
      } catch (ErrnoException _) {
        // Asked again when it is needed.
      }
    }
  }

  /// Puts the modification times back that the batch, or the end of it, has moved.
  List<FileProblem> restoreTimes() {
    List<FileProblem> problems = new ArrayList<>();
    Set<Place> seen = new HashSet<>();
    for (var step : batch.steps()) {
      if (!seen.add(Place.of(step))) {
        continue;
      }
      try {
        var directory = of(step);
        if (directory.isPresent()) {
          directory.get().restoreTime();
        }
      } catch (ErrnoException failed) {
        problems.add(
            new FileProblem(
                step.root().resolve(step.directory()),
                OpenDirectories.NOT_RESTORED,
                failed.why(),
                OpenDirectories.WHAT_IT_LEAVES));
      }
    }
    return problems;
  }

  @Override
  public void close() {
    open.values().forEach(directory -> directory.ifPresent(OpenDirectory::close));
    open.clear();
  }
}
