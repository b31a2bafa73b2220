package dev.hashify.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// What there is without a verb.
final class HashifyCommand {

  CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            this, "hashify", "Shares equal files of container roots: on disk and in memory.");
    spec.versionProvider(() -> new String[] {Version.line()});
    spec.usageMessage()
        .synopsisSubcommandLabel("COMMAND")
        .footer(
            "",
            "@FILE stands for the arguments in FILE, one a line; # begins a comment.",
            "Begin with: hashify unify --dry-run ROOT...");
    HelpOption.addTo(spec);
    return spec.addOption(
        OptionSpec.builder("-V", "--version")
            .versionHelp(true)
            .description("Show the version and exit.")
            .build());
  }
}
