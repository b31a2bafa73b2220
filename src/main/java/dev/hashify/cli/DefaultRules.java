package dev.hashify.cli;

import dev.hashify.engine.ShippedLists;
import dev.hashify.file.TreePath;
import dev.hashify.select.RuleList;
import dev.hashify.select.RuleListParser;
import dev.hashify.select.RuleSyntaxException;
import dev.hashify.select.ShippedRules;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/// Where the list comes from that is in force by default.
///
/// An installed program has copies of the shipped lists where its administrator edits configuration
/// (`/etc/hashify/exclude-rules`), and he expects that what he writes there holds. So a copy of
/// `container-root` stands for the shipped list, under its whole path, which the summary and
/// `hashify rules` then show. If the file is missing the shipped list holds: that is the safe side,
/// and `--no-default-rules` is there for who wants none.
///
/// @param copies the directory of the copies; none where the program is not installed
record DefaultRules(Optional<TreePath> copies) {

  /// The system property by which the launcher tells the directory.
  static final String PROPERTY = "hashify.excludeRules";

  /// The directory that the launcher told.
  static DefaultRules told() {
    return new DefaultRules(
        Optional.ofNullable(System.getProperty(PROPERTY))
            .filter(directory -> !directory.isEmpty())
            .map(TreePath::of));
  }

  /// The list, and the name to tell it by.
  ///
  /// @throws RuleSyntaxException if the copy is damaged
  /// @throws UnreadableException if the copy cannot be read, or holds no rule: an editor or a full
  ///   disk that left it empty must not let every file of a root be shared
  Named read() throws RuleSyntaxException, UnreadableException {
    var shipped = ShippedRules.CONTAINER_ROOT;
    if (copies.isPresent()) {
      TreePath copy = copies.get().child(shipped.listName());
      try {
        String name = copy.toString();
        RuleList list = RuleListParser.parse(name, InputFile.read(copy));
        if (list.rules().isEmpty()) {
          throw new UnreadableException(
              copy
                  + ": holds no rule; to run without it give --no-default-rules, to have the"
                  + " shipped list again remove the file");
        }
        return new Named(list, name);
      } catch (NoSuchFileException _) {
        // The shipped list, then.
      } catch (IOException failed) {
        throw new UnreadableException(copy + ": rule list not read: " + Causes.of(failed));
      }
    }
    return new Named(ShippedLists.read(shipped), shipped.listName());
  }

  /// A list and its name.
  record Named(RuleList list, String name) {}

  /// There is a copy, and no knowing what it says.
  static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1;

    UnreadableException(String message) {
      super(message);
    }
  }
}
