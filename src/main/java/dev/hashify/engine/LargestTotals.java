package dev.hashify.engine;

import dev.hashify.file.TreePath;
import dev.hashify.report.Findings.Total;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Sums of bytes by path, of which only the largest will be asked for.
///
/// When there are too many, the smaller half is forgotten. So a sum that grows slowly among many
/// others may be told too small, one among the largest is not unless there are thousands of its
/// size.
final class LargestTotals {

  private static final int KEPT_MAX = 4_096;

  private static final Comparator<Total> LARGEST_FIRST =
      Comparator.comparingLong(Total::bytes).reversed().thenComparing(Total::path);

  private final Map<TreePath, long[]> sums = new HashMap<>();

  /// The path that came last and its sum: the same one comes many times in a row.
  private @Nullable TreePath lastPath;

  private long[] lastSum = new long[2];

  @SuppressWarnings("ReferenceEquality") // An equal path that is another object is looked up.
  void add(TreePath path, long paths, long bytes) {
    if (path != lastPath) {
      lastSum = sums.computeIfAbsent(path, _ -> new long[2]);
      lastPath = path;
    }
    lastSum[0] += paths;
    lastSum[1] += bytes;
    if (sums.size() > KEPT_MAX) {
      lastPath = null;
      Map<TreePath, long[]> kept = new HashMap<>();
      largest(KEPT_MAX / 2)
          .forEach(total -> kept.put(total.path(), new long[] {total.paths(), total.bytes()}));
      sums.clear();
      sums.putAll(kept);
    }
  }

  void add(LargestTotals other) {
    other.sums.forEach((path, sum) -> add(path, sum[0], sum[1]));
  }

  /// The largest, in their order; sums of nothing are left out.
  List<Total> largest(int most) {
    return sums.entrySet().stream()
        .map(entry -> new Total(entry.getKey(), entry.getValue()[0], entry.getValue()[1]))
        .filter(total -> total.bytes() > 0)
        .sorted(LARGEST_FIRST)
        .limit(most)
        .toList();
  }
}
