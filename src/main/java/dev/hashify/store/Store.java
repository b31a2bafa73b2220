package dev.hashify.store;

import static dev.hashify.store.Layout.bytes;

import dev.hashify.file.DirectoryListing;
import dev.hashify.file.Errno;
import dev.hashify.file.FileStat;
import dev.hashify.file.TreePath;
import dev.hashify.os.Descriptor;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import dev.hashify.os.OpenFile;
import dev.hashify.os.VolumeCalls.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// An open store, locked as its [Access] asks; closing it ends the lock.
///
/// Safe for many threads, except that one thread opens and closes it. What changes the store asks
/// for [Access#CHANGE] and is an [IllegalStateException] otherwise.
public final class Store implements AutoCloseable {

  /// Longer than any path the kernel takes.
  private static final int PATH_BYTES_MAX = 8192;

  private final Linux linux;
  private final TreePath path;
  private final Access access;
  private final Parts parts;
  private final FileStat stat;
  private final Shards shards;
  private final TemporaryNames temporaryNames = new TemporaryNames(runNumber());
  private final Guards guards;
  private volatile StoreFormat format;

  /// The open directories of a store and its lock file.
  record Parts(
      Descriptor directory,
      Descriptor lock,
      Descriptor objects,
      Descriptor tmp,
      Descriptor journal,
      Descriptor damaged) {}

  Store(Linux linux, TreePath path, Access access, Parts parts, FileStat stat, StoreFormat format) {
    this.linux = linux;
    this.path = path;
    this.access = access;
    this.parts = parts;
    this.stat = stat;
    this.format = format;
    shards = new Shards(linux, parts.objects());
    guards = new Guards(linux);
  }

  /// Opens the store at `path`, making it if `access` is [Access#CHANGE] and there is none; its
  /// parent directory must exist. Does not wait: whoever wants to waits and calls again.
  ///
  /// @param who what others are told who find it in use; not written when only reading
  /// @throws StoreException if it cannot be used; nothing is left open or locked then
  public static Store open(Linux linux, TreePath path, Access access, LockHolder who)
      throws StoreException {
    return new StoreOpening(linux, path, access, who).open();
  }

  /// Not to be repeated on purpose: a name that comes back after a power cut must be nobody's.
  private static long runNumber() {
    var random = UUID.randomUUID();
    return random.getMostSignificantBits() ^ random.getLeastSignificantBits();
  }

  public TreePath path() {
    return path;
  }

  /// Where the index lies unless the user says otherwise; the store never looks into it.
  public TreePath indexPath() {
    return path.child(Layout.INDEX);
  }

  public Access access() {
    return access;
  }

  /// The store's own directory; closed with the store.
  public Descriptor directory() {
    return parts.directory();
  }

  /// The directory for names that come and go; closed with the store.
  public Descriptor tmp() {
    return parts.tmp();
  }

  TreePath tmpPath() {
    return path.child(Layout.TMP);
  }

  TreePath objectPath(ObjectName name) {
    return path.child(Layout.OBJECTS).child(name.shard()).child(name.fileName());
  }

  Descriptor damaged() {
    return parts.damaged();
  }

  TreePath damagedPath() {
    return path.child(Layout.DAMAGED);
  }

  Linux linux() {
    return linux;
  }

  Shards shards() {
    return shards;
  }

  /// The file system the store lies on.
  public Volume volume() throws ErrnoException {
    return linux.volumes().of(parts.directory());
  }

  /// The mount the store was reached through; hard links need one mount.
  public long mountId() {
    return stat.mountId();
  }

  /// The inode of the store's own directory, so that a walk can leave it out.
  public long directoryInode() {
    return stat.inode();
  }

  /// The device of the store and of all its objects.
  public long device() {
    return stat.device();
  }

  public StoreFormat format() {
    return format;
  }

  /// Records under which guard objects are shared from now on; survives a power cut on return.
  public void recordGuard(Guard guard) throws ErrnoException {
    requireChange();
    var next = new StoreFormat(guard);
    if (!next.equals(format)) {
      new FormatFile(linux, parts.directory()).write(next);
      format = next;
    }
  }

