package dev.hashify.cli;

import dev.hashify.file.TreePath;
import dev.hashify.select.Decision;
import dev.hashify.select.RuleSet;
import dev.hashify.select.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `hashify rules`.
final class RulesCommand implements Command {

  private final RuleOptions ruleOptions = new RuleOptions();
  private Optional<TreePath> root = Optional.empty();
  private List<TreePath> paths = new ArrayList<>();

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            this,
            "rules",
            "Show which rule decides for a path: list:line:rule, a tab, the verdict, a tab, the"
                + " path.",
            "Nothing is looked up on disk, so the path need not exist.");
    HelpOption.addTo(spec);
    ruleOptions.addTo(spec);
    spec.addOption(
        Options.value(
            "--root",
            "ROOT",
            Options::path,
            typed -> root = Optional.of(typed),
            "The root that the paths are in. Default: they are paths below a root."));
    return spec.addPositional(
        Options.paths(
                "PATH",
                1,
                typed -> paths = typed,
                "A path below a root, such as /etc/passwd; with --root, a path of the host.")
            .build());
  }

  @Override
  public ExitCode run(Session session) throws UsageException, NothingTouchedException {
    RuleLists lists =
        RuleLists.read(ruleOptions, session.outside().defaultRules(), root.stream().toList());
    session.warn(lists.warnings());
    RuleSet rules = root.map(named -> lists.request(named).rules()).orElse(lists.common());
    for (TreePath path : paths) {
      Decision decision = rules.explain(belowRoot(path)).decision();
      session.out().println(place(decision) + "\t" + verdict(decision) + "\t" + path);
    }
    return ExitCode.DONE;
  }

  private TreePath belowRoot(TreePath path) throws UsageException {
    TreePath below = path;
    if (root.isPresent()) {
      if (!root.get().contains(path)) {
        throw new UsageException(path + " is not below " + root.get() + " as typed");
      }
      below = root.get().relativize(path);
    }
    return plain(path, below);
  }

  /// Rules are compared with what the walk finds: no `.`, no `..`, single slashes.
  private static TreePath plain(TreePath typed, TreePath below) throws UsageException {
    TreePath plain = TreePath.EMPTY;
    for (String name : ArgumentText.of(below.bytes()).split("/", -1)) {
      if (name.equals("..")) {
        throw new UsageException(typed + ": '..' leads elsewhere than rules can tell");
      }
      if (!name.isEmpty() && !name.equals(".")) {
        plain = plain.child(ArgumentText.bytes(name));
      }
    }
    return plain;
  }

  private static String place(Decision decision) {
    return decision
        .decidingRule()
        .map(rule -> rule.source() + ":" + rule.line() + ":" + rule.text())
        .orElse("::");
  }

  private static String verdict(Decision decision) {
    String word = word(decision.verdict());
    return switch (decision) {
      case Decision.ByRule _ -> word;
      case Decision.Inherited inherited -> word + " with /" + inherited.ancestor();
      case Decision.ByDefault _ -> word + " by default";
    };
  }

  private static String word(Verdict verdict) {
    return switch (verdict) {
      case INCLUDE -> "included";
      case EXCLUDE -> "excluded";
      case SKIP -> "skipped";
    };
  }
}
