package dev.hashify.report;

import dev.hashify.file.Refusal;
import dev.hashify.file.SkipReason;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/// The figures of a run in the text format of Prometheus 0.0.4, for a collector that reads files,
/// as node_exporter's textfile collector does.
///
/// All are gauges of the last run: a file is written anew by each, so nothing in it only grows.
/// When it ran is left to the time of the file, which collectors tell
/// (`node_textfile_mtime_seconds`).
public final class MetricsReport implements ReportWriter {

  private final Appendable out;

  public MetricsReport(Appendable out) {
    this.out = out;
  }

  @Override
  public void event(RunEvent event) {
    // Single paths are no metrics.
  }

  @Override
  public void summary(RunReport report, int exitCode) throws IOException {
    Counts counts = report.counts();
    gauge("exit_code", "Number that the last run ended with.", exitCode);
    gauge("dry_run", "Whether the last run changed nothing.", report.changedNothing() ? 1 : 0);
    head("duration_seconds", "How long the last run took.");
    out.append("hashify_duration_seconds ")
        .append(Double.toString(report.elapsed().toMillis() / 1000.0))
        .append('\n');
    gauge("roots", "Directory trees of the last run.", report.roots().size());
    gauge("directories", "Directories listed.", counts.directories());
    states(counts);
    Map<String, Long> skipped = new TreeMap<>();
    counts.skipped().forEach((SkipReason reason, Long paths) -> skipped.put(word(reason), paths));
    labelled("skipped_paths", "Paths that were not considered, by reason.", "reason", skipped);
    Map<String, Long> refused = new TreeMap<>();
    counts.refused().forEach((Refusal reason, Long paths) -> refused.put(word(reason), paths));
    labelled("refused_paths", "Paths considered and left, by reason.", "reason", refused);
    gauge("problems", "What an administrator should repair.", counts.problems());
    gauge("groups", "Sets of equal files that gained a member.", counts.groups());
    gauge("reclaimed_bytes", "Disk space that came back.", counts.reclaimedBytes());
    gauge(
        "shared_before_bytes",
        "Content that paths shared before would take alone.",
        counts.alreadyReclaimedBytes());
    gauge("read_bytes", "Content read.", counts.bytesRead());
    gauge("read_files", "Files read.", counts.filesRead());
  }

  private void states(Counts counts) throws IOException {
    Map<String, Long> states = new TreeMap<>();
    states.put("shared", counts.shared());
    states.put("already-shared", counts.alreadyShared());
    states.put("unique", counts.unique());
    states.put("skipped", counts.skippedTotal());
    states.put("refused", counts.refusedTotal());
    states.put("problem", counts.fileProblems());
    labelled("paths", "Paths found, by what became of them.", "state", states);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  private void gauge(String name, String help, long value) throws IOException {
    head(name, help);
    out.append("hashify_").append(name).append(' ').append(Long.toString(value)).append('\n');
  }

  private void labelled(String name, String help, String label, Map<String, Long> values)
      throws IOException {
    head(name, help);
    for (var entry : values.entrySet()) {
      out.append("hashify_").append(name).append('{').append(label).append("=\"");
      out.append(entry.getKey()).append("\"} ").append(Long.toString(entry.getValue()));
      out.append('\n');
    }
  }

  private void head(String name, String help) throws IOException {
    out.append("# HELP hashify_").append(name).append(' ').append(help).append('\n');
    out.append("# TYPE hashify_").append(name).append(" gauge\n");
  }
}
