package dev.hashify.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hashify.file.TreePath;
import dev.hashify.testkit.RealLinux;
import dev.hashify.testkit.RealLinux.Writing;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Somebody who does one thing to a path while a run is at work, and knows afterwards what must
/// have become of it.
final class Racer {

  static final long OTHER_TIME = 1_600_000_000_000_000_001L;

  private static final byte[] SCRIBBLE = "WRITTEN BY THE RACER".getBytes(UTF_8);

  /// What somebody may do.
  enum Act {
    OVERWRITE,
    TRUNCATE,
    CHMOD,
    CHOWN,
    UTIMES,
    SETXATTR,
    UNLINK,
    RENAME_OVER,
    RENAME_DIRECTORY,
    DIRECTORY_TO_SYMLINK,
    HARD_LINK;

    boolean changesMetadata() {
      return this == CHMOD || this == CHOWN || this == UTIMES || this == SETXATTR;
    }

    boolean writes() {
      return this == OVERWRITE || this == TRUNCATE;
    }
  }

  private final Tree tree;
  private final Act act;
  private final String path;
  private final String directory;

  /// The inode that the path had when the racer acted; empty if nothing was done.
  Optional<Long> inode = Optional.empty();

  private @Nullable Exception failure;

  /// @param path relative to `tree`
  Racer(Tree tree, Act act, String path) {
    this.tree = tree;
    this.act = act;
    this.path = path;
    directory = TreePath.of(path).parent().toString();
  }

  /// Acts, on a thread of its own: the caller is in the middle of a system call of its own.
  void run() {
    var thread =
        new Thread(() -> {
          try {
            act();
          } catch (IOException failed) {
            failure = failed;
          }
        });
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void act() throws IOException {
    long before = tree.stat(path).inode();
    switch (act) {
      case OVERWRITE -> write(before, Writing.OVERWRITE);
      case TRUNCATE -> write(before, Writing.TRUNCATE);
      case CHMOD -> tree.mode(path, 0600);
      case CHOWN -> tree.owner(path, 12, 34);
      case UTIMES -> tree.modified(path, OTHER_TIME);
      case SETXATTR -> tree.attribute(path, "user.racer", SCRIBBLE);
      case UNLINK -> tree.remove(path);
      case RENAME_OVER -> {
        tree.bytes("racer", SCRIBBLE);
        before = tree.stat("racer").inode();
        tree.move("racer", path);
      }
      case RENAME_DIRECTORY -> tree.move(directory, directory + ".moved");
      case DIRECTORY_TO_SYMLINK -> {
        tree.move(directory, directory + ".moved");
        tree.directory("elsewhere").bytes("elsewhere/same.txt", SCRIBBLE);
        tree.symlink(directory, tree.path("elsewhere").toString());
      }
      case HARD_LINK -> tree.hardLink(path, path + ".link");
    }
    if (!act.writes()) {
      inode = Optional.of(before);
    }
  }

  private void write(long before, Writing how) throws IOException {
    try (var parent = tree.openDirectory(directory)) {
      if (RealLinux.write(parent, TreePath.of(path).name(), SCRIBBLE, how)) {
        inode = Optional.of(before);
      }
    }
  }

  /// Whether something was done; a guard or a lease may have forbidden it.
  boolean acted() {
    return inode.isPresent();
  }

  Act did() {
    return act;
  }

  /// Where the file is now that was at the path.
  String whereItIs() {
    return switch (act) {
      case RENAME_DIRECTORY, DIRECTORY_TO_SYMLINK ->
          directory + ".moved/" + new String(TreePath.of(path).name(), UTF_8);
      case OVERWRITE, TRUNCATE, CHMOD, CHOWN, UTIMES, SETXATTR, UNLINK, RENAME_OVER, HARD_LINK ->
          path;
    };
  }

  /// Whether what the racer did shows at `at`.
  boolean shows(String at) {
    try {
      return switch (act) {
        case OVERWRITE, TRUNCATE, RENAME_OVER ->
            tree.text(at).startsWith(new String(SCRIBBLE, UTF_8));
        case CHMOD -> (tree.stat(at).mode() & 07777) == 0600;
        case CHOWN -> tree.stat(at).uid() == 12 && tree.stat(at).gid() == 34;
        case UTIMES -> tree.stat(at).modifiedNanos() == OTHER_TIME;
        case SETXATTR -> {
          try (var file = tree.open(at)) {
            yield RealLinux.LINUX.attributes().extended(file).has("user.racer");
          }
        }
        case UNLINK -> !tree.exists(at);
        case RENAME_DIRECTORY -> tree.exists(at) && !tree.exists(directory);
        case DIRECTORY_TO_SYMLINK ->
            tree.exists(at)
                && !tree.stat(directory).isDirectory()
                && tree.text("elsewhere/same.txt").equals(new String(SCRIBBLE, UTF_8));
        case HARD_LINK -> tree.read(at).length == tree.read(at + ".link").length;
      };
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// Why it could not act, for messages.
  String failure() {
    return String.valueOf(failure);
  }
}
