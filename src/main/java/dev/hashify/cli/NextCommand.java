package dev.hashify.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The command that does what a dry run showed, fit to be pasted into a shell.
///
/// @param typed the arguments as they were typed
/// @param expanded the same with the lines of `@FILE` in place
record NextCommand(List<String> typed, List<String> expanded) {

  /// One or more short options without a value: `-n`, `-nv`.
  private static final Pattern SWITCHES = Pattern.compile("-[nqv]+");

  private static final Pattern GUARD = Pattern.compile("--guard ([a-z]+)(:.*|$)");

  /// The command line.
  ///
  /// @param choices guards at hand, the one to recommend first; if there are none, the guard stays
  ///   as it was typed
  String line(List<String> choices) {
    // A dry run that was asked for inside a file can only be taken out of what the file says.
    boolean insideFile =
        withoutDryRun(typed).equals(typed) && !withoutDryRun(expanded).equals(expanded);
    List<String> arguments = withoutDryRun(insideFile ? protectedFromExpansion(expanded) : typed);
    for (String choice : choices) {
      Matcher guard = GUARD.matcher(choice);
      if (guard.matches()) {
        arguments = withGuard(arguments, guard.group(1));
        break;
      }
    }
    return ShellWord.commandLine(arguments);
  }

  private static int end(List<String> arguments) {
    int end = arguments.indexOf("--");
    return end < 0 ? arguments.size() : end;
  }

  /// What begins with `@` would be taken for a file when it is typed again.
  private static List<String> protectedFromExpansion(List<String> arguments) {
    List<String> kept = new ArrayList<>(arguments);
    for (int i = 0; i < end(arguments); i++) {
      kept.set(i, kept.get(i).startsWith("@") ? "@" + kept.get(i) : kept.get(i));
    }
    return kept;
  }

  private static List<String> withoutDryRun(List<String> arguments) {
    List<String> kept = new ArrayList<>();
    int end = end(arguments);
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (i >= end || !(isSwitches(argument) || argument.equals("--dry-run"))) {
        kept.add(argument);
      } else {
        String rest = argument.equals("--dry-run") ? "-" : argument.replace("n", "");
        if (rest.length() > 1) {
          kept.add(rest);
        }
      }
    }
    return kept;
  }

  private static boolean isSwitches(String argument) {
    return SWITCHES.matcher(argument).matches();
  }

  /// The guard comes right after the command, where it is seen.
  private static List<String> withGuard(List<String> arguments, String guard) {
    List<String> kept = new ArrayList<>();
    int end = end(arguments);
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (i < end && argument.equals("--guard")) {
        i++;
      } else if (i >= end || !argument.startsWith("--guard=")) {
        kept.add(argument);
      }
    }
    kept.addAll(Math.min(1, kept.size()), List.of("--guard", guard));
    return kept;
  }
}
