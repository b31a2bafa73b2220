package dev.hashify.cli;

import picocli.CommandLine.Option;

/// When to show how far a command is, as typed.
final class ProgressOption {

  @Option(
      names = "--progress",
      paramLabel = "auto|always|never",
      description = {
        "Show how far it is. Default: auto, a line on a terminal, and where there is none, one"
            + " every half minute. SIGUSR1 asks in every mode."
      })
  ProgressMode progress = ProgressMode.AUTO;
}
