package dev.hashify.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/// What holds for every option of every command.
class OptionsTest {

  private static CommandLine program() {
    var terminal = new Terminal();
    return new Session(terminal.surroundings(new StringWriter(), new StringWriter())).program();
  }

  private static Stream<CommandLine> commands() {
    CommandLine program = program();
    return Stream.concat(Stream.of(program), program.getSubcommands().values().stream());
  }

  private static Stream<CommandLine> ownCommands() {
    return commands().filter(command -> !command.getCommandName().equals("help"));
  }

  @TestFactory
  Stream<DynamicTest> everyArgumentIsDescribed() {
    return ownCommands()
        .flatMap(command -> command.getCommandSpec().args().stream())
        .map(argument -> dynamicTest(argument.toString(), () -> checkDescription(argument)));
  }

  private static void checkDescription(ArgSpec argument) {
    assertTrue(argument.description().length > 0);
    for (String sentence : argument.description()) {
      assertTrue(sentence.endsWith("."), sentence);
    }
  }

  @Test
  void namesAreUniqueInEachCommand() {
    ownCommands()
        .forEach(command -> {
          List<String> names = new ArrayList<>();
          for (OptionSpec option : command.getCommandSpec().options()) {
            names.addAll(List.of(option.names()));
          }
          assertEquals(names.size(), new HashSet<>(names).size(), command.getCommandName());
        });
  }

  @Test
  void optionWithAValueNamesIt() {
    ownCommands()
        .flatMap(command -> command.getCommandSpec().options().stream())
        .filter(option -> option.arity().max() > 0)
        .forEach(option -> assertFalse(option.paramLabel().startsWith("<"), option.toString()));
  }

  @TestFactory
  Stream<DynamicTest> helpListsTheExitCodes() {
    return commands()
        .map(command ->
            dynamicTest(
                command.getCommandName(),
                () -> {
                  String help = command.getUsageMessage();
                  for (ExitCode code : ExitCode.values()) {
                    assertTrue(
                        help.lines().anyMatch(line -> line.matches(" +" + code.number() + " +.*")),
                        help);
                  }
                }));
  }

  @Test
  void helpFitsATerminal() {
    commands()
        .flatMap(command -> command.getUsageMessage().lines())
        .forEach(line -> assertTrue(line.length() <= 80, line));
  }
}
