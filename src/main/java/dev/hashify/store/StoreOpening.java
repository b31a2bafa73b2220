package dev.hashify.store;

import static dev.hashify.store.Layout.bytes;

import dev.hashify.file.DirectoryListing;
import dev.hashify.file.Errno;
import dev.hashify.file.FileStat;
import dev.hashify.file.TreePath;
import dev.hashify.os.Descriptor;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import dev.hashify.os.LockCalls.Sharing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/// Opening a store once: find or make the directory, lock, then look.
///
/// Everything opened on the way is closed again if opening fails.
final class StoreOpening {

  private static final int OTHERS_MAY_WRITE = 0022;

  private final Linux linux;
  private final TreePath path;
  private final Access access;
  private final LockHolder who;
  private final Deque<Descriptor> opened = new ArrayDeque<>();

  StoreOpening(Linux linux, TreePath path, Access access, LockHolder who) {
    this.linux = linux;
    this.path = withoutTrailingSlashes(path);
    this.access = access;
    this.who = who;
  }

  private static TreePath withoutTrailingSlashes(TreePath path) {
    int end = path.length();
    while (end > 1 && path.byteAt(end - 1) == '/') {
      end--;
    }
    return TreePath.of(java.util.Arrays.copyOf(path.bytes(), end));
  }

  Store open() throws StoreException {
    try {
      Store store = openAndLock();
      opened.clear();
      return store;
    } catch (ErrnoException failed) {
      throw StoreException.failed(path, failed);
    } finally {
      opened.forEach(Descriptor::close);
    }
  }

  private Descriptor keep(Descriptor descriptor) {
    opened.push(descriptor);
    return descriptor;
  }

  private Store openAndLock() throws ErrnoException, StoreException {
    Descriptor directory = keep(openDirectory());
    FileStat stat = linux.stat().of(directory);
    if (access == Access.CHANGE) {
      requirePrivate(stat);
    }
    boolean isFresh = !exists(directory, Layout.FORMAT);
    if (isFresh) {
      requireNothingForeign(directory);
    }
    Descriptor lock = keep(openLock(directory));
    takeLock(directory, lock);
    StoreFormat format = readFormat(directory);
    if (access == Access.CHANGE) {
      complete(directory, format);
      writeHolder(lock);
    }
    return new Store(
        linux,
        path,
        access,
        new Store.Parts(
            directory,
            lock,
            part(directory, stat, Layout.OBJECTS),
            part(directory, stat, Layout.TMP),
            part(directory, stat, Layout.JOURNAL),
            part(directory, stat, Layout.DAMAGED)),
        stat,
        format);
  }

  private Descriptor openDirectory() throws ErrnoException, StoreException {
    try {
      return linux.open().directory(path);
    } catch (ErrnoException failed) {
      if (failed.is(Errno.ENOTDIR)) {
        throw StoreException.notAStore(path, "not a directory");
      }
      if (!failed.is(Errno.ENOENT)) {
        throw failed;
      }
      if (access == Access.READ) {
        throw StoreException.missing(path);
      }
    }
    TreePath parent = path.parent();
    try (var above = linux.open().directory(parent.isEmpty() ? TreePath.of(".") : parent)) {
      linux.names().makeDirectory(above, path.name(), Layout.DIRECTORY_MODE);
    } catch (ErrnoException failed) {
      // Another run was first; the lock decides.
      if (!failed.is(Errno.EEXIST)) {
        throw failed;
      }
    }
    return linux.open().directory(path);
  }

  /// Whoever else could write to the store could exchange what is about to be linked into roots.
  private void requirePrivate(FileStat stat) throws ErrnoException, StoreException {
    int user = linux.volumes().effectiveUser();
    if (stat.uid() != user) {
      String why = "belongs to user " + stat.uid() + ", not to " + user;
      throw StoreException.unusable(path, why, "run as its owner, or give another --store");
    }
    if ((stat.mode() & OTHERS_MAY_WRITE) != 0) {
      String why = "others may write to it";
      throw StoreException.unusable(path, why, "look who did, then chmod 700");
    }
  }

  private boolean exists(Descriptor directory, String name) throws ErrnoException {
    try {
      linux.stat().of(directory, bytes(name));
      return true;
    } catch (ErrnoException failed) {
      if (failed.is(Errno.ENOENT)) {
        return false;
      }
      throw failed;
    }
  }

  /// A directory without a format file is a store to be only if it is empty or holds nothing but
  /// what an interrupted making left.
  private void requireNothingForeign(Descriptor directory) throws ErrnoException, StoreException {
    var listing = new DirectoryListing();
    try (var own = linux.open().directoryBeneath(directory, TreePath.EMPTY)) {
      linux.stat().list(own, listing);
    }
    for (int i = 0; i < listing.count(); i++) {
      String name = new String(listing.name(i), StandardCharsets.ISO_8859_1);
      boolean foreign = !Layout.BEFORE_FORMAT.contains(name) && !name.equals(Layout.FORMAT);
      // Another run may have made the store since the format file was looked for.
      if (foreign && !exists(directory, Layout.FORMAT)) {
        throw StoreException.notAStore(path, "not empty and not a store");
      }
    }
    if (access == Access.READ) {
      throw StoreException.missing(path);
    }
  }

