package dev.hashify.cli;

import dev.hashify.engine.RunException;
import dev.hashify.file.TreePath;
import dev.hashify.report.ProbeNdjson;
import dev.hashify.report.ProbeReport;
import dev.hashify.report.ProbeText;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `hashify probe`.
final class ProbeCommand implements Command {

  private final FormatOption formatOption = new FormatOption();
  private List<TreePath> directories = new ArrayList<>();

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            this,
            "probe",
            "Try what the file systems of directories and this host can do.",
            "Makes a directory .hashify-probe-... in each, with a few small files, and removes it"
                + " again.");
    HelpOption.addTo(spec);
    formatOption.addTo(spec);
    return spec.addPositional(
        Options.paths(
                "DIR",
                1,
                typed -> directories = typed,
                "A directory; one for each mount is enough.")
            .build());
  }

  @Override
  public ExitCode run(Session session)
      throws NothingTouchedException, RunException, InterruptedException {
    ProbeReport report =
        new StoreRun(session)
            .run((operations, told, stop) -> operations.probe(directories, told, stop));
    ExitCode code = new StoreRun(session).code(report.problems(), report.interrupted());
    switch (formatOption.format) {
      case TEXT -> ProbeText.lines(report, ShellWord::commandLine).forEach(session.out()::println);
      case NDJSON -> ProbeNdjson.lines(report, code.number()).forEach(session.out()::print);
    }
    return code;
  }
}
