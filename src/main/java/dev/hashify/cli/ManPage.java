package dev.hashify.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// One page for `man`: what the help says, in the macros of man(7), and what was written besides.
///
/// picocli writes AsciiDoc, for which another processor with a runtime of its own would be needed
/// at build time to get what is a page of macros here.
final class ManPage {

  private final CommandLine program;
  private final CommandLine command;
  private final StringBuilder page = new StringBuilder();

  private ManPage(CommandLine program, CommandLine command) {
    this.program = program;
    this.command = command;
  }

  /// The page of a command, or of the program itself.
  ///
  /// @param more sections in the macros of man(7) to stand between the options and the exit status:
  ///   examples, files
  static String of(CommandLine program, CommandLine command, String more) {
    return new ManPage(program, command).write(more);
  }

  /// The name of the page: `hashify-unify`.
  static String name(CommandLine command) {
    return command.getCommandSpec().qualifiedName("-");
  }

  private String write(String more) {
    head();
    synopsis();
    description();
    if (command.equals(program)) {
      commands();
    }
    options();
    page.append(more);
    exitStatus();
    seeAlso();
    return page.toString();
  }

  private void head() {
    String name = name(command);
    line(
        ".TH "
            + name.toUpperCase(Locale.ROOT).replace("-", "\\-")
            + " 1 \"\" \""
            + Version.line()
            + "\" \"Hashify\"");
    line(".SH NAME");
    line(escaped(name) + " \\- " + purpose(command));
  }

  /// In the form of a line of whatis(1): no capital letter, no stop.
  private static String purpose(CommandLine command) {
    String text = Completion.purpose(command);
    int colon = text.indexOf(':');
    String line = colon < 0 ? text : text.substring(0, colon);
    return escaped(line.substring(0, 1).toLowerCase(Locale.ROOT) + line.substring(1));
  }

  private void synopsis() {
    line(".SH SYNOPSIS");
    line(".B " + escaped(command.getCommandSpec().qualifiedName()));
    String parameters =
        command.getCommandSpec().positionalParameters().stream()
            .map(ManPage::parameter)
            .collect(Collectors.joining(" "));
    String verb = command.equals(program) ? " \\fICOMMAND\\fR" : "";
    line("[\\fIOPTIONS\\fR]" + verb + (parameters.isEmpty() ? "" : " " + parameters));
  }

  private static String parameter(PositionalParamSpec parameter) {
    String label = parameter.paramLabel().replace("...", "");
    String many = parameter.arity().max() > 1 ? "..." : "";
    String text = "\\fI" + escaped(label) + "\\fR" + many;
    return parameter.arity().min() == 0 ? "[" + text + "]" : text;
  }

  private void description() {
    line(".SH DESCRIPTION");
    paragraphs(command.getCommandSpec().usageMessage().description(), ".PP");
    for (ArgSpec parameter : command.getCommandSpec().positionalParameters()) {
      line(".TP");
      line("\\fI" + escaped(parameter.paramLabel().replace("...", "")) + "\\fR");
      paragraphs(parameter.description(), ".IP");
    }
    if (command.equals(program)) {
      line(".PP");
      line(
          "An argument \\fB@\\fIFILE\\fR stands for the arguments in \\fIFILE\\fR, one a line,"
              + " taken as they are. Blank lines and lines that begin with \\fB#\\fR are left out;"
              + " \\fB@@x\\fR is the argument \\fB@x\\fR, and after \\fB\\-\\-\\fR nothing is"
              + " expanded.");
    }
  }

  private void commands() {
    line(".SH COMMANDS");
    for (CommandLine each : program.getSubcommands().values()) {
      line(".TP");
      String name = escaped(each.getCommandName());
      line("\\fB" + name + "\\fR");
      if (hasPage(each)) {
        paragraphs(each.getCommandSpec().usageMessage().description(), ".IP");
        line("See \\fBhashify\\-" + name + "\\fR(1).");
      } else {
        line(escaped(Completion.purpose(each)) + ".");
      }
    }
  }

  /// The command `help` says all in one line and has no page.
  static boolean hasPage(CommandLine command) {
    return !command.getCommandName().equals(HelpCommand.NAME);
  }

  private void options() {
    line(".SH OPTIONS");
    for (OptionSpec option : command.getCommandSpec().options()) {
      line(".TP");
      String names =
          Arrays.stream(option.names())
              .map(name -> "\\fB" + escaped(name) + "\\fR" + value(option, name))
              .collect(Collectors.joining(", "));
      line(names);
      paragraphs(option.description(), ".IP");
    }
  }

  private static String value(OptionSpec option, String name) {
    if (option.arity().max() == 0) {
      return "";
    }
    String label = option.paramLabel();
    boolean isOfWords = label.indexOf('|') > 0 || label.indexOf(',') > 0;
    return (name.startsWith("--") ? "=" : " ")
        + (isOfWords ? "\\fB" : "\\fI")
        + escaped(label)
        + "\\fR";
  }

  private void exitStatus() {
    line(".SH EXIT STATUS");
    ExitCode.table()
        .forEach((number, text) -> {
          line(".TP");
          line("\\fB" + number + "\\fR");
          line(escaped(text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1)) + ".");
        });
  }

  private void seeAlso() {
    line(".SH SEE ALSO");
    List<CommandLine> others =
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of(program),
                program.getSubcommands().values().stream().filter(ManPage::hasPage))
            .filter(each -> !each.equals(command))
            .toList();
    line(
        others.stream()
            .map(each -> ".BR " + escaped(name(each)) + " (1)")
            .collect(Collectors.joining(" ,\n")));
  }

  private void paragraphs(String[] texts, String between) {
    for (int i = 0; i < texts.length; i++) {
      if (i > 0) {
        line(between);
      }
      line(escaped(texts[i]));
    }
  }

  private void line(String line) {
    page.append(line).append('\n');
  }

  /// Text that is read by roff as it stands.
  static String escaped(String text) {
    String safe =
        text.replace("\\", "\\e")
            .replace("-", "\\-")
            .replace("'", "\\(aq")
            .replace("`", "\\(ga")
            .replace("~", "\\(ti")
            .replace("^", "\\(ha");
    return safe.startsWith(".") ? "\\&" + safe : safe;
  }
}
