package dev.hashify.engine;

import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;

/// How many files a run may have open.
final class OpenFiles {

  /// Files of one group or batch that are open at a time; larger groups are taken in parts.
  private static final int MOST = 400;

  private static final int LEAST = 16;

  /// The same for small files of a dry run, which are read at once and keep no program waiting.
  private static final int MOST_SMALL = 4096;

  /// What the Java machine, the index and the roots themselves have open.
  private static final int RESERVED = 128;

  private OpenFiles() {}

  /// How many files of a group each of `threads` comparing threads may have open: as many again
  /// wait in its batch, and as many directories are opened to share them.
  static int mostForAThread(Linux linux, int threads) throws ErrnoException {
    return Math.clamp(each(linux, threads), LEAST, MOST);
  }

  /// The same of small files, where none waits in a batch.
  static int mostSmallForAThread(Linux linux, int threads) throws ErrnoException {
    return Math.clamp(each(linux, threads), LEAST, MOST_SMALL);
  }

  private static long each(Linux linux, int threads) throws ErrnoException {
    return (linux.volumes().openFilesMax() - RESERVED) / (3L * threads);
  }
}
