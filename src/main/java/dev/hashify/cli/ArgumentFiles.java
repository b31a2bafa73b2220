package dev.hashify.cli;

import dev.hashify.file.TreePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Puts the lines of `FILE` in the place of an argument `@FILE`.
///
/// One argument a line, taken byte for byte: nothing is quoted, split or expanded again. Blank
/// lines and lines that begin with `#` are left out. `@@x` is the argument `@x`; after `--` nothing
/// is expanded.
final class ArgumentFiles {

  private ArgumentFiles() {}

  /// The arguments with their files expanded.
  ///
  /// @throws NothingTouchedException naming every file that cannot be read
  static List<String> expand(List<String> arguments) throws NothingTouchedException {
    List<String> expanded = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    boolean verbatim = false;
    for (String argument : arguments) {
      verbatim |= argument.equals("--");
      if (verbatim || argument.length() < 2 || argument.charAt(0) != '@') {
        expanded.add(argument);
      } else if (argument.charAt(1) == '@') {
        expanded.add(argument.substring(1));
      } else {
        read(argument.substring(1), expanded, problems);
      }
    }
    if (!problems.isEmpty()) {
      throw new NothingTouchedException(ExitCode.USAGE, problems);
    }
    return expanded;
  }

  private static void read(String file, List<String> arguments, List<String> problems) {
    TreePath path = ArgumentText.path(file);
    try {
      String content = ArgumentText.of(InputFile.read(path));
      for (String line : content.split("\n", -1)) {
        if (!line.isBlank() && line.charAt(0) != '#') {
          arguments.add(line);
        }
      }
    } catch (IOException unreadable) {
      problems.add(
          path + ": arguments not read: " + Causes.of(unreadable) + "; nothing was touched");
    }
  }
}
