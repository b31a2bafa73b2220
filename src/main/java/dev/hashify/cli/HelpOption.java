package dev.hashify.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The option that every command has; picocli answers it.
final class HelpOption {

  private HelpOption() {}

  static void addTo(CommandSpec spec) {
    addTo(spec, "Show this text and exit.");
  }

  static void addTo(CommandSpec spec, String description) {
    spec.addOption(
        OptionSpec.builder("-h", "--help").usageHelp(true).description(description).build());
  }
}
