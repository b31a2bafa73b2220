package dev.hashify.engine;

import dev.hashify.file.TreePath;
import dev.hashify.index.IndexChanges;
import dev.hashify.index.IndexException;
import dev.hashify.index.IndexReader;
import dev.hashify.select.RuleFingerprint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Which roots have been compared with each other, so that what is unique among them need not be
/// compared again.
///
/// A record of a directory says "unique" with the token its root had then. The token stays as long
/// as the root takes part in every run: then whatever changed elsewhere was compared with it. A
/// root that was left out of a run gets another token when it comes back, so its records are no
/// longer taken for settled, although their fingerprints still hold. So does one whose rules
/// changed: while a directory was excluded nothing was compared with it, and its record does not
/// know.
///
/// Kept in the index under one name for each set of options; a list of volume, inode, token, rules,
/// path.
final class SettledRoots {

  private static final String LAST = "last-roots";

  private static final int ROOTS_MAX = 1_000_000;

  private final String name;
  private final List<Entry> before;
  private final Map<Integer, Long> tokens = new HashMap<>();

  /// A root of an earlier run.
  record Entry(long volume, long inode, long token, RuleFingerprint rules, TreePath path) {}

  private SettledRoots(String name, List<Entry> before) {
    this.name = name;
    this.before = before;
  }

  /// Reads what the last run with these options noted and gives each of `roots` its token.
  static SettledRoots read(
      IndexReader reader, Settings settings, List<OpenRoot> roots, RandomGenerator random)
      throws IndexException {
    var options = settings.optionsFingerprint();
    String name =
        "settled-"
            + HexFormat.of().toHexDigits(options.high())
            + HexFormat.of().toHexDigits(options.low());
    var settled = new SettledRoots(name, parse(reader.meta(name)));
    for (var root : roots) {
      long token =
          settled.before.stream()
              .filter(entry -> isSame(entry, root))
              .mapToLong(Entry::token)
              .findFirst()
              .orElseGet(random::nextLong);
      settled.tokens.put(root.number(), token);
    }
    return settled;
  }

  private static boolean isSame(Entry entry, OpenRoot root) {
    return entry.volume() == root.volume()
        && entry.inode() == root.stat().inode()
        && entry.rules().equals(root.rules().fingerprint())
        && entry.path().equals(root.path());
  }

  /// Whether a root of the last run is not in this one: names of inodes that were seen in it are
  /// not seen now.
  boolean hasLost(List<OpenRoot> roots) {
    return !before.stream().allMatch(entry -> roots.stream().anyMatch(root -> isSame(entry, root)));
  }

  long token(OpenRoot root) {
    return tokens.getOrDefault(root.number(), 0L);
  }

  /// Roots that took part in the last run and do not in this one.
  List<Entry> missing(List<OpenRoot> roots) {
    return before.stream()
        .filter(entry ->
            roots.stream()
                .noneMatch(root ->
                    entry.volume() == root.volume() && entry.inode() == root.stat().inode()))
        .toList();
  }

  /// Notes that these roots have been compared with each other, if that is news.
  void write(IndexChanges changes, List<OpenRoot> roots) {
    List<Entry> now = entries(roots);
    if (!now.equals(before)) {
      changes.putMeta(name, format(now));
      changes.putMeta(LAST, format(now));
    }
  }

  /// What is noted of these roots.
  List<Entry> entries(List<OpenRoot> roots) {
    List<Entry> now = new ArrayList<>();
    for (var root : roots) {
      now.add(
          new Entry(
              root.volume(),
              root.stat().inode(),
              token(root),
              root.rules().fingerprint(),
              root.path()));
    }
    return now;
  }

  /// The roots of the last run that had other roots than the one before.
  static List<Entry> lastEntries(IndexReader reader) throws IndexException {
    return parse(reader.meta(LAST));
  }

  /// The paths of the roots of the last run that had other roots than the one before.
  static List<TreePath> lastRoots(IndexReader reader) throws IndexException {
    return parse(reader.meta(LAST)).stream().map(Entry::path).toList();
  }

  static byte[] format(List<Entry> entries) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeInt(entries.size());
      for (var entry : entries) {
        byte[] path = entry.path().bytes();
        out.writeLong(entry.volume());
        out.writeLong(entry.inode());
        out.writeLong(entry.token());
        out.writeLong(entry.rules().high());
        out.writeLong(entry.rules().low());
        out.writeInt(path.length);
        out.write(path);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /// A value that cannot be read is as good as none: everything is compared anew.
  static List<Entry> parse(Optional<byte[]> value) {
    List<Entry> entries = new ArrayList<>();
    if (value.isEmpty()) {
      return entries;
    }
    try (var in = new DataInputStream(new ByteArrayInputStream(value.get()))) {
      int count = Math.min(in.readInt(), ROOTS_MAX);
      for (int i = 0; i < count; i++) {
        long volume = in.readLong();
        long inode = in.readLong();
        long token = in.readLong();
        var rules = new RuleFingerprint(in.readLong(), in.readLong());
        byte[] path = in.readNBytes(in.readInt());
        entries.add(new Entry(volume, inode, token, rules, TreePath.of(path)));
      }
      return entries;
    } catch (IOException | IllegalArgumentException _) {
      return List.of();
    }
  }
}