  /// How many names an object may be given, head room left; the next generation starts then. A
  /// lower limit of the moment shows as EMLINK.
  public int linksPerInodeMax() throws ErrnoException {
    return LinkLimits.usable(volume());
  }

  /// A name for [#tmp] that no run has used or will use.
  public byte[] newTemporaryName() {
    return temporaryNames.next();
  }

  /// What lies in [#tmp], in the order of inodes; what vanishes meanwhile is left out.
  public List<Temporary> temporaries() throws ErrnoException {
    var listing = new DirectoryListing();
    try (var own = linux.open().subdirectory(parts.directory(), bytes(Layout.TMP))) {
      linux.stat().list(own, listing);
    }
    List<Temporary> found = new ArrayList<>();
    for (int i = 0; i < listing.count(); i++) {
      byte[] name = listing.name(i);
      Optional<FileStat> now = statOf(parts.tmp(), name);
      if (now.isPresent()) {
        found.add(new Temporary(TreePath.of(name), now.get()));
      }
    }
    return found;
  }

  /// The stat of what has the object's name; empty if nothing has.
  public Optional<FileStat> stat(ObjectName name) throws ErrnoException {
    Optional<Descriptor> shard = shards.existing(name);
    return shard.isPresent() ? statOf(shard.get(), name.fileNameBytes()) : Optional.empty();
  }

  private Optional<FileStat> statOf(Descriptor directory, byte[] name) throws ErrnoException {
    try {
      return Optional.of(linux.stat().of(directory, name));
    } catch (ErrnoException failed) {
      if (failed.is(Errno.ENOENT)) {
        return Optional.empty();
      }
      throw failed;
    }
  }

  /// Opens an object for reading; empty if there is none or what has its name is no regular file.
  public Optional<OpenFile> open(ObjectName name) throws ErrnoException {
    Optional<Descriptor> shard = shards.existing(name);
    // Looked at first, because opening a device can have effects of its own.
    if (shard.isEmpty() || !stat(name).map(FileStat::isRegular).orElse(false)) {
      return Optional.empty();
    }
    Descriptor file;
    try {
      file = linux.open().file(shard.get(), name.fileNameBytes());
    } catch (ErrnoException failed) {
      if (failed.is(Errno.ENOENT) || failed.is(Errno.ELOOP)) {
        return Optional.empty();
      }
      throw failed;
    }
    try {
      FileStat opened = linux.stat().of(file);
      if (opened.isRegular()) {
        return Optional.of(new OpenFile(file, opened));
      }
    } catch (ErrnoException failed) {
      file.close();
      throw failed;
    }
    file.close();
    return Optional.empty();
  }

  /// Makes an open file an object: its inode gets the object's name. Nothing is replaced or copied.
  ///
  /// Survives a power cut after the next [#sync]. If it fails, the file has no further name.
  ///
  /// @throws ErrnoException EMLINK if the inode has as many names as it can have; EXDEV if it is on
  ///   another file system, mount or Btrfs subvolume; EPERM if it is immutable; ENOENT if it has no
  ///   name left
  public Adoption adopt(Descriptor file, ObjectName name) throws ErrnoException {
    requireChange();
    Descriptor shard = shards.made(name);
    try {
      linux.names().linkOpenFile(file, shard, name.fileNameBytes());
      return new Adoption.Adopted();
    } catch (ErrnoException failed) {
      if (!failed.is(Errno.EEXIST)) {
        throw failed;
      }
      return new Adoption.AlreadyThere(linux.stat().of(shard, name.fileNameBytes()));
    }
  }

  /// Gives an object one more name, in [#tmp].
  ///
  /// @throws ErrnoException ENOENT if there is no such object; EMLINK if it has as many names as it
  ///   can have; EPERM if it is immutable
  public void linkTo(ObjectName name, byte[] temporaryName) throws ErrnoException {
    requireChange();
    Descriptor shard = shards.made(name);
    linux.names().link(shard, name.fileNameBytes(), parts.tmp(), temporaryName);
  }

  /// Takes the object's name away, as if the file had never been adopted; its other names stay.
  /// Nothing happens if there is no such object.
  public void forget(ObjectName name) throws ErrnoException {
    requireChange();
    Optional<Descriptor> shard = shards.existing(name);
    if (shard.isEmpty()) {
      return;
    }
    try {
      linux.names().unlink(shard.get(), name.fileNameBytes());
    } catch (ErrnoException failed) {
      if (!failed.is(Errno.ENOENT)) {
        throw failed;
      }
    }
  }

