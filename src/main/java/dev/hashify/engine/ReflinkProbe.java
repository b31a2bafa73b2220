package dev.hashify.engine;

import dev.hashify.os.CloneCalls;
import dev.hashify.os.CloneCalls.Placing;
import dev.hashify.os.CloneCalls.Sharing;
import dev.hashify.os.Descriptor;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Shares the blocks of two files of its own, so that a run that cannot work says so before it
/// begins and not at every file. The files have no names: a kill leaves nothing of them.
final class ReflinkProbe {

  /// Several blocks of any file system, and too many to be kept inline.
  private static final int BYTES = 64 * 1024;

  private final Linux linux;
  private final Descriptor directory;

  /// @param directory on the file system in question
  ReflinkProbe(Linux linux, Descriptor directory) {
    this.linux = linux;
    this.directory = directory;
  }

  /// Why the file system does not share blocks, if it does not.
  Optional<String> objection() throws ErrnoException {
    byte[] content = new byte[BYTES];
    Arrays.fill(content, (byte) 'h');
    try (var one = file(content);
        var other = file(content)) {
      return answer(one, other);
    } catch (ErrnoException failed) {
      if (CloneCalls.meansCannot(failed.errno())) {
        return Optional.of(failed.why());
      }
      throw failed;
    }
  }

  private Optional<String> answer(Descriptor one, Descriptor other) throws ErrnoException {
    return switch (linux.clones().share(one, List.of(other), 0, BYTES).getFirst()) {
      case Sharing.Shared(long bytes) when bytes > 0 -> notInFact(one, other);
      case Sharing.Shared(long _) -> Optional.of("nothing was shared");
      case Sharing.Different() -> Optional.of("equal files were called different");
      case Sharing.Failed(ErrnoException cause) -> Optional.of(cause.why());
    };
  }

  /// What the call says is not what was done: file systems have called bytes shared that were not.
  private Optional<String> notInFact(Descriptor one, Descriptor other) throws ErrnoException {
    var first = linux.clones().extents(one, BYTES, Placing.AS_IT_IS);
    var second = linux.clones().extents(other, BYTES, Placing.AS_IT_IS);
    return first.isProof() && first.hasSameBlocks(second)
        ? Optional.empty()
        : Optional.of("the kernel says it shared blocks, and the files have others");
  }

  private Descriptor file(byte[] content) throws ErrnoException {
    Descriptor file = linux.open().createUnnamed(directory, 0600);
    try {
      linux.content().writeAll(file, content, 0);
      return file;
    } catch (ErrnoException failed) {
      file.close();
      throw failed;
    }
  }
}
