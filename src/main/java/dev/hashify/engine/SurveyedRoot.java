package dev.hashify.engine;

import dev.hashify.file.TreePath;
import dev.hashify.report.RootSpace;
import dev.hashify.report.RootSpace.DirectorySpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The space of one root by parts: directories as deep as `/usr/share/doc`.
final class SurveyedRoot {

  /// How deep a part lies at most: deep enough to tell `/usr/lib` from `/usr/share`, and of those
  /// what is large.
  private static final int DEPTH_MAX = 3;

  /// Parts of one root that are kept apart; what comes after counts for its parent.
  private static final int PARTS_MAX = 1_000;

  private static final Comparator<DirectorySpace> LARGEST_FIRST =
      Comparator.comparingLong(DirectorySpace::totalBytes)
          .reversed()
          .thenComparing(DirectorySpace::path);

  private final TreePath path;
  private final Map<TreePath, Integer> parts = new HashMap<>();
  private long[] own = new long[16];
  private long[] shared = new long[16];
  long files;

  SurveyedRoot(TreePath path) {
    this.path = path;
    parts.put(TreePath.EMPTY, 0);
  }

  /// The number of the part that `directory`, below the root, belongs to.
  int part(TreePath directory) {
    TreePath top = ReclaimedSpace.upper(directory, DEPTH_MAX);
    Integer known = parts.get(top);
    if (known != null) {
      return known;
    }
    if (parts.size() >= PARTS_MAX) {
      return part(top.parent());
    }
    int number = parts.size();
    parts.put(top, number);
    if (number == own.length) {
      own = Arrays.copyOf(own, number * 2);
      shared = Arrays.copyOf(shared, number * 2);
    }
    return number;
  }

  void addOwn(int part, long bytes) {
    own[part] += bytes;
  }

  void addShared(int part, long bytes) {
    shared[part] += bytes;
  }

  /// What was taken for shared is used by this root alone.
  void moveToOwn(int part, long bytes) {
    shared[part] -= bytes;
    own[part] += bytes;
  }

  /// The figures, with the `partsMax` largest parts and the rest as one.
  RootSpace result(int partsMax) {
    List<DirectorySpace> all = new ArrayList<>();
    parts.forEach((top, at) -> all.add(new DirectorySpace(top, own[at], shared[at])));
    all.removeIf(each -> each.totalBytes() == 0);
    all.sort(LARGEST_FIRST);
    var told = new ArrayList<DirectorySpace>();
    long restOwn = 0;
    long restShared = 0;
    for (var each : all) {
      if (told.size() < partsMax && !each.path().isEmpty()) {
        told.add(each);
      } else {
        restOwn += each.ownBytes();
        restShared += each.sharedBytes();
      }
    }
    if (restOwn + restShared > 0) {
      told.add(new DirectorySpace(TreePath.EMPTY, restOwn, restShared));
    }
    return new RootSpace(path, files, Arrays.stream(own).sum(), Arrays.stream(shared).sum(), told);
  }
}
