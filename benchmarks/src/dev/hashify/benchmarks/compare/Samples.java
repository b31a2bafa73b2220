package dev.hashify.benchmarks.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The values one measurement gave in the rounds of a comparison, in the order of the rounds.
record Samples(List<Double> values) {

  Samples {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
  }

  static Samples of(double... values) {
    return new Samples(Arrays.stream(values).boxed().toList());
  }

  double median() {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  double least() {
    return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  double greatest() {
    return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  /// How many times `base` this is: the median of the ratios of the single rounds, so that a slow
  /// round, which meets both, counts for neither.
  double ratioTo(Samples base) {
    if (base.values.size() != values.size()) {
      throw new IllegalArgumentException("not measured in the same rounds");
    }
    var ratios = new ArrayList<Double>();
    for (int round = 0; round < values.size(); round++) {
      ratios.add(values.get(round) / base.values.get(round));
    }
    return new Samples(ratios).median();
  }
}
