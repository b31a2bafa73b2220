package dev.hashify.testkit;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.hashify.file.Errno;
import dev.hashify.file.FileAttributes;
import dev.hashify.file.FileStat;
import dev.hashify.os.Descriptor;
import dev.hashify.os.ErrnoException;
import java.io.IOException;

/// fs-verity for tests. Few kernels have it; `src/test/verity/run` boots one that has.
public final class Verity {

  /// What the tag of tests that need it is called.
  public static final String TAG = "verity";

  private static final String REQUIRE = "HASHIFY_REQUIRE_VERITY";

  private Verity() {}

  /// Skips the test where no file of the tree's file system can be sealed; fails it where the
  /// environment variable `HASHIFY_REQUIRE_VERITY` is `true`.
  public static void require(Tree tree) throws IOException {
    String probe = "can-be-sealed";
    tree.file(probe, "a file that is sealed");
    try (var file = tree.open(probe)) {
      RealLinux.LINUX.verity().seal(file);
    } catch (ErrnoException failed) {
      if (!failed.is(Errno.EOPNOTSUPP) && !failed.is(Errno.ENOTTY)) {
        throw failed;
      }
      String message = "no fs-verity here: " + failed.why();
      if ("true".equals(System.getenv(REQUIRE))) {
        fail(message);
      }
      abort(message);
    } finally {
      tree.remove(probe);
    }
  }

  /// Whether the kernel lets somebody truncate a sealed file: Btrfs did for years.
  public static boolean canBeTruncated(Tree tree) throws IOException {
    String probe = "can-be-truncated";
    tree.file(probe, "a file that is sealed");
    try (var file = tree.open(probe)) {
      RealLinux.LINUX.verity().seal(file);
      // Not by truncate(1), which opens the file for writing.
      RealLinux.LINUX.content().truncateAgain(file, 1);
      return true;
    } catch (ErrnoException failed) {
      if (!failed.is(Errno.EPERM)) {
        throw failed;
      }
      return false;
    } finally {
      tree.remove(probe);
    }
  }

  public static boolean isSealed(FileStat stat) {
    return (stat.attributes() & FileAttributes.VERITY) != 0;
  }

  /// Seals a file as somebody else would.
  public static void seal(Tree tree, String path) throws IOException {
    try (Descriptor file = tree.open(path)) {
      RealLinux.LINUX.verity().seal(file);
    }
  }
}
