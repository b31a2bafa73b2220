package dev.hashify.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What there is without a verb.
@Command(
    name = "hashify",
    synopsisSubcommandLabel = "COMMAND",
    description = "Shares equal files of container roots: on disk and in memory.",
    footer = {
      "",
      "@FILE stands for the arguments in FILE, one a line; # begins a comment.",
      "Begin with: hashify unify --dry-run ROOT..."
    })
final class HashifyCommand {

  @Mixin HelpOption helpOption = new HelpOption();

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version and exit.")
  boolean version;
}
