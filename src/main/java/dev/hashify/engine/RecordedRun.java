package dev.hashify.engine;

import dev.hashify.file.FileProblem;
import dev.hashify.file.TreePath;
import dev.hashify.index.IndexChanges;
import dev.hashify.index.IndexException;
import dev.hashify.index.IndexReader;
import dev.hashify.plan.Identity;
import dev.hashify.plan.IdentityKey;
import dev.hashify.select.Rule;
import dev.hashify.select.RuleFingerprint;
import dev.hashify.select.RuleList;
import dev.hashify.select.RuleListParser;
import dev.hashify.select.RuleSet;
import dev.hashify.select.RuleSyntaxException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What decided in a run over a store, options and rules with their places, and what failed in it:
/// so that a decision can be explained by what it was made of, whatever was edited since. A root
/// belongs to the last run that it took part in; a store may be used by several jobs.
///
/// Kept in the index as one value that is written when it differs from the one there, so a night
/// like the one before writes nothing. Its size is that of the rule lists, and a few hundred bytes
/// for each problem.
///
/// @param settings the options that decide about paths
/// @param roots those that took part, less those that took part in a later one
/// @param rules the rules of each root, by what stands for them in [SettledRoots.Entry]
/// @param problems those of the run that were kept
record RecordedRun(
    Settings settings,
    List<SettledRoots.Entry> roots,
    Map<RuleFingerprint, RuleSet> rules,
    List<FileProblem> problems) {

  private static final String NAME = "last-runs";

  /// Raised when the form changes; another version is as good as none.
  private static final int VERSION = 1;

  /// More than anybody reads path by path; all are in a report.
  static final int PROBLEMS_MAX = 500;

  /// More jobs than anybody has for one store; roots that are gone make a run go once this is full.
  private static final int RUNS_MAX = 32;

  private static final int COUNT_MAX = 1_000_000;

  /// What `work` was done with.
  static RecordedRun of(StoreWork work, List<FileProblem> problems) {
    Map<RuleFingerprint, RuleSet> rules = new LinkedHashMap<>();
    work.roots().forEach(root -> rules.put(root.rules().fingerprint(), root.rules()));
    var roots = work.settled().entries(work.roots());
    return new RecordedRun(work.settings(), roots, rules, problems);
  }

  /// Writes it down if it is news.
  void write(StoreWork work) throws IndexException {
    work.reader().refresh();
    List<RecordedRun> all = new ArrayList<>(List.of(this));
    for (var before : read(work.reader())) {
      List<SettledRoots.Entry> left = new ArrayList<>(before.roots());
      left.removeIf(root -> roots.stream().anyMatch(mine -> mine.path().equals(root.path())));
      if (!left.isEmpty() && all.size() < RUNS_MAX) {
        all.add(new RecordedRun(before.settings(), left, before.rules(), before.problems()));
      }
    }
    // In an order of their own, so that two jobs that take turns do not make it news each time.
    all.sort(Comparator.comparing(run -> run.roots().getFirst().path()));
    byte[] value = format(all);
    if (work.reader().meta(NAME).filter(known -> Arrays.equals(known, value)).isEmpty()) {
      var changes = new IndexChanges();
      changes.putMeta(NAME, value);
      work.session().index().write(changes);
    }
  }

  /// Those that were written down; no root is in two of them.
  static List<RecordedRun> read(IndexReader reader) throws IndexException {
    return parse(reader.meta(NAME));
  }

  /// The roots of all of them.
  static List<SettledRoots.Entry> roots(IndexReader reader) throws IndexException {
    return read(reader).stream().flatMap(run -> run.roots().stream()).toList();
  }

  private static byte[] format(List<RecordedRun> all) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeInt(VERSION);
      out.writeInt(all.size());
      for (var run : all) {
        run.write(out);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private void write(DataOutputStream out) throws IOException {
    writeSettings(out);
    write(out, SettledRoots.format(roots));
    out.writeInt(rules.size());
    for (var set : rules.values()) {
      writeRules(out, set);
    }
    out.writeInt(problems.size());
    for (var problem : problems) {
      write(out, problem.path().bytes());
      writeText(out, problem.notDone());
      writeText(out, problem.why());
      writeText(out, problem.consequence());
    }
  }

  private void writeSettings(DataOutputStream out) throws IOException {
    writeText(out, settings.identity().extent().name());
    for (var key : IdentityKey.values()) {
      out.writeBoolean(settings.identity().ignores(key));
    }
    out.writeLong(settings.minSizeBytes());
    out.writeBoolean(settings.includesPrivileged());
    out.writeBoolean(settings.splitsLinks());
    out.writeInt(settings.inside().size());
    for (var path : settings.inside()) {
      write(out, path.bytes());
    }
  }

  private static void writeRules(DataOutputStream out, RuleSet set) throws IOException {
    out.writeInt(set.rules().size());
    for (Rule rule : set.rules()) {
      writeText(out, rule.source());
      out.writeInt(rule.line());
      out.writeByte(rule.verdict().sign());
      write(out, rule.pattern());
    }
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    write(out, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static List<RecordedRun> parse(Optional<byte[]> value) {
    List<RecordedRun> all = new ArrayList<>();
    if (value.isEmpty()) {
      return all;
    }
    try (var in = new DataInputStream(new ByteArrayInputStream(value.get()))) {
      if (in.readInt() == VERSION) {
        for (int left = count(in); left > 0; left--) {
          all.add(readRun(in));
        }
      }
      return all;
    } catch (IOException | IllegalArgumentException | RuleSyntaxException _) {
      // As good as none: the next run writes it anew.
      return List.of();
    }
  }

  private static RecordedRun readRun(DataInputStream in) throws IOException, RuleSyntaxException {
    Settings settings = readSettings(in);
    var roots = SettledRoots.parse(Optional.of(read(in)));
    if (roots.isEmpty()) {
      throw new IOException("a run without roots");
    }
    Map<RuleFingerprint, RuleSet> rules = new LinkedHashMap<>();
    for (int left = count(in); left > 0; left--) {
      RuleSet set = readRules(in);
      rules.put(set.fingerprint(), set);
    }
    List<FileProblem> problems = new ArrayList<>();
    for (int left = count(in); left > 0; left--) {
      var path = TreePath.of(read(in));
      problems.add(new FileProblem(path, readText(in), readText(in), readText(in)));
    }
    return new RecordedRun(settings, roots, rules, problems);
  }

  private static Settings readSettings(DataInputStream in) throws IOException {
    Identity.Extent extent = Identity.Extent.valueOf(readText(in));
    var ignored = EnumSet.noneOf(IdentityKey.class);
    for (var key : IdentityKey.values()) {
      if (in.readBoolean()) {
        ignored.add(key);
      }
    }
    long minSizeBytes = in.readLong();
    boolean includesPrivileged = in.readBoolean();
    boolean splitsLinks = in.readBoolean();
    List<TreePath> inside = new ArrayList<>();
    for (int left = count(in); left > 0; left--) {
      inside.add(TreePath.of(read(in)));
    }
    var identity = new Identity(ignored, extent);
    return new Settings(identity, minSizeBytes, includesPrivileged, splitsLinks, inside);
  }

  /// A rule knows its list and line, and a list is read line by line: so the lines that hold no
  /// rule are empty ones.
  private static RuleSet readRules(DataInputStream in) throws IOException, RuleSyntaxException {
    List<RuleList> lists = new ArrayList<>();
    List<byte[]> lines = new ArrayList<>();
    String source = "";
    for (int left = count(in); left > 0; left--) {
      String from = readText(in);
      int line = in.readInt();
      if (!from.equals(source) || line <= lines.size()) {
        lists.add(RuleListParser.parseLines(source, lines));
        lines.clear();
        source = from;
      }
      if (line < 1 || line > COUNT_MAX) {
        throw new IOException("line " + line);
      }
      while (lines.size() < line - 1) {
        lines.add(new byte[0]);
      }
      byte sign = in.readByte();
      byte[] pattern = read(in);
      byte[] text = new byte[pattern.length + 1];
      text[0] = sign;
      System.arraycopy(pattern, 0, text, 1, pattern.length);
      lines.add(text);
    }
    lists.add(RuleListParser.parseLines(source, lines));
    return RuleSet.of(lists);
  }

  private static int count(DataInputStream in) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > COUNT_MAX) {
      throw new IOException("count " + count);
    }
    return count;
  }

  private static String readText(DataInputStream in) throws IOException {
    return new String(read(in), StandardCharsets.UTF_8);
  }

  private static byte[] read(DataInputStream in) throws IOException {
    return in.readNBytes(count(in));
  }
}
