package dev.hashify.report;

import dev.hashify.report.ProbeReport.MountReport;
import dev.hashify.report.ProbeReport.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// What a probe found as a table for people, one for each mount.
public final class ProbeText {

  private ProbeText() {}

  /// The lines, without line feeds.
  ///
  /// @param commandLine makes a command of its arguments
  public static List<String> lines(ProbeReport report, Function<List<String>, String> commandLine) {
    List<String> lines = new ArrayList<>();
    for (MountReport mount : report.mounts()) {
      lines.add(
          mount.mountPoint()
              + " ("
              + mount.fileSystem()
              + "), tried in "
              + mount.directory()
              + ":");
      for (Trial trial : mount.trials()) {
        lines.add(
            String.format(
                Locale.ROOT,
                "  %-10s %-8s %s",
                JsonLine.word(trial.mechanism()),
                JsonLine.word(trial.answer()),
                trial.detail()));
      }
      lines.add("  by itself a run here takes: " + mount.automatic());
      mount.choices().forEach(choice -> lines.add("    " + choice));
      lines.add("next: " + commandLine.apply(mount.next()));
    }
    return lines;
  }
}
