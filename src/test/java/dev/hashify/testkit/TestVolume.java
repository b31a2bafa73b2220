package dev.hashify.testkit;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A file system for tests: a sparse image, made and mounted when first used.
///
/// One volume of each kind is shared by all tests of a JVM, because making and mounting one takes
/// longer than most tests; each test gets a new directory of it. Volumes are unmounted when the JVM
/// ends, those of a JVM that was killed when the next one starts.
///
/// Mounting needs root. Where it is impossible the test is skipped, unless the environment variable
/// `HASHIFY_REQUIRE_FILESYSTEMS` is `true`: then it fails, so that a build that was meant to test
/// them cannot quietly stop doing so.
public final class TestVolume implements AutoCloseable {

  /// The file systems that can be had.
  public enum Kind {
    /// The file system that temporary files lie on, whatever it is.
    PLAIN,
    EXT4,
    XFS,
    BTRFS
  }

  private static final String REQUIRE = "HASHIFY_REQUIRE_FILESYSTEMS";
  private static final String PREFIX = "hashify-volume-";

  /// XFS refuses to make less than 300 MiB.
  private static final int SIZE_MEBIBYTES = 512;

  private static final long MEBIBYTE = 1L << 20;

  private static final TestVolume SHARED_PLAIN = own(Kind.PLAIN, SIZE_MEBIBYTES);
  private static final TestVolume SHARED_EXT4 = own(Kind.EXT4, SIZE_MEBIBYTES);
  private static final TestVolume SHARED_XFS = own(Kind.XFS, SIZE_MEBIBYTES);
  private static final TestVolume SHARED_BTRFS = own(Kind.BTRFS, SIZE_MEBIBYTES);

  private static final AtomicInteger NEXT = new AtomicInteger();
  private static final List<TestVolume> MOUNTED = new ArrayList<>();

  static {
    sweepUpAfterTheDead();
    Runtime.getRuntime().addShutdownHook(new Thread(TestVolume::closeAll, "hashify-test-volumes"));
  }

  private final Kind kind;
  private final int mebibytes;
  private @Nullable Path home;
  private Optional<String> impossible = Optional.empty();

  private TestVolume(Kind kind, int mebibytes) {
    this.kind = kind;
    this.mebibytes = mebibytes;
  }

  public static TestVolume plain() {
    return SHARED_PLAIN;
  }

  public static TestVolume ext4() {
    return SHARED_EXT4;
  }

  public static TestVolume xfs() {
    return SHARED_XFS;
  }

  public static TestVolume btrfs() {
    return SHARED_BTRFS;
  }

  /// The shared volumes, for `@MethodSource("dev.hashify.testkit.TestVolume#all")`.
  public static Stream<TestVolume> all() {
    return Stream.of(SHARED_EXT4, SHARED_XFS, SHARED_BTRFS);
  }

  /// A volume of the test's own, for tests that fill it, mount it anew or need a second one; the
  /// test closes it.
  ///
  /// @param mebibytes at least 300 for XFS and 110 for Btrfs
  public static TestVolume own(Kind kind, int mebibytes) {
    return new TestVolume(kind, mebibytes);
  }

  public Kind kind() {
    return kind;
  }

  /// The top directory of the volume. Mounts it if it is not mounted; else skips or fails the test.
  public synchronized Path root() {
    if (home == null && impossible.isEmpty()) {
      try {
        home = mount();
        synchronized (MOUNTED) {
          MOUNTED.add(this);
        }
      } catch (IOException e) {
        impossible = Optional.of(String.valueOf(e.getMessage()));
      }
    }
    Path mounted = home;
    if (mounted != null) {
      return mountPoint(mounted);
    }
    String message = kind + " cannot be mounted here: " + impossible.orElseThrow();
    return "true".equals(System.getenv(REQUIRE)) ? fail(message) : abort(message);
  }

