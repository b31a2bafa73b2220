package dev.hashify.freeze;

import java.util.List;
import java.util.Locale;

/// How long programs stood still.
///
/// @param freezes how often
/// @param medianNanos half of the times were no longer
/// @param longestNanos the longest time
public record FreezeFigures(int freezes, long medianNanos, long longestNanos) {

  static FreezeFigures of(List<Long> nanos) {
    List<Long> sorted = nanos.stream().sorted().toList();
    return sorted.isEmpty()
        ? new FreezeFigures(0, 0, 0)
        : new FreezeFigures(sorted.size(), sorted.get(sorted.size() / 2), sorted.getLast());
  }

  /// `programs were stopped 12 times, for 1.3 ms (median) and 4.1 ms (longest)`.
  public String text() {
    return String.format(
        Locale.ROOT,
        "programs were stopped %,d %s, for %.1f ms (median) and %.1f ms (longest)",
        freezes,
        freezes == 1 ? "time" : "times",
        medianNanos / 1e6,
        longestNanos / 1e6);
  }
}
