package dev.hashify.hash;

import dev.hashify.file.ContentId;
import dev.hashify.file.FileStat;
import dev.hashify.hash.GroupComparison.Compared;
import dev.hashify.hash.GroupComparison.KeeperFailed;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import dev.hashify.os.OpenFile;
import dev.hashify.os.ReadBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Compares one keeper with all its duplicates in one pass.
///
/// One thread at a time; two buffers of [ReadBuffer#SIZE_BYTES] live as long as it does.
public final class ByteComparer implements AutoCloseable {

  /// How many bytes are read between two looks at the watch: some milliseconds.
  private static final long BYTES_BETWEEN_LOOKS = 16L << 20;

  /// What is read of each file first: most files that differ do so early, and of a file that is not
  /// in memory the device need not be asked for more.
  private static final int FIRST_PIECE_BYTES = 16 << 10;

  private final Linux linux;
  private final ReadBuffer keeperBytes = new ReadBuffer();
  private final ReadBuffer duplicateBytes = new ReadBuffer();

  /// Made when the first id is wanted: a dry run wants none.
  private @Nullable ContentDigest digest;

  private long bytesRead;

  public ByteComparer(Linux linux) {
    this.linux = linux;
  }

  /// Reads `keeper` beside `duplicates` and says for each whether all bytes are equal.
  ///
  /// Every file is read at most once; a duplicate is left at its first differing byte, and the
  /// keeper where no duplicate is left, unless its id is wanted.
  ///
  /// @param keeper open and stat'ed
  /// @param duplicates open and stat'ed, each of the keeper's size; may be empty if only the id is
  ///   wanted
  /// @param wanted whether to make the keeper's content id
  /// @param watch asked before each [#BYTES_BETWEEN_LOOKS] bytes for the keeper and each duplicate
  public GroupComparison compare(
      OpenFile keeper, List<OpenFile> duplicates, IdWanted wanted, ReadWatch watch) {
    var pass = new Pass(keeper, duplicates, wanted, watch);
    try {
      return pass.run();
    } catch (ErrnoException failed) {
      return new KeeperFailed(new ReadFailure.Unreadable(failed));
    }
  }

  /// Reads `file` whole and names its content.
  public GroupComparison identify(OpenFile file, ReadWatch watch) {
    return compare(file, List.of(), IdWanted.YES, watch);
  }

  /// The bytes read so far, by all comparisons.
  public long bytesRead() {
    return bytesRead;
  }

  @Override
  public void close() {
    keeperBytes.close();
    duplicateBytes.close();
    if (digest != null) {
      digest.close();
    }
  }

  private ContentDigest begunDigest() {
    ContentDigest known = digest;
    if (known == null) {
      known = ContentDigest.make();
      digest = known;
    }
    known.reset();
    return known;
  }

  /// One comparison from start to end.
  private final class Pass {
    private final OpenFile keeper;
    private final List<OpenFile> duplicates;
    private final IdWanted wanted;
    private final ReadWatch watch;

    /// The answer for each duplicate; none yet while it is equal so far.
    private final @Nullable Comparison[] answers;

    private int equalSoFar;

    Pass(OpenFile keeper, List<OpenFile> duplicates, IdWanted wanted, ReadWatch watch) {
      this.keeper = keeper;
      this.duplicates = duplicates;
      this.wanted = wanted;
      this.watch = watch;
      this.answers = new Comparison[duplicates.size()];
      this.equalSoFar = duplicates.size();
    }

    GroupComparison run() throws ErrnoException {
      long size = keeper.sizeBytes();
      for (int i = 0; i < answers.length; i++) {
        if (duplicates.get(i).sizeBytes() != size) {
          answer(i, new Comparison.Different());
        }
      }
      ContentDigest id = wanted == IdWanted.YES ? begunDigest() : null;
      long offset = 0;
      while (offset < size && (equalSoFar > 0 || answers.length == 0)) {
        if (offset % BYTES_BETWEEN_LOOKS == 0 && !look()) {
          return new KeeperFailed(new ReadFailure.Changed());
        }
        int piece =
            offset == 0 && !duplicates.isEmpty() ? FIRST_PIECE_BYTES : ReadBuffer.SIZE_BYTES;
        // Later pieces end where a buffer would, so that the looks at the watch keep their places.
        int length = (int) Math.min(piece - offset % piece, size - offset);
        int read = linux.content().read(keeper.descriptor(), keeperBytes, length, offset);
        bytesRead += read;
        if (read < length) {
          return new KeeperFailed(new ReadFailure.Changed());
        }
        if (id != null) {
          id.update(keeperBytes, length);
        }
        comparePiece(length, offset);
        offset += length;
      }
      return finish(id != null && offset == size ? Optional.of(id.id()) : Optional.empty());
    }

    private boolean look() throws ErrnoException {
      for (int i = 0; i < answers.length; i++) {
        if (answers[i] == null && !mayGoOn(i)) {
          answer(i, new Comparison.DuplicateFailed(new ReadFailure.Changed()));
        }
      }
      return watch.mayGoOn(keeper);
    }

    private boolean mayGoOn(int i) {
      try {
        return watch.mayGoOn(duplicates.get(i));
      } catch (ErrnoException failed) {
        answer(i, new Comparison.DuplicateFailed(new ReadFailure.Unreadable(failed)));
        return true;
      }
    }

    private void comparePiece(int length, long offset) {
      for (int i = 0; i < answers.length; i++) {
        if (answers[i] == null) {
          compareOne(i, length, offset);
        }
      }
    }

    private void compareOne(int i, int length, long offset) {
      try {
        int read =
            linux.content().read(duplicates.get(i).descriptor(), duplicateBytes, length, offset);
        bytesRead += read;
        if (read < length) {
          answer(i, new Comparison.DuplicateFailed(new ReadFailure.Changed()));
        } else if (keeperBytes.mismatch(duplicateBytes, length) >= 0) {
          answer(i, new Comparison.Different());
        }
      } catch (ErrnoException failed) {
        answer(i, new Comparison.DuplicateFailed(new ReadFailure.Unreadable(failed)));
      }
    }

    private GroupComparison finish(Optional<ContentId> id) throws ErrnoException {
      var keeperNow = linux.stat().of(keeper.descriptor());
      if (isChanged(keeper, keeperNow)) {
        return new KeeperFailed(new ReadFailure.Changed());
      }
      List<Comparison> all = new ArrayList<>(answers.length);
      for (int i = 0; i < answers.length; i++) {
        Comparison early = answers[i];
        all.add(early == null ? confirm(keeperNow, duplicates.get(i)) : early);
      }
      return new Compared(id, all);
    }

    private Comparison confirm(FileStat keeperNow, OpenFile duplicate) {
      try {
        var duplicateNow = linux.stat().of(duplicate.descriptor());
        return isChanged(duplicate, duplicateNow)
            ? new Comparison.DuplicateFailed(new ReadFailure.Changed())
            : new Comparison.Same(new SameBytes(keeperNow, duplicateNow));
      } catch (ErrnoException failed) {
        return new Comparison.DuplicateFailed(new ReadFailure.Unreadable(failed));
      }
    }

    private void answer(int i, Comparison comparison) {
      if (answers[i] == null) {
        answers[i] = comparison;
        equalSoFar--;
      }
    }
  }

  /// Whether a file can have changed since it was opened. The change time may move without a change
  /// of content (a link made elsewhere), so for it alone the link count decides.
  static boolean isChanged(OpenFile file, FileStat now) {
    var then = file.stat();
    return !SameBytes.isSameVersion(then, now)
        || (then.changedNanos() != now.changedNanos() && then.links() == now.links());
  }
}
