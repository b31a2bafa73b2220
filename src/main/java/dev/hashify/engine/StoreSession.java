package dev.hashify.engine;

import dev.hashify.file.ByteCount;
import dev.hashify.file.Errno;
import dev.hashify.file.FileProblem;
import dev.hashify.file.TreePath;
import dev.hashify.index.Access;
import dev.hashify.index.Index;
import dev.hashify.index.IndexChanges;
import dev.hashify.index.IndexException;
import dev.hashify.index.IndexReader;
import dev.hashify.index.LmdbIndex;
import dev.hashify.index.NoIndex;
import dev.hashify.index.ObjectEntry;
import dev.hashify.index.OpenedIndex;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import dev.hashify.os.VolumeCalls.Volume;
import dev.hashify.store.ObjectName;
import dev.hashify.store.ObjectVisitor;
import dev.hashify.store.Store;
import dev.hashify.store.StoredObject;
import dev.hashify.store.Sweep;
import dev.hashify.store.SweepResult;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A store with its index, open for a run; or the place where one would be, for a dry run.
final class StoreSession implements AutoCloseable {

  /// Written when a store is made and never again.
  private static final byte[] CACHE_TAG = "CACHEDIR.TAG".getBytes(StandardCharsets.US_ASCII);

  /// Twenty-five times what was free when it went wrong.
  private static final long BTRFS_FREE_MIN = 1 << 20;

  private final TreePath place;
  private final Optional<Store> store;
  private final Index index;
  private final long volume;
  private final List<String> notes = new ArrayList<>();
  private final List<FileProblem> problems = new ArrayList<>();
  private boolean indexWasIncomplete;
  private long identity;
  private boolean areObjectsKnown = true;

  /// Made once, because it is asked for with every directory and group; many threads read it.
  private Optional<ObjectCatalog> objectsInMemory = Optional.empty();

  private StoreSession(TreePath place, Optional<Store> store, Index index, long volume) {
    this.place = place;
    this.store = store;
    this.index = index;
    this.volume = volume;
  }

  /// A place without a store.
  static StoreSession none(TreePath place, long volume) {
    return new StoreSession(place, Optional.empty(), new NoIndex(), volume);
  }

  /// Opens the index of an open store, for writing if the store is open for changing. Takes over
  /// `store`, also if it fails.
  ///
  /// @param indexPath where the index lies, if not in the store
  static StoreSession open(Linux linux, Store store, Optional<TreePath> indexPath)
      throws RunException {
    TreePath path = indexPath.orElse(store.indexPath());
    try {
      requireSpace(store, indexPath);
      return withIndex(linux, store, path);
    } catch (IndexException | ErrnoException failed) {
      store.close();
      throw new RunException.StoreUnusable(
          path
              + ": the index cannot be used: "
              + failed.getMessage()
              + "; nothing was touched, the index may be deleted",
          failed);
    } catch (RunException | RuntimeException | Error failed) {
      store.close();
      throw failed;
    }
  }

  /// LMDB maps its lock file. When a program writes to a mapped page and Btrfs has no space for the
  /// copy, the kernel ends the program (SIGBUS, seen with 40 KiB free), and the Java machine with
  /// it.
  private static void requireSpace(Store store, Optional<TreePath> indexPath)
      throws ErrnoException, RunException {
    Volume volume = store.volume();
    boolean isAtRisk =
        store.access() == dev.hashify.store.Access.CHANGE
            && indexPath.isEmpty()
            && volume.type() == Volume.BTRFS;
    if (isAtRisk && volume.freeBytes() < BTRFS_FREE_MIN) {
      throw new RunException.StoreUnusable(
          store.path()
              + ": not used: "
              + new ByteCount(volume.freeBytes())
              + " are free, and its index needs "
              + new ByteCount(BTRFS_FREE_MIN)
              + " on Btrfs (ENOSPC); nothing was touched, make some space or give another --index");
    }
  }

  private static StoreSession withIndex(Linux linux, Store store, TreePath path)
      throws IndexException, ErrnoException {
    boolean isChanging = store.access() == dev.hashify.store.Access.CHANGE;
    Path directory = Path.of(new String(path.bytes(), StandardCharsets.UTF_8));
    OpenedIndex opened =
        LmdbIndex.open(directory, isChanging ? Access.READ_WRITE : Access.READ_ONLY);
    try {
      long volume = store.volume().volumeId();
      var session = new StoreSession(store.path(), Optional.of(store), opened.index(), volume);
      opened
          .rebuilt()
          .ifPresent(why -> session.notes.add("the index was unusable and is made anew: " + why));
      session.identity = identityOf(linux, store);
      session.indexWasIncomplete =
          opened.rebuilt().isPresent()
              || !opened.index().wasClosedCleanly()
              || !store.isLastIndex(path);
      if (isChanging) {
        session.finishInterruptedSweep();
      }
      session.loadObjects(isChanging);
      if (isChanging && !store.isLastIndex(path)) {
        store.noteLastIndex(path);
      }
      return session;
    } catch (IndexException | ErrnoException | RuntimeException | Error failed) {
      opened.index().close();
      throw failed;
    }
  }