  /// A new empty directory of the volume.
  public Path directory() throws IOException {
    return Files.createDirectory(root().resolve("test-" + NEXT.incrementAndGet()));
  }

  /// A new empty tree on the volume.
  public Tree tree() throws IOException {
    return Tree.in(directory());
  }

  /// Unmounts the volume and deletes it. It would be made anew if it were used again.
  @Override
  public synchronized void close() throws IOException {
    Path mounted = home;
    if (mounted == null) {
      return;
    }
    home = null;
    synchronized (MOUNTED) {
      MOUNTED.remove(this);
    }
    takeDown(mounted);
  }

  private Path mountPoint(Path mounted) {
    return mounted.resolve("top");
  }

  private Path mount() throws IOException {
    Path directory = Files.createTempDirectory(PREFIX + ProcessHandle.current().pid() + "-");
    try {
      Path top = Files.createDirectory(mountPoint(directory));
      if (kind != Kind.PLAIN) {
        Path image = directory.resolve("image");
        makeFileSystem(kind, image, mebibytes);
        Command.run("mount", "-o", "loop", image.toString(), top.toString());
      }
      return directory;
    } catch (IOException e) {
      takeDown(directory);
      throw e;
    }
  }

  /// Makes an image file with an empty file system in it.
  ///
  /// @param mebibytes at least 300 for XFS and 110 for Btrfs
  static void makeFileSystem(Kind kind, Path file, int mebibytes) throws IOException {
    try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(mebibytes * MEBIBYTE);
    }
    String image = file.toString();
    switch (kind) {
      case PLAIN -> {}
      case EXT4 ->
          Command.run(
              "mkfs.ext4",
              "-qF",
              "-I256",
              "-Overity",
              "-Elazy_itable_init=1,lazy_journal_init=1,nodiscard",
              image);
      case XFS -> Command.run("mkfs.xfs", "-qfK", image);
      case BTRFS -> Command.run("mkfs.btrfs", "-qfK", image);
    }
  }

  private static void closeAll() {
    List<TestVolume> left;
    synchronized (MOUNTED) {
      left = List.copyOf(MOUNTED);
    }
    for (var volume : left) {
      try {
        volume.close();
      } catch (IOException e) {
        // The next JVM sweeps up what is left.
        System.err.println("test volume is left behind: " + e.getMessage());
      }
    }
  }

  private static void takeDown(Path directory) throws IOException {
    String top = directory.resolve("top").toString();
    // A test may have mounted something on the volume, or the volume somewhere else in itself.
    for (int i = 0; i < 8 && isMountPoint(top); i++) {
      if (Command.attempt("umount", "-R", top).exitCode() != 0) {
        Command.attempt("umount", "-l", top);
      }
    }
    if (isMountPoint(top)) {
      throw new IOException(top + " cannot be unmounted");
    }
    // Not below other mounts: whatever is mounted there is not ours to delete.
    Command.attempt("chattr", "-R", "-f", "-i", "-a", top);
    Command.run("rm", "-rf", "--one-file-system", "--", directory.toString());
  }

  private static boolean isMountPoint(String path) throws IOException {
    return Command.attempt("mountpoint", "-q", path).exitCode() == 0;
  }

  private static void sweepUpAfterTheDead() {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try (var left = Files.newDirectoryStream(temporary, PREFIX + "*")) {
      for (Path directory : left) {
        String rest = directory.getFileName().toString().substring(PREFIX.length());
        long pid = Long.parseLong(rest.substring(0, rest.indexOf('-')));
        if (ProcessHandle.of(pid).isEmpty()) {
          takeDown(directory);
        }
      }
    } catch (IOException | RuntimeException e) {
      // Somebody else's, or being swept by another JVM right now.
      System.err.println("old test volumes are left behind: " + e.getMessage());
    }
  }

  /// The kind, so that it stands in the test's name.
  @Override
  public String toString() {
    return kind.name().toLowerCase(java.util.Locale.ROOT);
  }
}
