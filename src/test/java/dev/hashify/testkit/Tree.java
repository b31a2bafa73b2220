package dev.hashify.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hashify.file.Errno;
import dev.hashify.file.ExtendedAttributes.Attribute;
import dev.hashify.file.FileId;
import dev.hashify.file.FileStat;
import dev.hashify.file.TreePath;
import dev.hashify.os.Descriptor;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.InodeFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A fixture tree: made step by step below a directory, asked afterwards.
///
/// Paths are relative to the root; directories on the way are made as needed. Names are bytes and
/// go to the kernel as they are, whatever the locale: `TreePath.of(bytes)` names what text cannot.
public final class Tree implements AutoCloseable {

  private static final int DIRECTORY_MODE = 0755;
  private static final int FILE_MODE = 0644;

  /// How much data a sparse file gets at each place that has any.
  public static final int SPARSE_DATA_BYTES = 4096;

  private static final int READ_MAX_BYTES = 256 << 20;

  private final Path root;

  private Tree(Path root) {
    this.root = root;
  }

  /// A tree below `root`, which is made if need be.
  public static Tree in(Path root) throws IOException {
    Files.createDirectories(root);
    return new Tree(root);
  }

  public Path root() {
    return root;
  }

  /// The root as the program takes it.
  public TreePath hostPath() {
    return TreePath.of(root.toString());
  }

  /// A path below the root for the JDK; only for names that are text.
  public Path path(String relative) {
    return root.resolve(relative);
  }

  public Tree file(String path, String text) throws IOException {
    return bytes(path, text.getBytes(UTF_8));
  }

  public Tree bytes(String path, byte[] content) throws IOException {
    return bytes(TreePath.of(path), content);
  }

  /// Makes a regular file of mode 0644.
  public Tree bytes(TreePath path, byte[] content) throws IOException {
    try (var parent = makeDirectories(path.parent());
        var file = RealLinux.LINUX.open().create(parent, path.name(), FILE_MODE)) {
      RealLinux.LINUX.attributes().setMode(file, FILE_MODE);
      RealLinux.LINUX.content().writeAll(file, content, 0);
    }
    return this;
  }

  /// Writes into an existing file from its start, as an editor in place would; the length stays if
  /// `content` is shorter.
  public Tree overwrite(String path, byte[] content) throws IOException {
    TreePath at = TreePath.of(path);
    try (var parent = openDirectory(at.parent());
        var file = RealLinux.LINUX.open().openOrCreate(parent, at.name(), FILE_MODE)) {
      RealLinux.LINUX.content().writeAll(file, content, 0);
    }
    return this;
  }

  /// Makes a file of `sizeBytes` that is a hole but for a block of data at each of `dataOffsets`.
  public Tree sparse(String path, long sizeBytes, long... dataOffsets) throws IOException {
    TreePath at = TreePath.of(path);
    byte[] block = new byte[SPARSE_DATA_BYTES];
    java.util.Arrays.fill(block, (byte) 's');
    try (var parent = makeDirectories(at.parent());
        var file = RealLinux.LINUX.open().create(parent, at.name(), FILE_MODE)) {
      RealLinux.LINUX.content().truncate(file, sizeBytes);
      for (long offset : dataOffsets) {
        RealLinux.LINUX.content().writeAll(file, block, offset);
      }
    }
    return this;
  }

  public Tree directory(String path) throws IOException {
    return directory(TreePath.of(path));
  }

  public Tree directory(TreePath path) throws IOException {
    makeDirectories(path).close();
    return this;
  }

  public Tree hardLink(String existing, String added) throws IOException {
    return hardLink(TreePath.of(existing), TreePath.of(added));
  }

  public Tree hardLink(TreePath existing, TreePath added) throws IOException {
    try (var from = openDirectory(existing.parent());
        var to = makeDirectories(added.parent())) {
      RealLinux.LINUX.names().link(from, existing.name(), to, added.name());
    }
    return this;
  }

  public Tree symlink(String path, String target) throws IOException {
    TreePath at = TreePath.of(path);
    try (var parent = makeDirectories(at.parent())) {
      Path link = Path.of(parent.procPath(), text(at));
      Files.createSymbolicLink(link, Path.of(target));
    }
    return this;
  }

  public Tree fifo(String path) throws IOException {
    TreePath at = TreePath.of(path);
    try (var parent = makeDirectories(at.parent())) {
      String here = parent.procPath().replace("self", "" + ProcessHandle.current().pid());
      Command.run("mkfifo", here + "/" + text(at));
    }
    return this;
  }

  public Tree mode(String path, int permissions) throws IOException {
    return mode(TreePath.of(path), permissions);
  }

  public Tree mode(TreePath path, int permissions) throws IOException {
    return change(path, file -> RealLinux.LINUX.attributes().setMode(file, permissions));
  }

  /// Sets owner and group, keeping the mode, set-id bits too. Needs root.
  public Tree owner(String path, int uid, int gid) throws IOException {
    return owner(TreePath.of(path), uid, gid);
  }

