package dev.hashify.link;

import dev.hashify.file.Errno;
import dev.hashify.file.FileStat;
import dev.hashify.hash.ByteComparer;
import dev.hashify.hash.Comparison;
import dev.hashify.hash.GroupComparison;
import dev.hashify.hash.IdWanted;
import dev.hashify.hash.ReadWatch;
import dev.hashify.os.Descriptor;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.LeaseCalls.Grant;
import dev.hashify.os.Linux;
import dev.hashify.os.OpenFile;
import dev.hashify.store.JournalStep;
import dev.hashify.store.Store;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The replacement of one file's names that a killed run left, and its end.
final class InterruptedReplacement implements AutoCloseable {

  private final Linux linux;
  private final Store store;
  private final InterruptedDirectories directories;
  private final List<JournalStep> steps;
  private final List<Descriptor> open = new ArrayList<>();

  InterruptedReplacement(
      Linux linux, Store store, InterruptedDirectories directories, List<JournalStep> steps) {
    this.linux = linux;
    this.store = store;
    this.directories = directories;
    this.steps = steps;
  }

  /// How it ended.
  enum End {
    /// Nothing of it was left.
    NOTHING_TO_DO,
    /// The paths stay names of the object; the displaced file is dropped.
    DROPPED,
    /// The paths have their old file again.
    PUT_BACK
  }

  /// It cannot be ended without guessing; everything stays where it is.
  static final class Kept extends Exception {
    private static final long serialVersionUID = 1L;

    private final String why;

    Kept(String why) {
      super(why);
      this.why = why;
    }

    String why() {
      return why;
    }
  }

  /// Ends it.
  ///
  /// @throws Kept if what is found is neither of the two inodes, or the path has become something
  ///   else and the displaced file holds bytes that nobody else has
  End end() throws ErrnoException, Kept {
    List<JournalStep> displaced = new ArrayList<>();
    boolean any = false;
    for (var step : steps) {
      Optional<FileStat> there = statIfThere(store.tmp(), temporary(step));
      if (there.isEmpty()) {
        continue;
      }
      if (there.get().inode() == step.objectInode()) {
        linux.names().unlink(store.tmp(), temporary(step));
        any = true;
      } else if (there.get().inode() == step.displaced().inode()) {
        displaced.add(step);
      } else {
        takeOutOfTheWay(step);
        displaced.add(step);
      }
    }
    if (displaced.isEmpty()) {
      return any ? End.DROPPED : End.NOTHING_TO_DO;
    }
    return endDisplaced(displaced);
  }

  /// The displaced file is there, under one temporary or several; decides by what it and the path
  /// hold.
  ///
  /// | content of the two | the displaced file | then |
  /// |---|---|---|
  /// | equal | as it was, quiet, and all its names are here | drop it |
  /// | equal | as it was, but with a writer or with names elsewhere | put it back |
  /// | any | changed since or with a writer, the path's file not | put it back: it has the change |
  /// | equal, not the metadata | as it was, quiet | drop it: the path has what was done |
  /// | different | as it was, with names elsewhere | drop our name: the path has what was written |
  /// | any | else | keep everything |
  ///
  /// Changed is what has another content, owner, mode, time or attribute than the journal says.
  private End endDisplaced(List<JournalStep> displaced) throws ErrnoException, Kept {
    if (isCompleteBreak(displaced)) {
      return drop(displaced);
    }
    OpenFile file = openTemporary(displaced.getFirst());
    boolean hasOtherNames = file.stat().links() != displaced.size();
    boolean isQuiet = linux.leases().take(file.descriptor()) == Grant.TAKEN;
    var extended = linux.attributes().extended(file.descriptor());
    boolean isChanged = !displaced.getFirst().displaced().isUnchanged(file.stat(), extended);
    if (!isChanged && allEqual(file, displaced)) {
      if (!hasOtherNames && isQuiet) {
        return drop(displaced);
      }
      return showTheSame(file, displaced) || !hasOtherNames
          ? putAllBack(displaced)
          : drop(displaced);
    }
    if (isChanged || !isQuiet) {
      for (var step : displaced) {
        Optional<OpenFile> path = openPath(step);
        if (path.isPresent() && !isObjectAsJournalled(path.get().stat(), step)) {
          throw new Kept("both it and the file it replaced have changed since");
        }
      }
      return putAllBack(displaced);
    }
    if (hasOtherNames || allHoldTheSame(file, displaced)) {
      return drop(displaced);
    }
    throw new Kept("the path reads something else than the file it replaced");
  }

  /// Whether all names have got their private copy. What they displaced is then a further name of
  /// an object of the store, which can always go.
  private boolean isCompleteBreak(List<JournalStep> displaced) throws ErrnoException {
    JournalStep first = displaced.getFirst();
    boolean isBreak =
        store
            .stat(first.object())
            .filter(object -> object.inode() == first.displaced().inode())
            .isPresent();
    for (var step : steps) {
      if (isBreak && !displaced.contains(step)) {
        Optional<OpenFile> path = openPath(step);
        isBreak = path.isPresent() && path.get().stat().inode() == step.objectInode();
      }
    }
    return isBreak;
  }

  /// The run was killed while it took an exchange back, and had just taken out a file that somebody
  /// had put at the path meanwhile: that file goes back, and the replaced one is in `tmp` again.
  private void takeOutOfTheWay(JournalStep step) throws ErrnoException, Kept {
    Optional<OpenFile> path = openPath(step);
    if (path.isEmpty() || path.get().stat().inode() != step.displaced().inode()) {
      throw new Kept("its temporary is neither the object nor the replaced file");
    }
    requireDirectory(step).exchange(step.name().bytes(), store.tmp(), temporary(step));
  }

