package dev.hashify.cli;

import dev.hashify.file.TreePath;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// Which files are candidates, as typed.
final class RuleOptions {

  List<String> exclude = new ArrayList<>();
  List<String> rulesFor = new ArrayList<>();
  List<TreePath> excludeFrom = new ArrayList<>();
  boolean noDefaultRules;

  void addTo(CommandSpec spec) {
    spec.addOption(
        Options.list(
            "--exclude",
            "RULE",
            text -> text,
            typed -> exclude = typed,
            "A rule for all roots: -PATTERN or PATTERN leaves files as they are, +PATTERN takes"
                + " them after all. The first rule that matches decides; these come first.",
            "If RULE begins with a sign, write --exclude=RULE."));
    spec.addOption(
        Options.list(
            "--rules-for",
            "ROOT=FILE",
            text -> text,
            typed -> rulesFor = typed,
            "A list of rules for one root; asked after --exclude."));
    spec.addOption(
        Options.list(
            "--exclude-from",
            "FILE",
            Options::path,
            typed -> excludeFrom = typed,
            "A list of rules for all roots; asked after --rules-for."));
    spec.addOption(
        Options.flag(
            "--no-default-rules",
            typed -> noDefaultRules = typed,
            "Without the list container-root, which is asked last: the shipped one, or where a"
                + " package is installed the copy in /etc/hashify/exclude-rules."));
  }
}
