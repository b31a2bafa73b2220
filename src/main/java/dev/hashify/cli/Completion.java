package dev.hashify.cli;

import dev.hashify.roots.EnginePlace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/// What a shell needs to complete a command line, taken from the options themselves.
///
/// picocli can write a script for bash; it knows neither the words of our options nor which of them
/// take directories, has no descriptions, and nothing for fish. From this, [ShellScripts] writes
/// for each shell what its own users would.
///
/// @param commands all commands, in the order of the help
/// @param options those of the program without a command
record Completion(List<Verb> commands, List<Choice> options) {

  /// One command.
  ///
  /// @param text one line of description
  record Verb(String name, String text, List<Choice> options, Optional<Value> parameter) {}

  /// One option.
  ///
  /// @param names short ones first, each with its hyphens
  /// @param value what follows it, if anything does
  /// @param repeatable whether it can be given several times
  record Choice(List<String> names, String text, Optional<Value> value, boolean repeatable) {}

  /// What an option or a parameter takes.
  ///
  /// @param label as the help has it
  /// @param words those that can be chosen from, for [Kind#WORDS] and [Kind#LIST]
  record Value(String label, Kind kind, List<String> words) {}

  /// How a value is completed.
  enum Kind {
    /// One of some words.
    WORDS,
    /// Some of some words, with commas between them.
    LIST,
    DIRECTORY,
    FILE,
    /// A number, a time, a rule: nothing that a shell could know.
    FREE
  }

  /// Of a whole command line.
  static Completion of(CommandLine program) {
    List<Verb> commands = new ArrayList<>();
    for (CommandLine command : program.getSubcommands().values()) {
      commands.add(verb(command, program));
    }
    return new Completion(commands, choices(program));
  }

  private static Verb verb(CommandLine command, CommandLine program) {
    boolean isHelp = command.getCommandName().equals(HelpCommand.NAME);
    Optional<Value> parameter =
        isHelp
            ? Optional.of(new Value("COMMAND", Kind.WORDS, names(program)))
            : command.getCommandSpec().positionalParameters().stream()
                .findFirst()
                .map(Completion::value);
    return new Verb(command.getCommandName(), purpose(command), choices(command), parameter);
  }

  private static List<String> names(CommandLine program) {
    return program.getSubcommands().keySet().stream()
        .filter(name -> !name.equals(HelpCommand.NAME))
        .toList();
  }

  private static List<Choice> choices(CommandLine command) {
    return command.getCommandSpec().options().stream().map(Completion::choice).toList();
  }

  private static Choice choice(OptionSpec option) {
    Optional<Value> value =
        option.arity().max() == 0 ? Optional.empty() : Optional.of(value(option));
    return new Choice(
        List.of(option.names()), sentence(option.description()), value, option.isMultiValue());
  }

  /// By the label, which the help shows too.
  private static Value value(ArgSpec argument) {
    String label = argument.paramLabel();
    if (label.indexOf('|') > 0) {
      return new Value(label, Kind.WORDS, List.of(label.split("\\|", -1)));
    }
    if (label.indexOf(',') > 0) {
      return new Value(label, Kind.LIST, List.of(label.split(",", -1)));
    }
    return label.equals("NAME[=DIR]")
        ? new Value(label, Kind.WORDS, EnginePlace.words())
        : new Value(label, kind(label), List.of());
  }

  private static Kind kind(String label) {
    return switch (label) {
      case "DIR", "ROOT", "ROOT..." -> Kind.DIRECTORY;
      case "FILE", "PATH", "ROOT=FILE" -> Kind.FILE;
      case "N", "BYTES", "DURATION", "RULE" -> Kind.FREE;
      default -> throw new IllegalStateException("how " + label + " is completed is not known");
    };
  }

  /// What a command is for, in one line: the header, which `help` has, or the description.
  static String purpose(CommandLine command) {
    String[] header = command.getCommandSpec().usageMessage().header();
    return sentence(
        header.length == 0 ? command.getCommandSpec().usageMessage().description() : header);
  }

  /// The first sentence, without its stop.
  private static String sentence(String[] description) {
    String text = Arrays.stream(description).findFirst().orElse("");
    int end = text.indexOf(". ");
    String first = end < 0 ? text : text.substring(0, end);
    return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
  }
}
