package dev.hashify.testkit;

import dev.hashify.testkit.TestVolume.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;

/// A file system that loses its power, as often as one likes, while it is in use.
///
/// It lies in an image file on an XFS volume, and a cut is a clone of that file: it has what the
/// file system had written to its device at that instant, and nothing of what it kept in memory.
/// Mounting the clone is the start after the cut. What this does not show is a device that loses
/// what it had acknowledged, or writes in another order.
///
/// All images are mounted at one place, one at a time: the paths in a store's journal are those of
/// the host, and two mounted Btrfs of one identity take each other for mirrors.
public final class CutVolume implements AutoCloseable {

  /// XFS refuses to make less than 300 MiB.
  private static final int IMAGE_MEBIBYTES = 320;

  /// For an image and the differences of a hundred clones.
  private static final int OUTER_MEBIBYTES = 4096;

  private static final long RELEASE_NANOS_MAX = 30_000_000_000L;

  private final Kind kind;
  private final TestVolume outer = TestVolume.own(Kind.XFS, OUTER_MEBIBYTES);
  private final Path images;
  private final Path top;
  private Optional<Path> mounted = Optional.empty();

  /// A volume for images of file systems of one kind.
  public CutVolume(Kind kind) throws IOException {
    this.kind = kind;
    images = outer.directory();
    top = Files.createDirectory(images.resolve("top"));
  }

  public Kind kind() {
    return kind;
  }

  /// Where an image is mounted.
  public Path top() {
    return top;
  }

  /// Makes an image with an empty file system.
  public Path make(String name) throws IOException {
    Path image = images.resolve(name);
    TestVolume.makeFileSystem(kind, image, IMAGE_MEBIBYTES);
    return image;
  }

  /// A clone of an image that is not mounted, or of what a mounted one has written so far.
  ///
  /// May come right after a system call of the calling thread, before its answer is read: that lies
  /// in memory which the thread's next call uses again, so the clone is made by another thread.
  public Path cut(Path image, String name) throws IOException {
    var cutting = new FutureTask<Path>(() -> cloneOf(image, name));
    new Thread(cutting, "hashify-test-cut").start();
    try {
      return cutting.get();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(image + ": waiting for its clone");
    } catch (ExecutionException failed) {
      throw new IOException(image + ": not cloned", failed.getCause());
    }
  }

  private Path cloneOf(Path image, String name) throws IOException {
    Path clone = images.resolve(name);
    try (var directory = Tree.in(images).openDirectory("");
        var from = RealLinux.LINUX.open().file(directory, bytes(image.getFileName().toString()));
        var to = RealLinux.LINUX.open().create(directory, bytes(name), 0600)) {
      if (!RealLinux.LINUX.content().cloneContent(from, to)) {
        throw new IOException(images + ": has no clones");
      }
    }
    return clone;
  }

  private static byte[] bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  /// Mounts an image, which replays its log.
  public void mount(Path image) throws IOException {
    // The clones of an XFS share its identity, and so does whatever is still being taken down.
    String options = kind == Kind.XFS ? "loop,nouuid" : "loop";
    Command.run("mount", "-o", options, image.toString(), top.toString());
    mounted = Optional.of(image);
  }

  /// Unmounts what is mounted, in good order.
  public void unmount() throws IOException {
    if (mounted.isEmpty()) {
      return;
    }
    String device = device();
    Command.run("umount", top.toString());
    mounted = Optional.empty();
    awaitRelease(device.substring(device.lastIndexOf('/') + 1));
    if (kind == Kind.BTRFS) {
      // Or the kernel takes a clone, which is older, for a stale mirror.
      // Refused where somebody else has got the device meanwhile, which is as good.
      Command.attempt("btrfs", "device", "scan", "--forget", device);
    }
  }

  /// A mount namespace that was made meanwhile (by a container, say) has the mount, too, and the
  /// file system is not written to its end before that has gone.
  private void awaitRelease(String device) throws IOException {
    Path use = Path.of("/sys/block").resolve(device).resolve("loop/backing_file");
    long end = System.nanoTime() + RELEASE_NANOS_MAX;
    while (isOurs(use)) {
      if (System.nanoTime() > end) {
        throw new IOException(device + ": still in use, by another mount namespace?");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  /// Somebody else may have got the device by now.
  private boolean isOurs(Path use) {
    try {
      return Files.readString(use).startsWith(images.toString());
    } catch (IOException _) {
      return false;
    }
  }

  private String device() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/mounts"))) {
      String[] words = line.split(" ", 3);
      if (words[1].equals(top.toString())) {
        return words[0];
      }
    }
    throw new IOException(top + " is not mounted");
  }

  /// Fails unless the file system in an image that is not mounted is as it should be.
  public void check(Path image) throws IOException {
    String file = image.toString();
    switch (kind) {
      case PLAIN -> throw new IllegalStateException("not on an image");
      case EXT4 -> Command.run("e2fsck", "-fn", file);
      case XFS -> Command.run("xfs_repair", "-n", file);
      case BTRFS -> Command.run("btrfs", "check", "--readonly", file);
    }
  }

  /// Deletes an image that is not mounted.
  public void delete(Path image) throws IOException {
    Files.delete(image);
  }

  @Override
  public void close() throws IOException {
    outer.close();
  }

  /// The kind, so that it stands in the test's name.
  @Override
  public String toString() {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
