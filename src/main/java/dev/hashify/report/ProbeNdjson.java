package dev.hashify.report;

import dev.hashify.file.FileProblem;
import dev.hashify.report.ProbeReport.MountReport;
import java.util.ArrayList;
import java.util.List;

/// What a probe found as NDJSON: a line with the event `mount` for each mount, one with `problem`
/// for each problem, and last the `summary`.
public final class ProbeNdjson {

  private ProbeNdjson() {}

  /// The lines, each with its line feed.
  ///
  /// @param exitCode with which number the program ends
  public static List<String> lines(ProbeReport report, int exitCode) {
    List<String> lines = new ArrayList<>();
    report.mounts().forEach(mount -> lines.add(mount(mount)));
    report.problems().forEach(problem -> lines.add(problem(problem)));
    lines.add(
        JsonLine.event("summary")
            .number("mounts", report.mounts().size())
            .number("problems", report.problems().size())
            .flag("interrupted", report.interrupted())
            .number("exitCode", exitCode)
            .end());
    return lines;
  }

  private static String mount(MountReport mount) {
    return JsonLine.event("mount")
        .path("path", mount.mountPoint())
        .path("directory", mount.directory())
        .text("fileSystem", mount.fileSystem())
        .objects(
            "trials",
            mount.trials(),
            (line, trial) ->
                line.text("mechanism", JsonLine.word(trial.mechanism()))
                    .text("works", JsonLine.word(trial.answer()))
                    .text("detail", trial.detail())
                    .text("purpose", trial.mechanism().purpose()))
        .text("automatic", mount.automatic())
        .texts("choices", mount.choices())
        .texts("next", mount.next())
        .end();
  }

  private static String problem(FileProblem problem) {
    return JsonLine.event("problem")
        .path("path", problem.path())
        .text("notDone", problem.notDone())
        .text("why", problem.why())
        .text("consequence", problem.consequence())
        .end();
  }
}
