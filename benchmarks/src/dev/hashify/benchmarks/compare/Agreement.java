package dev.hashify.benchmarks.compare;

import dev.hashify.benchmarks.compare.Partition.Split;

/// Whether two programs found the same, once files of different owner, group or mode are set apart:
/// some never put these together, the others always do.
sealed interface Agreement {

  /// The same groups.
  record Same() implements Agreement {}

  /// Every group is a part of one of the other's: it asks for more to be equal.
  record Finer() implements Agreement {}

  /// Neither.
  ///
  /// @param files how many are grouped otherwise
  /// @param example the path of one of them
  record Different(int files, String example) implements Agreement {}

  /// What `found` is beside `reference`.
  static Agreement between(Listing listing, Partition found, Partition reference) {
    int[] labels = found.labels(Split.BY_OWNER_AND_MODE);
    int[] references = reference.labels(Split.BY_OWNER_AND_MODE);
    int different = 0;
    int example = -1;
    boolean finer = true;
    for (int file = 0; file < labels.length; file++) {
      if (labels[file] != references[file]) {
        different++;
        example = example < 0 ? file : example;
      }
      finer &= references[file] == references[labels[file]];
    }
    if (different == 0) {
      return new Same();
    }
    return finer ? new Finer() : new Different(different, listing.path(example));
  }
}
