package dev.hashify.engine;

import dev.hashify.file.ExtendedAttributes;
import dev.hashify.file.TreePath;
import dev.hashify.hash.ByteComparer;
import dev.hashify.hash.Comparison;
import dev.hashify.hash.GroupComparison;
import dev.hashify.hash.IdWanted;
import dev.hashify.hash.ReadWatch;
import dev.hashify.os.CloneCalls;
import dev.hashify.os.Descriptor;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.InodeFlags;
import dev.hashify.os.Linux;
import dev.hashify.os.OpenFile;
import dev.hashify.plan.Identity;
import dev.hashify.plan.IdentityKey;
import dev.hashify.report.PathExplanation.Content;
import dev.hashify.report.PathExplanation.Like;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Compares a file with its likes, as a run would, and says what keeps them apart. Reads, and
/// changes nothing.
final class LikeFiles implements AutoCloseable {

  /// How many are compared. Most that differ do so in the first bytes.
  private static final int COMPARED_MAX = 32;

  /// How many are named: enough to tell what it is about.
  private static final int NAMED_MAX = 4;

  /// Larger files are not read for an explanation: a second or two.
  private static final long BYTES_MAX = 1L << 30;

  private final Linux linux;
  private final Identity identity;
  private final ByteComparer comparer;

  LikeFiles(Linux linux, Identity identity) {
    this.linux = linux;
    this.identity = identity;
    this.comparer = new ByteComparer(linux);
  }

  /// The likes that differ least first, one for each inode. What has another name and other content
  /// is none.
  List<Like> of(PathInQuestion asked) {
    Set<List<Long>> seen = new HashSet<>();
    List<Relatives.Relative> nearest =
        asked.found().likes().stream()
            .sorted(Comparator.comparingInt(like -> like.differences().size()))
            .filter(like -> seen.add(List.of(like.root().volume(), like.inode())))
            .limit(COMPARED_MAX)
            .toList();
    return nearest.stream()
        .map(like -> compared(asked, like))
        .filter(like -> like.content() == Content.EQUAL || !like.differences().contains("name"))
        .limit(NAMED_MAX)
        .toList();
  }

  private Like compared(PathInQuestion asked, Relatives.Relative like) {
    try (var file = open(asked.root().path(), asked.directory(), asked.path().name());
        var other = open(like.root().path(), like.directory(), like.name().bytes())) {
      boolean isAsSeen =
          other.stat().inode() == like.inode()
              && other.sizeBytes() == like.sizeBytes()
              && other.stat().modifiedNanos() == like.modifiedNanos()
              && file.sizeBytes() == other.sizeBytes();
      if (!isAsSeen || file.sizeBytes() > BYTES_MAX) {
        return new Like(like.path(), like.differences(), Content.NOT_COMPARED);
      }
      return new Like(like.path(), differences(file, other, like), content(file, other));
    } catch (ErrnoException unreadable) {
      return new Like(like.path(), like.differences(), Content.NOT_COMPARED);
    }
  }

  /// Directories on the way that somebody made symbolic links meanwhile are not followed.
  private OpenFile open(TreePath root, TreePath directory, byte[] name) throws ErrnoException {
    try (var top = linux.open().directory(root);
        var parent = linux.open().directoryBeneath(top, directory)) {
      Descriptor file = linux.open().file(parent, name);
      try {
        return new OpenFile(file, linux.stat().of(file));
      } catch (ErrnoException failed) {
        file.close();
        throw failed;
      }
    }
  }

  private List<String> differences(OpenFile file, OpenFile other, Relatives.Relative like)
      throws ErrnoException {
    List<String> differences = new ArrayList<>(like.differences());
    if (identity.extent() == Identity.Extent.BLOCKS) {
      return differences;
    }
    if (!identity.ignores(IdentityKey.XATTR) && !extended(file).equals(extended(other))) {
      differences.add("xattr");
    }
    // Guards are of the immutable kind, and no difference.
    int guards = InodeFlags.IMMUTABLE | InodeFlags.VERITY;
    int flags =
        linux.attributes().flags(file.descriptor()) ^ linux.attributes().flags(other.descriptor());
    if ((flags & InodeFlags.MEANINGFUL & ~guards) != 0) {
      differences.add("flags");
    }
    if (linux.attributes().project(file.descriptor())
        != linux.attributes().project(other.descriptor())) {
      differences.add("project");
    }
    return differences;
  }

  private ExtendedAttributes extended(OpenFile file) throws ErrnoException {
    return linux.attributes().extended(file.descriptor());
  }

  private Content content(OpenFile file, OpenFile other) {
    var compared = comparer.compare(file, List.of(other), IdWanted.NO, ReadWatch.ALWAYS);
    return switch (compared) {
      case GroupComparison.Compared(var _, var answers) ->
          switch (answers.getFirst()) {
            case Comparison.Same(var _) -> Content.EQUAL;
            case Comparison.Different() -> Content.DIFFERENT;
            case Comparison.DuplicateFailed(var _) -> Content.NOT_COMPARED;
          };
      case GroupComparison.KeeperFailed(var _) -> Content.NOT_COMPARED;
    };
  }

  /// Those of the recorded clones that lie in the same blocks as the file does, now.
  List<TreePath> inSameBlocks(PathInQuestion asked) {
    List<TreePath> same = new ArrayList<>();
    try (var file = open(asked.root().path(), asked.directory(), asked.path().name())) {
      var extents = extents(file);
      for (var clone : asked.found().clones()) {
        try (var other = open(clone.root().path(), clone.directory(), clone.name().bytes())) {
          if (extents.count() > 0 && extents.hasSameBlocks(extents(other))) {
            same.add(clone.path());
          }
        } catch (ErrnoException _) {
          // What cannot be opened any more cannot be shown to share.
        }
      }
    } catch (ErrnoException _) {
      // Nor can anything of this one.
    }
    return same;
  }

  private dev.hashify.os.FileExtents extents(OpenFile file) throws ErrnoException {
    return linux.clones().extents(file.descriptor(), file.sizeBytes(), CloneCalls.Placing.AS_IT_IS);
  }

  @Override
  public void close() {
    comparer.close();
  }
}
