package dev.hashify.cli;

import dev.hashify.file.TreePath;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// Which files are candidates, as typed.
final class RuleOptions {

  @Option(
      names = "--exclude",
      paramLabel = "RULE",
      description = {
        "A rule for all roots: -PATTERN or PATTERN leaves files as they are, +PATTERN takes them"
            + " after all. The first rule that matches decides; these come first.",
        "If RULE begins with a sign, write --exclude=RULE."
      })
  List<String> exclude = new ArrayList<>();

  @Option(
      names = "--rules-for",
      paramLabel = "ROOT=FILE",
      description = "A list of rules for one root; asked after --exclude.")
  List<String> rulesFor = new ArrayList<>();

  @Option(
      names = "--exclude-from",
      paramLabel = "FILE",
      description = "A list of rules for all roots; asked after --rules-for.")
  List<TreePath> excludeFrom = new ArrayList<>();

  @Option(
      names = "--no-default-rules",
      description =
          "Without the list container-root, which is asked last: the shipped one, or where a"
              + " package is installed the copy in /etc/hashify/exclude-rules.")
  boolean noDefaultRules;
}
