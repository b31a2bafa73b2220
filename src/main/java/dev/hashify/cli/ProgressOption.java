package dev.hashify.cli;

import picocli.CommandLine.Model.CommandSpec;

/// When to show how far a command is, as typed.
final class ProgressOption {

  ProgressMode progress = ProgressMode.AUTO;

  void addTo(CommandSpec spec) {
    spec.addOption(
        Options.value(
            "--progress",
            "auto|always|never",
            Words.of(ProgressMode.class),
            typed -> progress = typed,
            "Show how far it is. Default: auto, a line on a terminal, and where there is none, one"
                + " every half minute. SIGUSR1 asks in every mode."));
  }
}
