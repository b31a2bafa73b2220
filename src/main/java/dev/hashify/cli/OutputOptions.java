package dev.hashify.cli;

import dev.hashify.file.TreePath;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// What to say and where, as typed.
final class OutputOptions {

  List<TreePath> reports = new ArrayList<>();
  private final FormatOption formatOption = new FormatOption();
  private final ProgressOption progressOption = new ProgressOption();
  boolean quiet;
  boolean verbose;

  void addTo(CommandSpec spec) {
    spec.addOption(
        Options.list(
            "--report",
            "FILE",
            Options::path,
            typed -> reports = typed,
            "Write the run to FILE, in the form its name ends with: .html a page with pictures;"
                + " .txt or .ndjson every decision too; .prom figures for Prometheus."));
    formatOption.addTo(spec);
    progressOption.addTo(spec);
    spec.addOption(
        Options.flag("-q", "--quiet", typed -> quiet = typed, "Say nothing but problems."));
    spec.addOption(
        Options.flag(
            "-v", "--verbose", typed -> verbose = typed, "Say what is decided for each path."));
  }

  Format format() {
    return formatOption.format;
  }

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
