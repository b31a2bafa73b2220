package dev.hashify.engine;

import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;

/// How many files a run may have open.
final class OpenFiles {

  /// Files of one group or batch that are open at a time; larger groups are taken in parts.
  private static final int MOST = 400;

  private static final int LEAST = 16;

  /// What the Java machine, the index and the roots themselves have open.
  private static final int RESERVED = 128;

  private OpenFiles() {}

  /// How many files of a group each of `threads` comparing threads may have open: as many again
  /// wait in its batch, and as many directories are opened to share them.
  static int mostForAThread(Linux linux, int threads) throws ErrnoException {
    long each = (linux.volumes().openFilesMax() - RESERVED) / (3L * threads);
    return Math.clamp(each, LEAST, MOST);
  }
}
