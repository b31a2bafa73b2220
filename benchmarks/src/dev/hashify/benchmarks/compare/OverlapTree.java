package dev.hashify.benchmarks.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Roots that have nine files of ten in common: same path, bytes and modification time.
///
/// The tenth has the same path in all roots and its own bytes and time in each; of these, every
/// second has the same size in all, so that only reading tells them apart for a program that does
/// not look at times. There are no hard links in it.
///
/// @param files regular files in all roots together
/// @param sizes how large they are
record OverlapTree(long files, Sizes sizes) {

  enum Sizes {
    /// Log-normal with a median of 1 KiB, at most 16 KiB.
    SMALL,

    /// 48 bytes. ext4 can keep that in the inode (see [LoopVolume]), and Btrfs in its tree.
    TINY
  }

  static final int ROOTS = 64;

  /// As in a container's root: 98 files a directory were counted in an image's `/usr`.
  private static final int FILES_IN_A_DIRECTORY = 98;

  private static final int DIRECTORIES_IN_A_DIRECTORY = 100;

  /// More threads than this only meet each other in the file system's journal.
  private static final int THREADS_MAX = 4;

  private static final int SMALL_MAX = 16 * 1024;
  private static final int TINY_BYTES = 48;

  /// 2024-01-01, so that no file is younger than the run that looks at it.
  private static final long FIRST_MODIFIED_SECOND = 1_704_067_200L;

  /// Makes the roots below `directory`.
  ///
  /// @return what they are
  String make(Path directory) throws IOException {
    int inEachRoot = (int) Math.max(1, files / ROOTS);
    int threads = Math.min(THREADS_MAX, Runtime.getRuntime().availableProcessors());
    var made = new ArrayList<Future<?>>();
    try (var pool = Executors.newFixedThreadPool(threads)) {
      for (int root = 0; root < ROOTS; root++) {
        int number = root;
        Path place = directory.resolve(String.format(Locale.ROOT, "root%02d", root));
        made.add(pool.submit(() -> makeRoot(place, number, inEachRoot)));
      }
      for (Future<?> root : made) {
        root.get();
      }
    } catch (ExecutionException failed) {
      throw new IOException("the corpus was not made: " + failed.getCause(), failed);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted");
    }
    return String.format(
        Locale.ROOT,
        "%,d files in %d roots, nine of ten the same in all; %s; seeded, no hard links",
        (long) inEachRoot * ROOTS,
        ROOTS,
        switch (sizes) {
          case SMALL -> "sizes log-normal, median 1 KiB, at most 16 KiB";
          case TINY -> TINY_BYTES + " bytes each";
        });
  }

  private void makeRoot(Path place, int root, int count) {
    try {
      Path directory = place;
      for (int file = 0; file < count; file++) {
        if (file % FILES_IN_A_DIRECTORY == 0) {
          int number = file / FILES_IN_A_DIRECTORY;
          directory =
              place
                  .resolve("d" + number / DIRECTORIES_IN_A_DIRECTORY)
                  .resolve("d" + number % DIRECTORIES_IN_A_DIRECTORY);
          Files.createDirectories(directory);
        }
        makeFile(directory.resolve("f" + file), root, file);
      }
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  private void makeFile(Path path, int root, int file) throws IOException {
    boolean common = file % 10 != 0;
    boolean sameSize = common || file % 20 == 0;
    long own = (root + 1L) << 32 | file;
    int bytes = size(sameSize ? file : own);
    byte[] content = new byte[bytes];
    new SplittableRandom(common ? file : own).nextBytes(content);
    try (SeekableByteChannel channel =
        Files.newByteChannel(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(content));
    }
    long second = FIRST_MODIFIED_SECOND + file + (common ? 0 : root + 1);
    Files.setLastModifiedTime(path, FileTime.fromMillis(second * 1000));
  }

  private int size(long seed) {
    return switch (sizes) {
      case TINY -> TINY_BYTES;
      case SMALL -> {
        double exponent = Math.log(1024) + new SplittableRandom(~seed).nextGaussian();
        yield (int) Math.clamp(Math.exp(exponent), 16, SMALL_MAX);
      }
    };
  }
}
