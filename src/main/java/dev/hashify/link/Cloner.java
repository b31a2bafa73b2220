package dev.hashify.link;

import dev.hashify.file.FileStat;
import dev.hashify.os.CloneCalls;
import dev.hashify.os.CloneCalls.Placing;
import dev.hashify.os.CloneCalls.Sharing;
import dev.hashify.os.Descriptor;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.FileExtents;
import dev.hashify.os.Linux;
import dev.hashify.os.OpenFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gives files the blocks of an equal one, by the kernel's own compare-and-share. One thread at a
/// time for one duplicate.
///
/// No lease, no journal, no temporary: the kernel compares under the locks of both files and
/// changes nothing that a user can see, so there is no moment at which a kill or a writer could do
/// harm. Afterwards everything is as before or shares more.
public final class Cloner {

  private final Linux linux;
  private long bytesCompared;

  public Cloner(Linux linux) {
    this.linux = linux;
  }

  /// A file that may share its blocks.
  ///
  /// @param file open and stat'ed
  /// @param extents where its content lies
  public record Clonable(OpenFile file, FileExtents extents) {}

  /// What became of a duplicate.
  ///
  /// @param reclaimedBytes the blocks that came back: those that only the duplicate had and that it
  ///   has no more. Also of one that turned out to differ behind its first pieces.
  public record Cloned(Answer answer, long reclaimedBytes) {}

  /// Whether a duplicate shares the keeper's blocks now.
  public sealed interface Answer {

    /// All its bytes were equal when they were compared, and it has not changed since.
    record Same() implements Answer {}

    /// Some byte differs.
    record Different() implements Answer {}

    /// It was written to meanwhile.
    record Changed() implements Answer {}

    /// The kernel declined.
    record Failed(ErrnoException cause) implements Answer {}
  }

  /// Shares the blocks of `keeper` with each of `duplicates`, which are of the same size.
  ///
  /// @param duplicates at most [CloneCalls#DESTINATIONS_MAX]
  /// @return one answer for each duplicate
  public List<Cloned> share(Clonable keeper, List<Clonable> duplicates) {
    var pass = new Pass(keeper, duplicates);
    for (var range : ranges(keeper, duplicates)) {
      pass.range(range[0], range[1]);
    }
    List<Cloned> all = new ArrayList<>();
    for (int i = 0; i < duplicates.size(); i++) {
      all.add(pass.finish(i));
    }
    return all;
  }

  /// What the kernel was given to compare, all pieces of all files.
  public long bytesCompared() {
    return bytesCompared;
  }

  /// Where any of the files has content: what is a hole in all of them is equal and has no blocks,
  /// and comparing terabytes of nothing takes long.
  private static List<long[]> ranges(Clonable keeper, List<Clonable> duplicates) {
    List<long[]> all = new ArrayList<>();
    add(all, keeper.extents());
    duplicates.forEach(each -> add(all, each.extents()));
    all.sort((one, other) -> Long.compare(one[0], other[0]));
    List<long[]> joined = new ArrayList<>();
    for (var range : all) {
      if (joined.isEmpty() || joined.getLast()[1] < range[0]) {
        joined.add(range);
      } else {
        joined.getLast()[1] = Math.max(joined.getLast()[1], range[1]);
      }
    }
    long size = keeper.file().sizeBytes();
    joined.forEach(range -> range[1] = Math.min(range[1], size));
    return joined;
  }

  private static void add(List<long[]> all, FileExtents extents) {
    for (int at = 0; at < extents.count(); at++) {
      all.add(new long[] {extents.start(at), extents.start(at) + extents.lengthBytes(at)});
    }
  }

  /// One keeper with some duplicates, from their starts to their ends.
  private final class Pass {
    private final Clonable keeper;
    private final List<Clonable> duplicates;

    /// How far each duplicate is done; file systems may do less at a time than they are asked to.
    private final long[] done;

    private final boolean[] hasShared;
    private final @Nullable Answer[] answers;

    Pass(Clonable keeper, List<Clonable> duplicates) {
      this.keeper = keeper;
      this.duplicates = duplicates;
      done = new long[duplicates.size()];
      hasShared = new boolean[duplicates.size()];
      answers = new @Nullable Answer[duplicates.size()];
    }

    void range(long from, long to) {
      Arrays.fill(done, from);
      long at = from;
      while (at < to) {
        List<Integer> here = at(at);
        step(here, at, Math.min(CloneCalls.BYTES_MAX, to - at));
        at = nextPosition(to);
      }
    }

    private List<Integer> at(long position) {
      List<Integer> here = new ArrayList<>();
      for (int i = 0; i < done.length; i++) {
        if (answers[i] == null && done[i] == position) {
          here.add(i);
        }
      }
      return here;
    }

    private long nextPosition(long end) {
      long next = end;
      for (int i = 0; i < done.length; i++) {
        if (answers[i] == null) {
          next = Math.min(next, done[i]);
        }
      }
      return next;
    }

    private void step(List<Integer> here, long offset, long length) {
      if (here.isEmpty()) {
        return;
      }
      List<Descriptor> destinations = new ArrayList<>();
      here.forEach(i -> destinations.add(duplicates.get(i).file().descriptor()));
      bytesCompared += length * (1 + destinations.size());
      List<Sharing> results;
      try {
        results = linux.clones().share(keeper.file().descriptor(), destinations, offset, length);
      } catch (ErrnoException failed) {
        results = Collections.nCopies(here.size(), new Sharing.Failed(failed));
      }
      for (int n = 0; n < results.size(); n++) {
        int i = here.get(n);
        switch (results.get(n)) {
          case Sharing.Shared(long bytes) -> progress(i, bytes, length);
          case Sharing.Different() -> answers[i] = new Answer.Different();
          case Sharing.Failed(ErrnoException cause) -> answers[i] = new Answer.Failed(cause);
        }
      }
    }

    private void progress(int i, long bytes, long length) {
      hasShared[i] = true;
      done[i] += Math.min(bytes, length);
      if (bytes <= 0) {
        // Nothing more can be had: this is as good as what the kernel calls unequal.
        answers[i] = new Answer.Different();
      }
    }

    Cloned finish(int i) {
      Answer early = answers[i];
      try {
        long reclaimed = hasShared[i] ? reclaimed(duplicates.get(i)) : 0;
        Answer answer = early != null ? early : unchanged(duplicates.get(i));
        return new Cloned(answer, reclaimed);
      } catch (ErrnoException failed) {
        return new Cloned(new Answer.Failed(failed), 0);
      }
    }

    private long reclaimed(Clonable duplicate) throws ErrnoException {
      OpenFile file = duplicate.file();
      FileExtents now =
          linux.clones().extents(file.descriptor(), file.sizeBytes(), Placing.AS_IT_IS);
      return duplicate.extents().exclusiveBytesNotIn(now);
    }

    /// Whether what is said of the duplicate is said of the file that was looked at.
    private Answer unchanged(Clonable duplicate) throws ErrnoException {
      FileStat then = duplicate.file().stat();
      FileStat now = linux.stat().of(duplicate.file().descriptor());
      boolean isSame =
          now.sizeBytes() == then.sizeBytes()
              && now.modifiedNanos() == then.modifiedNanos()
              && now.changedNanos() == then.changedNanos();
      return isSame ? new Answer.Same() : new Answer.Changed();
    }
  }
}
