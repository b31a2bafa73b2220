package dev.hashify.index;

import dev.hashify.index.Databases.UnusableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.lmdbjava.LmdbException;
import org.lmdbjava.Meta;

/// The index in LMDB.
///
/// Any number of threads may read, each with its own [#reader]; one writes at a time.
public final class LmdbIndex implements Index {

  /// Where a file that cannot be used goes; the one that went there before is replaced.
  static final String SET_ASIDE_NAME = "data.mdb.unusable";

  /// Directories that are open in this process. State in a static field, because what it guards is
  /// the process's: LMDB locks with POSIX locks, which would not stop a second environment on the
  /// same file, and which closing either would drop for both.
  private static final Set<Path> OPEN_HERE = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final Access access;
  private final Databases databases;
  private final boolean wasClosedCleanly;
  private final Set<LmdbReader> readers = ConcurrentHashMap.newKeySet();

  /// Held while the index is written or unmapped; taken before [#gate].
  private final Object writing = new Object();

  /// Held while a reader is made: either it is among [#readers] before the index is closed, or it
  /// is not made.
  private final Object gate = new Object();

  // Guarded by `gate`.
  private boolean closed;

  // Guarded by `writing`.
  private boolean wrote;
  private boolean failed;

  /// Whether the index has not yet been told of what was done. Guarded by [#writing].
  private boolean distrusted;

  /// Loads and binds LMDB now rather than when an index is opened.
  public static void bind() {
    Meta.Version _ = Meta.version();
  }

  private LmdbIndex(Path directory, Access access, Databases databases) {
    this.directory = directory;
    this.access = access;
    this.databases = databases;
    wasClosedCleanly = isMarkedClean(databases);
  }

  private static boolean isMarkedClean(Databases databases) {
    try (var txn = databases.env().txnRead()) {
      byte[] mark = databases.meta().get(txn, Formats.CLEAN_KEY);
      return mark != null && mark.length == 1 && mark[0] == 1;
    }
  }

  /// Opens the index in `directory`.
  ///
  /// For writing, the directory (mode 0700) and an empty index are made if they are missing, and a
  /// file that cannot be used is renamed to `data.mdb.unusable` first. For reading nothing is made
  /// or changed, and without a usable index there is a [NoIndex].
  ///
  /// The caller must hold the store's lock: alone for writing, at least shared for reading.
  ///
  /// @throws IndexException if the directory cannot be used, it is open in this process already, or
  ///   LMDB's native library cannot be loaded
  public static OpenedIndex open(Path directory, Access access) throws IndexException {
    return open(directory, access, Databases.MAP_BYTES);
  }

  /// @param mapBytes how large the map may be, the sizes to try in turn
  static OpenedIndex open(Path directory, Access access, long[] mapBytes) throws IndexException {
    try {
      if (access == Access.READ_WRITE) {
        makeDirectory(directory);
      } else if (!DataFile.isThere(directory.resolve(DataFile.NAME))) {
        return new OpenedIndex(new NoIndex(), Optional.empty());
      }
      var place = directory.toRealPath();
      if (!OPEN_HERE.add(place)) {
        throw new IndexException(
            Messages.of(place, "not opened", "it is open in this process already"));
      }
      boolean opened = false;
      try {
        var result =
            switch (access) {
              case READ_ONLY -> openForReading(place, mapBytes);
              case READ_WRITE -> openForWriting(place, mapBytes);
            };
        opened = result.index() instanceof LmdbIndex;
        return result;
      } finally {
        if (!opened) {
          OPEN_HERE.remove(place);
        }
      }
    } catch (IOException e) {
      throw new IndexException(Messages.of(directory, "not opened", Messages.text(e)), e);
    }
  }

