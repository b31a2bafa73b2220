package dev.hashify.engine;

import dev.hashify.file.TreePath;
import dev.hashify.index.IndexChanges;
import dev.hashify.index.IndexException;
import dev.hashify.index.IndexReader;
import dev.hashify.report.Counts;
import dev.hashify.select.RuleFingerprint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Which roots have been compared with each other, so that what is unique among them need not be
/// compared again.
///
/// A record of a directory says "unique" with the token its root had then. The token stays as long
/// as the root takes part in every run of its job: then whatever changed elsewhere was compared
/// with it. A root that was left out of a run gets another token when it comes back, so its records
/// are no longer taken for settled, although their fingerprints still hold. So does one whose rules
/// changed: while a directory was excluded nothing was compared with it, and its record does not
/// know.
///
/// Several jobs, each with roots of its own, may use one store with the same options. A job is
/// known by its roots: a run goes on with the one that has most of the directories of this run, and
/// takes its place. Tokens are never taken from two jobs, because roots of different ones were not
/// compared with each other; and as a job is gone on with by one run only, no two jobs ever have a
/// token in common. So a record that another job wrote in a root of both is not taken for settled.
///
/// What else one job can bring to the files of another is an object. So a job notes how many were
/// adopted when it last had compared its files with all ([Adoptions]). If there are more,
/// [#hasNewObjects], and [Partners] brings back what an object may be equal to.
///
/// A job also notes how much its last walk saw, so that the next one can say how far it is.
///
/// Kept in the index under one name for each set of options; of each job the number of adoptions,
/// that of entries, and a list of volume, inode, token, rules, path.
final class SettledRoots {

  /// Stands where a former form had a count, so that neither is taken for the other.
  private static final int FORM = -2;

  /// More than anybody has for one store; beyond it the eldest begins anew.
  private static final int JOBS_MAX = 32;

  private static final int ROOTS_MAX = 1_000_000;

  /// Not the number of any adoptions: the files of a new job have not been compared with objects.
  private static final long NEVER = -1;

  private final String name;
  private final List<Job> jobs;

  /// Which of them this run goes on with; their number for a new one.
  private final int place;

  private final boolean hasNewObjects;
  private final Map<Integer, Long> tokens = new HashMap<>();

  /// A root of an earlier run.
  record Entry(long volume, long inode, long token, RuleFingerprint rules, TreePath path) {

    /// Written out: every run asks a few times, and what the compiler leaves to the JVM is put
    /// together when it is first asked, which takes longer than all the asking.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Entry entry
          && volume == entry.volume
          && inode == entry.inode
          && token == entry.token
          && rules.equals(entry.rules)
          && path.equals(entry.path);
    }

