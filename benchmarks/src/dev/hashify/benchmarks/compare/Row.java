package dev.hashify.benchmarks.compare;

import java.util.List;
import java.util.function.ToDoubleFunction;

/// What one program cost in all rounds.
record Row(String label, List<Measurement> runs) {

  Row {
    runs = List.copyOf(runs);
  }

  Samples wall() {
    return of(Measurement::wallSeconds);
  }

  double cpuSeconds() {
    return of(Measurement::cpuSeconds).median();
  }

  double peakMemoryBytes() {
    return of(Measurement::peakMemoryBytes).median();
  }

  double readCharacters() {
    return of(Measurement::readCharacters).median();
  }

  double readBytes() {
    return of(Measurement::readBytes).median();
  }

  private Samples of(ToDoubleFunction<Measurement> figure) {
    return new Samples(runs.stream().mapToDouble(figure).boxed().toList());
  }

  boolean wasStopped() {
    return runs.getLast().exitCode() == Meter.STOPPED;
  }

  /// The first exit code that is not 0, or 0.
  int exitCode() {
    return runs.stream()
        .mapToInt(Measurement::exitCode)
        .filter(code -> code != 0)
        .findFirst()
        .orElse(0);
  }
}
