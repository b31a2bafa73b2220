package dev.hashify.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// `hashify help`, with the texts and the behaviour of the command of that name that picocli has;
/// that one is made of annotations. picocli runs it when it answers requests for help.
final class HelpCommand implements Runnable {

  static final String NAME = "help";

  private final CommandLine program;

  HelpCommand(CommandLine program) {
    this.program = program;
  }

  CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            this,
            NAME,
            "%nWhen no COMMAND is given, the usage help for the main command is displayed.",
            "If a COMMAND is specified, the help for that command is shown.%n");
    spec.helpCommand(true)
        .usageMessage()
        .header("Display help information about the specified command.")
        .synopsisHeading("%nUsage: ");
    HelpOption.addTo(spec, "Show usage help for the help command and exit.");
    return spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("COMMAND")
            .arity("0..1")
            .description("The COMMAND to display the usage help message for.")
            .build());
  }

  @Override
  public void run() {
    ParseResult typed = program.getParseResult().subcommand();
    if (!typed.hasMatchedPositional(0)) {
      program.usage(program.getOut());
      return;
    }
    String name = typed.matchedPositionalValue(0, "");
    CommandLine command = program.getSubcommands().get(name);
    if (command == null) {
      throw new ParameterException(program, "Unknown subcommand '" + name + "'.");
    }
    command.usage(program.getOut());
  }
}
