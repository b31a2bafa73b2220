package dev.hashify.benchmarks.compare;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Which files of a [Listing] one program takes for equal.
final class Partition {

  /// What there is to gain.
  ///
  /// @param groups of two or more files
  /// @param duplicates files that one other could stand for
  /// @param bytes the sizes of the duplicates
  record Gain(int groups, int duplicates, long bytes) {}

  private final Listing listing;
  private final int[] parents;
  private int unknownPaths;

  Partition(Listing listing) {
    this.listing = listing;
    this.parents = IntStream.range(0, listing.size()).toArray();
  }

  /// All of `paths` are equal.
  void join(List<String> paths) {
    int first = -1;
    for (String path : paths) {
      int file = listing.fileAt(path);
      if (file < 0) {
        unknownPaths++;
      } else if (first < 0) {
        first = file;
      } else {
        parents[top(file)] = top(first);
      }
    }
  }

  private int top(int file) {
    int at = file;
    while (parents[at] != at) {
      parents[at] = parents[parents[at]];
      at = parents[at];
    }
    return at;
  }

  /// Paths that were named and are not regular files of the corpus with something in them.
  int unknownPaths() {
    return unknownPaths;
  }

  Gain gain() {
    return gain(labels(Split.NONE));
  }

  /// What is left if files of different owner, group or mode are not equal.
  Gain gainBySameOwnerAndMode() {
    return gain(labels(Split.BY_OWNER_AND_MODE));
  }

  private Gain gain(int[] labels) {
    int groups = 0;
    int duplicates = 0;
    long bytes = 0;
    int[] members = new int[labels.length];
    for (int file = 0; file < labels.length; file++) {
      int earlier = members[labels[file]]++;
      groups += earlier == 1 ? 1 : 0;
      duplicates += earlier > 0 ? 1 : 0;
      bytes += earlier > 0 ? listing.bytes(file) : 0;
    }
    return new Gain(groups, duplicates, bytes);
  }

  enum Split {
    NONE,
    BY_OWNER_AND_MODE
  }

  /// For each file the first one that it is equal to, which may be itself. Two programs that found
  /// the same have the same labels.
  int[] labels(Split split) {
    Map<Long, Integer> first = new HashMap<>();
    int[] labels = new int[parents.length];
    Arrays.setAll(
        labels,
        file -> {
          int key =
              switch (split) {
                case NONE -> 0;
                case BY_OWNER_AND_MODE -> listing.metadata(file);
              };
          return first.computeIfAbsent((long) top(file) << 32 | key, _ -> file);
        });
    return labels;
  }
}