  /// Puts back what an interrupted sweep had in hand, before the objects are listed: one that is
  /// still in `tmp` would be taken for gone.
  private void finishInterruptedSweep() throws ErrnoException {
    SweepResult finished = new Sweep(requireStore()).finishInterrupted();
    indexWasIncomplete |= finished.looked() > 0;
    problems.addAll(finished.problems());
  }

  /// A number that no other store has: an index that lies elsewhere may be of one that is gone, and
  /// inode numbers come again; a store that was copied to another file system with its index may
  /// have got the number there that it had.
  private static long identityOf(Linux linux, Store store) throws ErrnoException {
    long made = 0;
    try {
      made = linux.stat().of(store.directory(), CACHE_TAG).modifiedNanos();
    } catch (ErrnoException failed) {
      if (!failed.is(Errno.ENOENT)) {
        throw failed;
      }
    }
    return Long.rotateLeft(store.directoryInode(), 32)
        ^ made
        ^ Long.rotateLeft(store.volume().volumeId(), 16);
  }

  /// Makes the index know the store's objects after a run that was killed or an index that is new.
  private void loadObjects(boolean isChanging) throws IndexException, ErrnoException {
    byte[] wanted = ByteBuffer.allocate(Long.BYTES).putLong(identity).array();
    boolean isKnown;
    try (var reader = index.reader()) {
      isKnown = reader.meta(OBJECTS_KNOWN).filter(is -> Arrays.equals(is, wanted)).isPresent();
    }
    if (isKnown && !indexWasIncomplete) {
      return;
    }
    indexWasIncomplete = true;
    if (isChanging) {
      index.distrust();
    }
    List<ObjectEntry> found = listObjects();
    // An object that an interrupted sweep still has in hand is not listed either.
    boolean isWhole = problems.isEmpty();
    areObjectsKnown = isWhole;
    if (!isChanging) {
      objectsInMemory = Optional.of(ObjectCatalog.of(found));
      return;
    }
    var changes = new IndexChanges();
    Set<Long> inodes = new HashSet<>();
    for (var object : found) {
      inodes.add(object.inode());
      changes.putObject(object);
    }
    try (var reader = index.reader()) {
      reader.forEachObject(known -> {
        if (isWhole && known.volume() == volume && !inodes.contains(known.inode())) {
          changes.removeObject(volume, known.inode());
        }
      });
      Adoptions.note(reader, changes);
    }
    if (isWhole) {
      changes.putMeta(OBJECTS_KNOWN, wanted);
    }
    index.write(changes);
    indexIsTold();
  }

  /// The index has been told of all objects of the store with this identity.
  private static final String OBJECTS_KNOWN = "objects-known";

  private List<ObjectEntry> listObjects() throws ErrnoException {
    List<ObjectEntry> found = new ArrayList<>();
    if (store.isEmpty()) {
      return found;
    }
    store
        .get()
        .forEachObject(
            new ObjectVisitor() {
              @Override
              public Visit object(StoredObject object) {
                found.add(entry(object));
                return Visit.GO_ON;
              }

              @Override
              public void foreign(TreePath path, String what) {
                notes.add(path + ": not ours among the objects (" + what + "); left alone");
              }

              @Override
              public void problem(FileProblem problem) {
                problems.add(problem);
              }
            });
    return found;
  }

  private ObjectEntry entry(StoredObject object) {
    return new ObjectEntry(
        volume,
        object.inode(),
        object.name().text(),
        object.sizeBytes(),
        object.modifiedNanos(),
        object.mode(),
        object.uid(),
        object.gid(),
        object.name().key());
  }

  /// The objects, as `reader` sees them.
  ObjectCatalog catalog(IndexReader reader) {
    return objectsInMemory.orElseGet(() -> ObjectCatalog.of(reader, volume));
  }

  static Optional<ObjectName> nameOf(ObjectEntry entry) {
    return ObjectName.parse(entry.name());
  }

  TreePath place() {
    return place;
  }

  Optional<Store> store() {
    return store;
  }

  /// The store.
  ///
  /// @throws IllegalStateException if there is none: a dry run asked
  Store requireStore() {
    return store.orElseThrow(() -> new IllegalStateException("there is no store yet"));
  }

  Index index() {
    return index;
  }

  /// Notes that objects are about to come or go, see [Index#distrust].
  void indexIsToBeTold() throws IndexException {
    index.distrust();
  }

  /// Notes that the index has been told of all objects that came or went.
  void indexIsTold() {
    if (areObjectsKnown) {
      index.trust();
    }
  }

  /// What tells this store from another one, part of what records of directories depend on; 0
  /// without a store.
  long identity() {
    return identity;
  }

  /// The number of the file system that roots and store are on.
  long volume() {
    return volume;
  }

  /// Whether all objects of the store could be listed when they had to be.
  boolean areObjectsKnown() {
    return areObjectsKnown;
  }

  /// Whether objects may have lost their names without the index knowing.
  boolean indexWasIncomplete() {
    return indexWasIncomplete;
  }

  List<String> notes() {
    return notes;
  }

  List<FileProblem> problems() {
    return problems;
  }

  @Override
  public void close() throws IndexException {
    try {
      index.close();
    } finally {
      store.ifPresent(Store::close);
    }
  }
}
