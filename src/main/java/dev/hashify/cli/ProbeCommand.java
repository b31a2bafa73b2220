package dev.hashify.cli;

import dev.hashify.engine.RunException;
import dev.hashify.file.TreePath;
import dev.hashify.report.ProbeNdjson;
import dev.hashify.report.ProbeReport;
import dev.hashify.report.ProbeText;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hashify probe`.
@Command(
    name = "probe",
    description = {
      "Try what the file systems of directories and this host can do.",
      "Makes a directory .hashify-probe-... in each, with a few small files, and removes it again."
    })
final class ProbeCommand implements dev.hashify.cli.Command {

  @Mixin HelpOption helpOption = new HelpOption();

  @Option(
      names = "--format",
      paramLabel = "text|ndjson",
      description = "The form of standard output. Default: text.")
  Format format = Format.TEXT;

  @Parameters(
      paramLabel = "DIR",
      arity = "1..*",
      description = "A directory; one for each mount is enough.")
  List<TreePath> directories = new ArrayList<>();

  @Override
  public ExitCode run(Session session)
      throws NothingTouchedException, RunException, InterruptedException {
    ProbeReport report =
        new StoreRun(session)
            .run((operations, told, stop) -> operations.probe(directories, told, stop));
    ExitCode code = new StoreRun(session).code(report.problems(), report.interrupted());
    switch (format) {
      case TEXT -> ProbeText.lines(report, ShellWord::commandLine).forEach(session.out()::println);
      case NDJSON -> ProbeNdjson.lines(report, code.number()).forEach(session.out()::print);
    }
    return code;
  }
}