    @Override
    public int hashCode() {
      return Long.hashCode(inode) * 31 + Long.hashCode(token);
    }
  }

  /// Roots that were compared with each other, and with the objects there were at a number of
  /// [Adoptions].
  ///
  /// @param entries of all their directories
  private record Job(long adoptions, long entries, List<Entry> roots) {}

  private SettledRoots(String name, List<Job> jobs, int place, long adoptions) {
    this.name = name;
    this.jobs = jobs;
    this.place = place;
    this.hasNewObjects = place < jobs.size() && jobs.get(place).adoptions() != adoptions;
  }

  /// Reads what the runs with these options noted and gives each of `roots` its token.
  static SettledRoots read(
      IndexReader reader, Settings settings, List<OpenRoot> roots, RandomGenerator random)
      throws IndexException {
    var options = settings.optionsFingerprint();
    String name =
        "settled-"
            + HexFormat.of().toHexDigits(options.high())
            + HexFormat.of().toHexDigits(options.low());
    List<Job> jobs = parseJobs(reader.meta(name));
    var settled = new SettledRoots(name, jobs, place(jobs, roots), Adoptions.read(reader));
    for (var root : roots) {
      long token =
          settled.before().stream()
              .filter(entry -> isSame(entry, root))
              .mapToLong(Entry::token)
              .findFirst()
              .orElseGet(random::nextLong);
      settled.tokens.put(root.number(), token);
    }
    return settled;
  }

  /// The job that has most of the directories, whatever rules they had: one whose rules changed is
  /// to be replaced, not remembered beside what takes its place.
  private static int place(List<Job> jobs, List<OpenRoot> roots) {
    int best = jobs.size();
    long most = 0;
    for (int at = 0; at < jobs.size(); at++) {
      long common =
          jobs.get(at).roots().stream()
              .filter(entry -> roots.stream().anyMatch(root -> isSameDirectory(entry, root)))
              .count();
      if (common > most) {
        most = common;
        best = at;
      }
    }
    return best;
  }

  private List<Entry> before() {
    return place < jobs.size() ? jobs.get(place).roots() : List.of();
  }

  private static boolean isSameDirectory(Entry entry, OpenRoot root) {
    return entry.volume() == root.volume() && entry.inode() == root.stat().inode();
  }

  private static boolean isSame(Entry entry, OpenRoot root) {
    return isSameDirectory(entry, root)
        && entry.rules().equals(root.rules().fingerprint())
        && entry.path().equals(root.path());
  }

  /// Whether a root of the job's last run is not in this one: names of inodes that were seen in it
  /// are not seen now.
  boolean hasLost(List<OpenRoot> roots) {
    return !before().stream()
        .allMatch(entry -> roots.stream().anyMatch(root -> isSame(entry, root)));
  }

  /// Whether objects were adopted since the files of this job were compared with all there were: by
  /// another job, or by a run that did not come to its end.
  boolean hasNewObjects() {
    return hasNewObjects;
  }

  /// How many entries of directories the last walk of this job saw; 0 if that is not known.
  long entriesBefore() {
    return place < jobs.size() ? jobs.get(place).entries() : 0;
  }

  long token(OpenRoot root) {
    return tokens.getOrDefault(root.number(), 0L);
  }

  /// Roots of any job that do not take part in this run.
  List<Entry> missing(List<OpenRoot> roots) {
    return jobs.stream()
        .flatMap(job -> job.roots().stream())
        .filter(entry -> roots.stream().noneMatch(root -> isSameDirectory(entry, root)))
        .toList();
  }

  /// Notes that these roots are being compared with each other, if that is news; before anything is
  /// recorded of them.
  void write(IndexChanges changes, List<OpenRoot> roots) {
    List<Entry> now = entries(roots);
    if (!now.equals(before())) {
      long adoptions = place < jobs.size() ? jobs.get(place).adoptions() : NEVER;
      changes.putMeta(name, with(new Job(adoptions, entriesBefore(), now)));
    }
  }

  /// Notes that the files of these roots have been compared with all objects there are, if that is
  /// news; after what came of it was recorded.
  void writeCompared(StoreWork work) throws IndexException {
    work.reader().refresh();
    Counts counts = work.tally().counts();
    long seen = counts.found() + counts.directories();
    byte[] now = with(new Job(Adoptions.read(work.reader()), seen, entries(work.roots())));
    if (work.reader().meta(name).filter(known -> Arrays.equals(known, now)).isEmpty()) {
      var changes = new IndexChanges();
      changes.putMeta(name, now);
      work.session().index().write(changes);
    }
  }

  /// All jobs, with this one in its place, so that jobs which take turns write nothing.
  private byte[] with(Job job) {
    List<Job> all = new ArrayList<>(jobs);
    if (place < all.size()) {
      all.set(place, job);
    } else {
      all.add(job);
    }
    return formatJobs(all.subList(Math.max(0, all.size() - JOBS_MAX), all.size()));
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

  private static byte[] formatJobs(List<Job> jobs) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeInt(FORM);
      out.writeInt(jobs.size());
      for (var job : jobs) {
        byte[] roots = format(job.roots());
        out.writeLong(job.adoptions());
        out.writeLong(job.entries());
        out.writeInt(roots.length);
        out.write(roots);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /// A value that cannot be read is as good as none: everything is compared anew.
  private static List<Job> parseJobs(Optional<byte[]> value) {
    List<Job> jobs = new ArrayList<>();
    if (value.isEmpty()) {
      return jobs;
    }
    try (var in = new DataInputStream(new ByteArrayInputStream(value.get()))) {
      if (in.readInt() != FORM) {
        return List.of();
      }
      for (int left = Math.min(in.readInt(), JOBS_MAX); left > 0; left--) {
        long adoptions = in.readLong();
        long entries = in.readLong();
        jobs.add(new Job(adoptions, entries, parse(Optional.of(in.readNBytes(in.readInt())))));
      }
      return jobs;
    } catch (IOException | IllegalArgumentException _) {
      return List.of();
    }
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

  /// A value that cannot be read is as good as none.
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
