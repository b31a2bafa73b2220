package dev.hashify.benchmarks.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Runs programs in turns.
final class Rounds {

  /// A program and how it is run once.
  ///
  /// @param label what it is called in the results, different for each
  record Contestant(String label, Run run) {}

  /// One run of one program.
  @FunctionalInterface
  interface Run {
    Measurement measure() throws IOException;
  }

  private Rounds() {}

  /// Runs all of `contestants` in each of `rounds`, each round beginning one further on. One that
  /// had to be stopped is not run again: it would only take as long once more.
  static List<Row> run(List<Contestant> contestants, int rounds) throws IOException {
    Map<String, List<Measurement>> runs = new LinkedHashMap<>();
    contestants.forEach(contestant -> runs.put(contestant.label, new ArrayList<>()));
    for (int round = 0; round < rounds; round++) {
      for (int turn = 0; turn < contestants.size(); turn++) {
        Contestant contestant = contestants.get((turn + round) % contestants.size());
        List<Measurement> earlier = runs.getOrDefault(contestant.label, List.of());
        if (earlier.isEmpty() || earlier.getLast().exitCode() != Meter.STOPPED) {
          earlier.add(contestant.run.measure());
        }
      }
    }
    return runs.entrySet().stream().map(run -> new Row(run.getKey(), run.getValue())).toList();
  }
}
