package dev.hashify.cli;

import dev.hashify.file.TreePath;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What to say and where, as typed.
final class OutputOptions {

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "Write the run to FILE, in the form its name ends with: .html a page with pictures;"
              + " .txt or .ndjson every decision too; .prom figures for Prometheus.")
  List<TreePath> reports = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "text|ndjson",
      description = "The form of standard output. Default: text.")
  Format format = Format.TEXT;

  @Mixin ProgressOption progressOption = new ProgressOption();

  @Option(
      names = {"-q", "--quiet"},
      description = "Say nothing but problems.")
  boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      description = "Say what is decided for each path.")
  boolean verbose;

  /// Who wants nothing but problems wants no progress either, unless he says so.
  ProgressMode progress() {
    ProgressMode typed = progressOption.progress;
    return quiet && typed == ProgressMode.AUTO ? ProgressMode.NEVER : typed;
  }

  void check() throws UsageException {
    if (quiet && verbose) {
      throw new UsageException("--quiet and --verbose contradict each other; give one of them");
    }
  }
}
