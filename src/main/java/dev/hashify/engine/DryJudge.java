package dev.hashify.engine;

import dev.hashify.file.TreePath;
import dev.hashify.index.IndexException;
import dev.hashify.os.ErrnoException;
import dev.hashify.select.RuleSet;
import java.util.List;
import java.util.Set;

/// Decides about one path what the walk of the next run would decide, by the same code, and changes
/// nothing.
final class DryJudge {

  private final PathExplainer.Known known;

  DryJudge(PathExplainer.Known known) {
    this.known = known;
  }

  /// The state of a path that is there; [dev.hashify.file.PathState#UNSETTLED] if it would be
  /// compared.
  byte judge(PathInQuestion path, Settings settings, RuleSet rules)
      throws IndexException, ErrnoException {
    Environment environment = known.environment();
    var request = new RootRequest(path.root().path(), rules);
    try (var roots = OpenRoots.open(environment.linux(), List.of(request))) {
      var settled = SettledRoots.read(known.reader(), settings, roots.all(), environment.random());
      // Not closed: session and reader are the caller's.
      var work = new StoreWork(settings, known.session(), roots.all(), settled, known.reader());
      var scope =
          new ScanScope(
              roots.all(),
              List.of(work),
              new EventSink(RunListener.NONE),
              Set.of(),
              SwapFiles.read(environment.linux()));
      var catalog = known.session().catalog(known.reader());
      var judge = new EntryJudge(scope, work, roots.all().getFirst(), catalog);
      int row = path.row();
      long key = path.listing().isRegular(row) ? scope.key(work, path.listing(), row) : 0;
      return judge.judge(rulesAt(rules, path.directory()), path.listing(), row, key);
    }
  }

  private static RulesAt rulesAt(RuleSet rules, TreePath directory) {
    var at = RulesAt.root(rules.root());
    byte[] bytes = directory.bytes();
    int from = 0;
    for (int i = 0; i <= bytes.length; i++) {
      if (i == bytes.length || bytes[i] == '/') {
        if (i > from) {
          at = at.child(java.util.Arrays.copyOfRange(bytes, from, i));
        }
        from = i + 1;
      }
    }
    return at;
  }
}
