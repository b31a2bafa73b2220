package dev.hashify.cli;

import dev.hashify.file.TreePath;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// What to say and where, as typed.
final class OutputOptions {

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write every decision and the summary to FILE: .txt or .ndjson by its name.")
  List<TreePath> reports = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "text|ndjson",
      description = "The form of standard output. Default: text.")
  Format format = Format.TEXT;

  @Option(
      names = "--progress",
      paramLabel = "auto|always|never",
      description = "Show how far the run is. Default: auto, on a terminal.")
  ProgressMode progress = ProgressMode.AUTO;

  @Option(
      names = {"-q", "--quiet"},
      description = "Say nothing but problems.")
  boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      description = "Say what is decided for each path.")
  boolean verbose;

  void check() throws UsageException {
    if (quiet && verbose) {
      throw new UsageException("--quiet and --verbose contradict each other; give one of them");
    }
  }
}