  private OpenDirectory requireDirectory(JournalStep step) throws ErrnoException, Kept {
    return directories.of(step).orElseThrow(() -> new Kept("its directory is not there any more"));
  }

  private static boolean isObjectAsJournalled(FileStat now, JournalStep step) {
    return now.sizeBytes() == step.displaced().sizeBytes()
        && now.modifiedNanos() == step.objectModifiedNanos()
        && step.displaced().hasOwnerAndModeOf(now);
  }

  private End drop(List<JournalStep> displaced) throws ErrnoException {
    for (var step : displaced) {
      linux.names().unlink(store.tmp(), temporary(step));
    }
    return End.DROPPED;
  }

  private End putAllBack(List<JournalStep> displaced) throws ErrnoException, Kept {
    for (var step : displaced) {
      putBack(step);
    }
    return End.PUT_BACK;
  }

  /// Whether times and attributes of the paths are those of the displaced file, so that putting it
  /// back takes nothing away that was done to a path since.
  private boolean showTheSame(OpenFile file, List<JournalStep> displaced) throws ErrnoException {
    for (var step : displaced) {
      Optional<OpenFile> path = openPath(step);
      if (path.isEmpty()
          || path.get().stat().modifiedNanos() != file.stat().modifiedNanos()
          || !linux
              .attributes()
              .extended(path.get().descriptor())
              .equals(linux.attributes().extended(file.descriptor()))) {
        return false;
      }
    }
    return true;
  }

  /// Whether every path holds the same content under the same owner and mode.
  private boolean allEqual(OpenFile file, List<JournalStep> displaced) throws ErrnoException {
    for (var step : displaced) {
      Optional<OpenFile> ours = ours(step);
      if (ours.isEmpty()
          || !step.displaced().hasOwnerAndModeOf(ours.get().stat())
          || !holdsTheSame(file, ours.get())) {
        return false;
      }
    }
    return true;
  }

  private boolean allHoldTheSame(OpenFile file, List<JournalStep> displaced) throws ErrnoException {
    for (var step : displaced) {
      Optional<OpenFile> ours = ours(step);
      if (ours.isEmpty() || !holdsTheSame(file, ours.get())) {
        return false;
      }
    }
    return true;
  }

  /// The file that the batch put at the path: there, or, if the path has been given another one
  /// since, in the store.
  private Optional<OpenFile> ours(JournalStep step) throws ErrnoException {
    Optional<OpenFile> file = openPath(step);
    if (file.isEmpty() || file.get().stat().inode() != step.objectInode()) {
      file = store.open(step.object());
      file.ifPresent(object -> open.add(object.descriptor()));
    }
    return file.filter(found -> found.stat().inode() == step.objectInode());
  }

  private boolean holdsTheSame(OpenFile file, OpenFile ours) {
    try (var comparer = new ByteComparer(linux)) {
      return comparer.compare(ours, List.of(file), IdWanted.NO, ReadWatch.ALWAYS)
              instanceof GroupComparison.Compared(var _, var answers)
          && answers.getFirst() instanceof Comparison.Same;
    }
  }

  /// Exchanges a temporary back. The file the path has now must be quiet: what is written to it in
  /// this moment would be lost with it.
  private void putBack(JournalStep step) throws ErrnoException, Kept {
    OpenDirectory directory = requireDirectory(step);
    byte[] name = step.name().bytes();
    Optional<OpenFile> now = openPath(step);
    if (now.isEmpty() || now.get().stat().inode() != step.objectInode()) {
      throw new Kept("the path has become something else meanwhile");
    }
    Descriptor file = now.get().descriptor();
    if (linux.leases().take(file) != Grant.TAKEN) {
      throw new Kept("somebody is writing to it");
    }
    directory.exchange(name, store.tmp(), temporary(step));
    FileStat out = linux.stat().of(store.tmp(), temporary(step));
    if (out.inode() != step.objectInode() || !linux.leases().isUndisturbed(file)) {
      directory.exchange(name, store.tmp(), temporary(step));
      throw new Kept("somebody changed it just now");
    }
    linux.names().unlink(store.tmp(), temporary(step));
  }

  private OpenFile openTemporary(JournalStep step) throws ErrnoException {
    Descriptor file = linux.open().file(store.tmp(), temporary(step));
    open.add(file);
    return new OpenFile(file, linux.stat().of(file));
  }

  private Optional<OpenFile> openPath(JournalStep step) throws ErrnoException {
    Optional<OpenDirectory> directory = directories.of(step);
    if (directory.isEmpty()) {
      return Optional.empty();
    }
    try {
      Descriptor file = linux.open().file(directory.get().descriptor(), step.name().bytes());
      open.add(file);
      return Optional.of(new OpenFile(file, linux.stat().of(file)));
    } catch (ErrnoException failed) {
      if (failed.is(Errno.ENOENT) || failed.is(Errno.ELOOP)) {
        return Optional.empty();
      }
      throw failed;
    }
  }

  private Optional<FileStat> statIfThere(Descriptor directory, byte[] name) throws ErrnoException {
    try {
      return Optional.of(linux.stat().of(directory, name));
    } catch (ErrnoException failed) {
      if (failed.is(Errno.ENOENT)) {
        return Optional.empty();
      }
      throw failed;
    }
  }

  private static byte[] temporary(JournalStep step) {
    return step.temporaryName().getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    for (var descriptor : open) {
      descriptor.close();
    }
  }
}