  public Tree owner(TreePath path, int uid, int gid) throws IOException {
    return change(
        path,
        file -> {
          FileStat before = RealLinux.LINUX.stat().of(file);
          RealLinux.LINUX.attributes().setOwner(file, uid, gid);
          RealLinux.LINUX.attributes().setMode(file, before.mode() & 07777);
        });
  }

  /// Sets the modification time of a file or directory, in nanoseconds since 1970.
  public Tree modified(String path, long nanos) throws IOException {
    return modified(TreePath.of(path), nanos);
  }

  public Tree modified(TreePath path, long nanos) throws IOException {
    return change(path, file -> RealLinux.LINUX.attributes().setModified(file, nanos));
  }

  /// Sets an extended attribute, as `user.comment`.
  public Tree attribute(String path, String name, byte[] value) throws IOException {
    return attribute(TreePath.of(path), name, value);
  }

  public Tree attribute(TreePath path, String name, byte[] value) throws IOException {
    var attribute = new Attribute(name.getBytes(UTF_8), value);
    return change(path, file -> RealLinux.LINUX.attributes().setExtended(file, attribute));
  }

  /// Sets the inode flags, see [InodeFlags].
  public Tree flags(String path, int flags) throws IOException {
    return change(TreePath.of(path), file -> RealLinux.LINUX.attributes().setFlags(file, flags));
  }

  /// Removes one name of a file.
  public Tree remove(String path) throws IOException {
    TreePath at = TreePath.of(path);
    try (var parent = openDirectory(at.parent())) {
      RealLinux.LINUX.names().unlink(parent, at.name());
    }
    return this;
  }

  /// Moves a file or directory within the tree.
  public Tree move(String from, String to) throws IOException {
    TreePath source = TreePath.of(from);
    TreePath target = TreePath.of(to);
    try (var old = openDirectory(source.parent());
        var parent = makeDirectories(target.parent())) {
      RealLinux.LINUX.names().renameReplacing(old, source.name(), parent, target.name());
    }
    return this;
  }

  public FileStat stat(String path) throws IOException {
    return stat(TreePath.of(path));
  }

  public FileStat stat(TreePath path) throws IOException {
    if (path.isEmpty()) {
      try (var top = openDirectory(path)) {
        return RealLinux.LINUX.stat().of(top);
      }
    }
    try (var parent = openDirectory(path.parent())) {
      return RealLinux.LINUX.stat().of(parent, path.name());
    }
  }

  public FileId id(String path) throws IOException {
    return stat(path).id();
  }

  public boolean exists(String path) throws IOException {
    try {
      stat(path);
      return true;
    } catch (ErrnoException e) {
      if (e.is(Errno.ENOENT)) {
        return false;
      }
      throw e;
    }
  }

  public byte[] read(String path) throws IOException {
    return read(TreePath.of(path));
  }

  public byte[] read(TreePath path) throws IOException {
    try (var parent = openDirectory(path.parent());
        var file = RealLinux.LINUX.open().file(parent, path.name())) {
      return RealLinux.LINUX.content().readAll(file, READ_MAX_BYTES);
    }
  }

  public String text(String path) throws IOException {
    return new String(read(path), UTF_8);
  }

  /// Opens a directory of the tree; the caller closes it.
  public Descriptor openDirectory(String path) throws IOException {
    return openDirectory(TreePath.of(path));
  }

  public Descriptor openDirectory(TreePath path) throws IOException {
    try (var top = RealLinux.LINUX.open().directory(hostPath())) {
      return RealLinux.LINUX.open().directoryBeneath(top, path);
    }
  }

  /// Opens a regular file of the tree for reading; the caller closes it.
  public Descriptor open(String path) throws IOException {
    TreePath at = TreePath.of(path);
    try (var parent = openDirectory(at.parent())) {
      return RealLinux.LINUX.open().file(parent, at.name());
    }
  }

  /// Removes the tree, immutable files too.
  @Override
  public void close() throws IOException {
    TreeRemoval.remove(root);
  }

  private interface Change {
    void to(Descriptor file) throws IOException;
  }

  private Tree change(TreePath path, Change change) throws IOException {
    if (path.isEmpty() || stat(path).isDirectory()) {
      try (var directory = openDirectory(path)) {
        change.to(directory);
      }
      return this;
    }
    try (var parent = openDirectory(path.parent());
        var file = RealLinux.LINUX.open().file(parent, path.name())) {
      change.to(file);
    }
    return this;
  }

  private Descriptor makeDirectories(TreePath path) throws IOException {
    if (path.isEmpty()) {
      return openDirectory(path);
    }
    try {
      return openDirectory(path);
    } catch (ErrnoException e) {
      if (!e.is(Errno.ENOENT)) {
        throw e;
      }
    }
    try (var parent = makeDirectories(path.parent())) {
      RealLinux.LINUX.names().makeDirectory(parent, path.name(), DIRECTORY_MODE);
      return RealLinux.LINUX.open().subdirectory(parent, path.name());
    }
  }

  private static String text(TreePath path) {
    return new String(path.name(), UTF_8);
  }
}
