package dev.hashify.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MetricsReportTest {

  /// A line of the text format: `name{label="value"} number`.
  private static final Pattern SAMPLE =
      Pattern.compile("(hashify_[a-z_]+)(\\{[a-z]+=\"[a-z-]+\"\\})? [0-9.]+");

  private static List<String> lines() throws IOException {
    var out = new StringBuilder();
    new MetricsReport(out).summary(Runs.run(RunMode.REAL, Runs.COUNTS), 3);
    return out.toString().lines().toList();
  }

  @Test
  void figuresAreThoseOfTheRun() throws IOException {
    List<String> lines = lines();
    for (String line :
        List.of(
            "hashify_exit_code 3",
            "hashify_dry_run 0",
            "hashify_roots 2",
            "hashify_paths{state=\"shared\"} 12345",
            "hashify_paths{state=\"skipped\"} 5010",
            "hashify_skipped_paths{reason=\"excluded\"} 5000",
            "hashify_refused_paths{reason=\"open-for-writing\"} 2",
            "hashify_reclaimed_bytes 1288490189",
            "hashify_read_bytes 2400000000")) {
      assertTrue(lines.contains(line), line + " in " + lines);
    }
  }

  /// Or a collector drops the whole file.
  @Test
  void everySampleIsWellFormedAndOfADeclaredMetricAndThereOnce() throws IOException {
    Set<String> declared = new HashSet<>();
    Set<String> samples = new HashSet<>();
    for (String line : lines()) {
      if (line.startsWith("# TYPE ")) {
        assertTrue(declared.add(line.split(" ", 4)[2]), line);
        assertTrue(line.endsWith(" gauge"), line);
      } else if (!line.startsWith("# HELP ")) {
        var sample = SAMPLE.matcher(line);
        assertTrue(sample.matches(), line);
        assertTrue(declared.contains(sample.group(1)), line);
        assertTrue(samples.add(sample.group(1) + sample.group(2)), line);
      }
    }
    assertEquals(14, declared.size());
  }
}
