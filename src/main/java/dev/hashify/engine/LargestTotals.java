package dev.hashify.engine;

import dev.hashify.file.TreePath;
import dev.hashify.report.Findings.Total;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Sums of bytes by path, of which only the largest will be asked for.
///
/// When there are too many, the smaller half is forgotten. So a sum that grows slowly among many
/// others may be told too small, one among the largest is not unless there are thousands of its
/// size.
final class LargestTotals {

  private static final int KEPT_MAX = 4_096;

  private final Map<TreePath, Sum> sums = new HashMap<>();

  /// Added to in place: each path of a run is counted four times.
  private static final class Sum {
    private final TreePath path;
    private long paths;
    private long bytes;

    Sum(TreePath path) {
      this.path = path;
    }

    Total total() {
      return new Total(path, paths, bytes);
    }
  }

  void add(TreePath path, long paths, long bytes) {
    add(path, path, paths, bytes);
  }

  /// Adds to the sum of `key`.
  ///
  /// @param shown the path that stands for the key, if it is the first of it
  void add(TreePath key, TreePath shown, long paths, long bytes) {
    Sum sum = sums.get(key);
    if (sum == null) {
      sum = new Sum(shown);
      sums.put(key, sum);
    }
    sum.paths += paths;
    sum.bytes += bytes;
    if (sums.size() > KEPT_MAX) {
      Map<TreePath, Sum> kept = new HashMap<>();
      largestFirst()
          .limit(KEPT_MAX / 2)
          .forEach(entry -> kept.put(entry.getKey(), entry.getValue()));
      sums.clear();
      sums.putAll(kept);
    }
  }

  void add(LargestTotals other) {
    other.sums.forEach((key, sum) -> add(key, sum.path, sum.paths, sum.bytes));
  }

  /// The largest, in their order; sums of nothing are left out.
  List<Total> largest(int most) {
    return largestFirst().limit(most).map(entry -> entry.getValue().total()).toList();
  }

  private Stream<Map.Entry<TreePath, Sum>> largestFirst() {
    return sums.entrySet().stream()
        .filter(entry -> entry.getValue().bytes > 0)
        .sorted((one, other) -> largestFirst(one.getValue(), other.getValue()));
  }

  private static int largestFirst(Sum one, Sum other) {
    int bySize = Long.compare(other.bytes, one.bytes);
    return bySize != 0 ? bySize : one.path.compareTo(other.path);
  }
}