  /// Shows all objects to `visitor`. Memory: the entries of one shard.
  ///
  /// @throws ErrnoException if the list of shards cannot be read; a single shard that cannot is a
  ///   problem told to the visitor
  public void forEachObject(ObjectVisitor visitor) throws ErrnoException {
    new ObjectWalk(this, visitor).run();
  }

  /// Puts a guard on the object; nothing happens if it has it, or if it is no guard that each
  /// object has.
  ///
  /// @throws ErrnoException ETXTBSY if it is to be sealed and somebody has it open for writing
  public void putGuard(Guard guard, Descriptor object) throws ErrnoException {
    guards.put(guard, object);
  }

  /// Makes the object immutable; nothing happens if it is.
  public void protect(Descriptor object) throws ErrnoException {
    guards.protect(object);
  }

  /// Takes off what would keep the object from being linked and renamed: the immutable flag.
  /// Nothing happens if it is off. A seal stays, and is in nobody's way.
  public void unprotect(Descriptor object) throws ErrnoException {
    guards.unprotect(object);
  }

  /// Makes all that was done to the store and the rest of its file system survive a power cut.
  public void sync() throws ErrnoException {
    linux.content().syncFileSystem(parts.directory());
  }

  /// Which names were hard links of each other before they were shared.
  public LinkedNames linkedNames() {
    return new LinkedNames(linux, parts.directory());
  }

  /// Whether the index at `index` was told of the last changes to the store. Another one may lie
  /// elsewhere and not know what this one knows.
  public boolean isLastIndex(TreePath index) throws ErrnoException {
    try (var file = linux.open().file(parts.directory(), bytes(Layout.LAST_INDEX))) {
      return TreePath.of(linux.content().readAll(file, PATH_BYTES_MAX)).equals(index);
    } catch (ErrnoException failed) {
      if (failed.is(Errno.ENOENT) || failed.is(Errno.EFBIG)) {
        return false;
      }
      throw failed;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /// Notes that the index at `index` knows all objects and will be told of every change.
  public void noteLastIndex(TreePath index) throws ErrnoException {
    requireChange();
    try (var file = linux.open().openOrCreate(parts.directory(), bytes(Layout.LAST_INDEX), 0600)) {
      linux.content().truncate(file, 0);
      linux.content().writeAll(file, index.bytes(), 0);
      linux.content().sync(file);
    }
  }

  /// Notes, durably, that not all objects have the store's guard from now on: a user releases some,
  /// or the guard is changed. Until [#noteGuardsSettled] the next run goes through all of them.
  public void noteGuardsUnsettled() throws ErrnoException {
    requireChange();
    try (var file =
        linux.open().openOrCreate(parts.directory(), bytes(Layout.UNSETTLED_GUARDS), 0600)) {
      linux.content().sync(file);
    }
    linux.content().sync(parts.directory());
  }

  /// Whether some objects may lack the store's guard, or have another.
  public boolean areGuardsUnsettled() throws ErrnoException {
    return statOf(parts.directory(), bytes(Layout.UNSETTLED_GUARDS)).isPresent();
  }

  /// Notes that all objects have the store's guard again.
  public void noteGuardsSettled() throws ErrnoException {
    requireChange();
    linux.names().unlink(parts.directory(), bytes(Layout.UNSETTLED_GUARDS));
  }

  /// The record of what is in hand.
  public Journal journal() {
    return new Journal(this, parts.journal(), temporaryNames);
  }

  void requireChange() {
    if (access != Access.CHANGE) {
      throw new IllegalStateException("the store is open for reading only");
    }
  }

  @Override
  public void close() {
    try {
      if (access == Access.CHANGE) {
        linux.content().truncate(parts.lock(), 0);
      }
    } catch (ErrnoException _) {
      // The text tells who holds the lock; it is only read while somebody does.
    } finally {
      shards.close();
      parts.tmp().close();
      parts.journal().close();
      parts.damaged().close();
      parts.directory().close();
      // Last: whoever gets the lock finds nothing of us in use.
      parts.lock().close();
    }
  }
}