  private Descriptor openLock(Descriptor directory) throws ErrnoException, StoreException {
    byte[] name = bytes(Layout.LOCK);
    Descriptor lock;
    try {
      lock =
          access == Access.CHANGE
              ? linux.open().openOrCreate(directory, name, Layout.FILE_MODE)
              : linux.open().file(directory, name);
    } catch (ErrnoException failed) {
      if (failed.is(Errno.ENOENT) || failed.is(Errno.ELOOP) || failed.is(Errno.EISDIR)) {
        throw StoreException.unusable(path, "no lock file", "run `hashify verify`");
      }
      throw failed;
    }
    return lock;
  }

  private void takeLock(Descriptor directory, Descriptor lock)
      throws ErrnoException, StoreException {
    FileStat held = linux.stat().of(lock);
    if (!held.isRegular()) {
      throw StoreException.unusable(path, "its lock is not a file", "remove it");
    }
    Sharing sharing = access == Access.CHANGE ? Sharing.EXCLUSIVE : Sharing.SHARED;
    if (!linux.locks().tryLock(lock, sharing)) {
      // Who only looks leaves no text; what stands in the file is then of an earlier holder.
      boolean onlyReaders = linux.locks().tryLock(lock, Sharing.SHARED);
      throw StoreException.inUse(path, onlyReaders ? "a run that only reads" : holderOf(lock));
    }
    if (!linux.stat().of(directory, bytes(Layout.LOCK)).sharesInodeWith(held)) {
      throw StoreException.inUse(path, "a run that has just made a new lock file");
    }
  }

  private String holderOf(Descriptor lock) throws ErrnoException {
    return LockHolder.describe(linux.content().readAll(lock, LockHolder.TEXT_BYTES_MAX));
  }

  private void writeHolder(Descriptor lock) throws ErrnoException {
    linux.content().truncate(lock, 0);
    linux.content().writeAll(lock, who.fileContent(), 0);
  }

  private StoreFormat readFormat(Descriptor directory) throws ErrnoException, StoreException {
    byte[] content;
    try (var file = linux.open().file(directory, bytes(Layout.FORMAT))) {
      if (!linux.stat().of(file).isRegular()) {
        throw StoreException.notAStore(path, "its format is not a file");
      }
      content = linux.content().readAll(file, StoreFormat.BYTES_MAX);
    } catch (ErrnoException failed) {
      if (failed.is(Errno.ENOENT) && access == Access.CHANGE) {
        return new StoreFormat(Guard.NONE);
      }
      if (failed.is(Errno.EFBIG) || failed.is(Errno.ELOOP)) {
        throw StoreException.notAStore(path, "its format file is none of a store");
      }
      throw failed;
    }
    return switch (StoreFormat.read(content)) {
      case StoreFormat.Reading.Understood(var format) -> format;
      case StoreFormat.Reading.Newer(var what) -> throw StoreException.newer(path, what);
      case StoreFormat.Reading.Foreign() ->
          throw StoreException.notAStore(path, "its format file is none of a store");
    };
  }

  /// Makes what is missing; the format file comes last, so that its presence means a whole store.
  private void complete(Descriptor directory, StoreFormat format) throws ErrnoException {
    boolean isFresh = !exists(directory, Layout.FORMAT);
    for (String part : Layout.DIRECTORIES) {
      if (!exists(directory, part)) {
        linux.names().makeDirectory(directory, bytes(part), Layout.DIRECTORY_MODE);
      }
    }
    if (isFresh) {
      writeTag(directory);
      // A format says that the rest is there. Btrfs may sync it alone.
      linux.content().syncFileSystem(directory);
      new FormatFile(linux, directory).write(format);
      // The store's own name in its parent.
      linux.content().syncFileSystem(directory);
    }
  }

  private void writeTag(Descriptor directory) throws ErrnoException {
    byte[] content = Layout.TAG_CONTENT.getBytes(StandardCharsets.US_ASCII);
    try (var tag = linux.open().openOrCreate(directory, bytes(Layout.TAG), Layout.FILE_MODE)) {
      linux.content().writeAll(tag, content, 0);
    }
  }

  /// A part on another file system or mount could not be linked to and fro.
  private Descriptor part(Descriptor directory, FileStat store, String name)
      throws ErrnoException, StoreException {
    Descriptor part;
    try {
      part = keep(linux.open().subdirectory(directory, bytes(name)));
    } catch (ErrnoException failed) {
      throw StoreException.failed(path.child(name), failed);
    }
    FileStat stat = linux.stat().of(part);
    if (stat.device() != store.device() || stat.mountId() != store.mountId()) {
      String why = name + " is on another file system or mount";
      throw StoreException.unusable(path, why, "unmount it");
    }
    return part;
  }
}