  private static void makeDirectory(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  private static OpenedIndex openForReading(Path place, long[] mapBytes)
      throws IOException, IndexException {
    var problem = DataFile.problem(place.resolve(DataFile.NAME));
    if (problem.isPresent()) {
      return new OpenedIndex(new NoIndex(), problem);
    }
    try {
      return openUsable(place, Access.READ_ONLY, mapBytes);
    } catch (UnusableException e) {
      return new OpenedIndex(new NoIndex(), Optional.of(e.why()));
    }
  }

  private static OpenedIndex openForWriting(Path place, long[] mapBytes)
      throws IOException, IndexException {
    var problem = DataFile.problem(place.resolve(DataFile.NAME));
    if (problem.isEmpty()) {
      try {
        return openUsable(place, Access.READ_WRITE, mapBytes);
      } catch (UnusableException e) {
        problem = Optional.of(e.why());
      }
    }
    setAside(place);
    try {
      return new OpenedIndex(openUsable(place, Access.READ_WRITE, mapBytes).index(), problem);
    } catch (UnusableException e) {
      throw new IndexException(Messages.of(place, "not opened", "a new one is unusable"), e);
    }
  }

  private static OpenedIndex openUsable(Path place, Access access, long[] mapBytes)
      throws IndexException, UnusableException {
    var databases = Databases.open(place, access, mapBytes);
    try {
      return new OpenedIndex(new LmdbIndex(place, access, databases), Optional.empty());
    } catch (LmdbException e) {
      databases.close();
      throw new UnusableException(Databases.text(e));
    }
  }

  /// A rename, not a deletion: with a mistyped `--index` it is somebody else's database. A kill
  /// after it leaves no index, which is what the next run starts from as well.
  private static void setAside(Path place) throws IOException {
    var file = place.resolve(DataFile.NAME);
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      Files.move(file, place.resolve(SET_ASIDE_NAME), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  @Override
  public IndexReader reader() throws IndexException {
    synchronized (gate) {
      requireOpen();
      try {
        var reader = new LmdbReader(this, databases);
        readers.add(reader);
        return reader;
      } catch (LmdbException e) {
        throw new IndexException(Messages.of(directory, "not read", Databases.text(e)), e);
      }
    }
  }

  void forget(LmdbReader reader) {
    readers.remove(reader);
  }

  Path directory() {
    return directory;
  }

  @Override
  public void write(IndexChanges changes) throws IndexException {
    synchronized (writing) {
      requireWritable();
      if (!changes.isEmpty()) {
        writeWith(writer -> writer.write(changes));
      }
    }
  }

  @Override
  public void distrust() throws IndexException {
    synchronized (writing) {
      requireWritable();
      distrusted = true;
      // A write that failed may not have marked it.
      if (!wrote || failed) {
        writeWith(LmdbWriter::markInUse);
      }
    }
  }

  @Override
  public void trust() {
    synchronized (writing) {
      distrusted = false;
    }
  }

  private void requireWritable() {
    if (access == Access.READ_ONLY) {
      throw new IllegalStateException("the index is open for reading only");
    }
    synchronized (gate) {
      requireOpen();
    }
  }

  private interface Writing {
    void with(LmdbWriter writer) throws IOException;
  }

  private void writeWith(Writing change) throws IndexException {
    wrote = true;
    try (var writer = newWriter()) {
      change.with(writer);
    } catch (LmdbException e) {
      failed = true;
      throw notWritten(Databases.text(e), e);
    } catch (IOException e) {
      failed = true;
      throw notWritten(Messages.text(e), e);
    }
  }

  private LmdbWriter newWriter() {
    return new LmdbWriter(databases, directory.resolve(DataFile.NAME));
  }

  private IndexException notWritten(String why, Exception cause) {
    return new IndexException(
        Messages.of(directory, "not written", why)
            + "; what was written before is kept; without the directory the next run makes it anew",
        cause);
  }

  @Override
  public boolean wasClosedCleanly() {
    return wasClosedCleanly;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the index is closed");
    }
  }

  @Override
  public void close() throws IndexException {
    synchronized (gate) {
      if (closed) {
        return;
      }
      closed = true;
    }
    // From here on there are no new readers. No lock is held while waiting for the old ones: a
    // thread that is inside a read may want one.
    for (var reader : readers) {
      reader.release();
    }
    synchronized (writing) {
      try {
        markClean();
      } finally {
        databases.close();
        OPEN_HERE.remove(directory);
      }
    }
  }

  private void markClean() throws IndexException {
    if (!wrote || failed || distrusted) {
      return;
    }
    try (var writer = newWriter()) {
      writer.markClean();
    } catch (LmdbException e) {
      throw notWritten(Databases.text(e), e);
    } catch (IOException e) {
      throw notWritten(Messages.text(e), e);
    }
  }
}
