package dev.hashify.cli;

import dev.hashify.engine.Operations;
import dev.hashify.engine.RunException;
import dev.hashify.select.RuleProblem;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// One call of the program: parses, runs a command, and turns whatever fails into a message and an
/// exit code.
final class Session {

  /// All commands by name, in the order in which they are shown.
  private static final Map<String, Supplier<Command>> COMMANDS = commands();

  private final Surroundings outside;
  private List<String> typed = List.of();
  private List<String> expanded = List.of();

  Session(Surroundings outside) {
    this.outside = outside;
  }

  private static Map<String, Supplier<Command>> commands() {
    var commands = new LinkedHashMap<String, Supplier<Command>>();
    commands.put("unify", UnifyCommand::new);
    commands.put("rules", RulesCommand::new);
    commands.put("break", BreakCommand::new);
    commands.put("release", ReleaseCommand::new);
    commands.put("protect", ProtectCommand::new);
    commands.put("status", StatusCommand::new);
    commands.put("explain", ExplainCommand::new);
    commands.put("verify", VerifyCommand::new);
    commands.put("gc", SweepCommand::new);
    commands.put("probe", ProbeCommand::new);
    commands.put("roots", RootsCommand::new);
    return commands;
  }

  /// Runs what the arguments say.
  ///
  /// @param arguments the bytes of each argument
  ExitCode run(List<byte[]> arguments) {
    try {
      typed = arguments.stream().map(ArgumentText::of).toList();
      expanded = ArgumentFiles.expand(typed);
      return parseAndRun();
    } catch (NothingTouchedException unusable) {
      unusable.messages().forEach(this::error);
      return unusable.code();
    } catch (RunException failed) {
      error(String.valueOf(failed.getMessage()));
      return code(failed);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      say(Weight.NOTE, "stopped; what was done until then is complete");
      return outside.interruption().code();
    } catch (RuntimeException | Error bug) {
      return report(bug);
    } finally {
      outside.out().flush();
      outside.err().flush();
    }
  }

  private ExitCode parseAndRun()
      throws NothingTouchedException, RunException, InterruptedException {
    CommandLine program = programOfTheCommandNamed().orElseGet(this::program);
    try {
      ParseResult parsed = program.parseArgs(expanded.toArray(String[]::new));
      if (CommandLine.executeHelpRequest(parsed) != null) {
        return ExitCode.DONE;
      }
      if (!parsed.hasSubcommand()) {
        throw new UsageException("no command given");
      }
      CommandLine command = parsed.subcommand().commandSpec().commandLine();
      try {
        return ((Command) command.getCommandSpec().userObject()).run(this);
      } catch (UsageException wrong) {
        return usage(String.valueOf(wrong.getMessage()), command);
      }
    } catch (ParameterException wrong) {
      return usage(describe(wrong), wrong.getCommandLine());
    } catch (UsageException wrong) {
      return usage(String.valueOf(wrong.getMessage()), program);
    }
  }

  /// The whole command line, for this session and for tests of the options.
  CommandLine program() {
    CommandLine program = program(COMMANDS.values().stream().map(Supplier::get).toList());
    return set(program.addSubcommand(new HelpCommand(program).spec()));
  }

  /// The command that the arguments begin with, and nothing else. Taking in the options of all
  /// others would take longer than many a run.
  private Optional<CommandLine> programOfTheCommandNamed() {
    return expanded.stream()
        .findFirst()
        .map(COMMANDS::get)
        .map(named -> set(program(List.of(named.get()))));
  }

  private static CommandLine program(List<Command> commands) {
    var program = new CommandLine(new HashifyCommand().spec(), Options.FACTORY);
    for (Command command : commands) {
      program.addSubcommand(command.spec());
    }
    return program;
  }

  /// Sets what holds for all commands, which must be there by now.
  private CommandLine set(CommandLine program) {
    return program
        .setExpandAtFiles(false)
        .setAllowOptionsAsOptionParameters(false)
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
        .setOut(outside.out())
        .setErr(outside.err());
  }

  private static String describe(ParameterException wrong) {
    String text = String.valueOf(wrong.getMessage());
    String line = text.lines().collect(Collectors.joining(" "));
    String lower = line.substring(0, 1).toLowerCase(Locale.ROOT) + line.substring(1);
    String shown = ArgumentText.display(lower);
    if (wrong instanceof UnmatchedArgumentException unmatched
        && !unmatched.getSuggestions().isEmpty()) {
      return shown + "; perhaps " + String.join(" or ", unmatched.getSuggestions());
    }
    return shown;
  }

  private ExitCode usage(String text, CommandLine command) {
    error(text);
    String name = command.getCommandSpec().qualifiedName();
    outside.err().println("Try '" + name + " --help'");
    return ExitCode.USAGE;
  }

  private static ExitCode code(RunException failed) {
    return switch (failed) {
      case RunException.Unusable _ -> ExitCode.NOT_DONE;
      case RunException.StoreUnusable _ -> ExitCode.STORE_UNUSABLE;
      case RunException.StoreInUse _ -> ExitCode.STORE_IN_USE;
    };
  }

  private ExitCode report(Throwable bug) {
    outside.out().flush();
    error("bug: " + bug + "; stopped at once");
    bug.printStackTrace(outside.err());
    error("report this with the lines above and the output of 'hashify --version'");
    return ExitCode.BUG;
  }

  /// What does the work.
  ///
  /// @throws NothingTouchedException if this machine cannot
  Operations operations() throws NothingTouchedException {
    try {
      return outside.operations().apply(ShellWord.commandLine(typed));
    } catch (UnsupportedOperationException machine) {
      throw new NothingTouchedException(
          ExitCode.NOT_DONE, List.of(String.valueOf(machine.getMessage())));
    }
  }

  private void error(String text) {
    say(Weight.ERROR, text);
  }

  /// Tells on standard error what an administrator should look at.
  void message(String text) {
    say(Weight.WARNING, text);
  }

  /// Says something on standard error in the usual form.
  void say(Weight weight, String text) {
    outside.err().println(weight.line(outside.screen().kind(), text));
  }

  void warn(List<RuleProblem> warnings) {
    warnings.stream().distinct().forEach(warning -> message(warning.toString()));
  }

  Surroundings outside() {
    return outside;
  }

  PrintWriter out() {
    return outside.out();
  }

  /// The arguments as typed, and with their files in place.
  NextCommand nextCommand() {
    return new NextCommand(typed, expanded);
  }
}
