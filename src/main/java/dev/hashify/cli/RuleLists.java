package dev.hashify.cli;

import dev.hashify.engine.RootRequest;
import dev.hashify.file.TreePath;
import dev.hashify.select.RuleList;
import dev.hashify.select.RuleListParser;
import dev.hashify.select.RuleProblem;
import dev.hashify.select.RuleSet;
import dev.hashify.select.RuleSyntaxException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The rule lists of the command line, read and in their order: `--exclude`, the root's own,
/// `--exclude-from`, the default one.
final class RuleLists {

  private final List<RuleList> first = new ArrayList<>();
  private final Map<TreePath, List<RuleList>> ownByRoot = new HashMap<>();
  private final List<RuleList> last = new ArrayList<>();

  private final List<String> names = new ArrayList<>();
  private final List<RuleProblem> warnings = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private RuleSet common = RuleSet.of(List.of());

  private RuleLists() {}

  /// Reads all lists.
  ///
  /// @param defaults the list that is asked last
  /// @param roots the roots that a list can be for
  /// @throws UsageException if there is a list for something else
  /// @throws NothingTouchedException with the problems of all lists
  static RuleLists read(RuleOptions options, DefaultRules defaults, List<TreePath> roots)
      throws UsageException, NothingTouchedException {
    var lists = new RuleLists();
    lists.readOptions(options.exclude);
    for (String forRoot : options.rulesFor) {
      lists.readOwn(forRoot, roots);
    }
    for (TreePath file : options.excludeFrom) {
      lists.readFile(file, file.toString()).ifPresent(lists.last::add);
    }
    if (!options.noDefaultRules) {
      lists.readDefault(defaults);
    }
    if (!lists.problems.isEmpty()) {
      throw new NothingTouchedException(ExitCode.USAGE, lists.problems);
    }
    lists.common = lists.rulesWith(List.of());
    return lists;
  }

  private void readOptions(List<String> rules) {
    if (rules.isEmpty()) {
      return;
    }
    try {
      List<byte[]> lines = rules.stream().map(ArgumentText::bytes).toList();
      add(RuleListParser.parseLines("--exclude", lines), "--exclude").ifPresent(first::add);
    } catch (RuleSyntaxException wrong) {
      addProblems(wrong);
    }
  }

  /// A path may contain `=` itself, so the roots tell where the first one ends.
  private void readOwn(String forRoot, List<TreePath> roots) throws UsageException {
    int equals = forRoot.indexOf('=');
    if (equals <= 0 || equals == forRoot.length() - 1) {
      throw new UsageException(
          "--rules-for: '" + ArgumentText.display(forRoot) + "' is not of the form ROOT=FILE");
    }
    for (int at = forRoot.lastIndexOf('='); at > 0; at = forRoot.lastIndexOf('=', at - 1)) {
      TreePath root = ArgumentText.path(forRoot.substring(0, at));
      if (at < forRoot.length() - 1 && roots.contains(root)) {
        TreePath file = ArgumentText.path(forRoot.substring(at + 1));
        readFile(file, file + " for " + root)
            .ifPresent(list -> ownByRoot.computeIfAbsent(root, _ -> new ArrayList<>()).add(list));
        return;
      }
    }
    throw new UsageException(
        "--rules-for: "
            + ArgumentText.path(forRoot.substring(0, equals))
            + " is not among the roots; name it as you name the root");
  }

  private Optional<RuleList> readFile(TreePath file, String name) {
    try {
      return add(RuleListParser.parse(file.toString(), InputFile.read(file)), name);
    } catch (RuleSyntaxException wrong) {
      addProblems(wrong);
    } catch (IOException unreadable) {
      problems.add(
          file + ": rule list not read: " + Causes.of(unreadable) + "; nothing was touched");
    }
    return Optional.empty();
  }

  private void readDefault(DefaultRules defaults) {
    try {
      DefaultRules.Named list = defaults.read();
      add(list.list(), list.name()).ifPresent(last::add);
    } catch (RuleSyntaxException wrong) {
      addProblems(wrong);
    } catch (DefaultRules.UnreadableException unreadable) {
      problems.add(unreadable.getMessage() + "; nothing was touched");
    }
  }

  private Optional<RuleList> add(RuleList list, String name) {
    names.add(name);
    warnings.addAll(list.warnings());
    return Optional.of(list);
  }

  private void addProblems(RuleSyntaxException wrong) {
    wrong.problems().forEach(problem -> problems.add(problem + "; nothing was touched"));
  }

  private RuleSet rulesWith(List<RuleList> own) {
    List<RuleList> all = new ArrayList<>(first);
    all.addAll(own);
    all.addAll(last);
    return RuleSet.of(all);
  }

  /// The lists in force, in the order in which they were read.
  List<String> names() {
    return names;
  }

  /// Rules that mean something else than their author probably thought.
  List<RuleProblem> warnings() {
    return warnings;
  }

  /// The rules that hold for every root without a list of its own.
  RuleSet common() {
    return common;
  }

  /// `root` with its rules.
  RootRequest request(TreePath root) {
    List<RuleList> own = ownByRoot.getOrDefault(root, List.of());
    return new RootRequest(root, own.isEmpty() ? common : rulesWith(own));
  }
}
