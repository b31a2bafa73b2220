package dev.hashify.testkit;

import static org.junit.jupiter.api.Assertions.fail;

import dev.hashify.file.DirectoryListing;
import dev.hashify.file.FileId;
import dev.hashify.file.FileMode;
import dev.hashify.file.FileStat;
import dev.hashify.file.TreePath;
import dev.hashify.os.Descriptor;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Everything a user can see of a tree, taken at one moment.
///
/// Taking it changes nothing, access times neither (those of symbolic links excepted, which the
/// kernel has no way to spare; they are not looked at).
public final class TreeFingerprint {

  /// The order of groups in a set of them. Asks for every path, so that sets are equal only if all
  /// their groups are.
  public static final Comparator<List<TreePath>> BY_ALL_PATHS =
      (one, other) -> Arrays.compare(one.toArray(TreePath[]::new), other.toArray(TreePath[]::new));

  private static final int DIFFERENCES_MAX = 20;

  private static final int READ_MAX_BYTES = 1 << 30;

  /// What every user can see of a path and sharing must not change.
  ///
  /// @param content the SHA-256 of a regular file, the target of a symbolic link, else empty
  /// @param modifiedNanos 0 for what is neither a regular file nor a directory
  /// @param attributes extended attributes as text
  public record Visible(
      int mode,
      int uid,
      int gid,
      long sizeBytes,
      long modifiedNanos,
      String content,
      String attributes,
      int flags) {

    private Visible without(Set<Allowance> allowed) {
      boolean isTimeless =
          allowed.contains(
              FileMode.isDirectory(mode) ? Allowance.DIRECTORY_TIMES : Allowance.FILE_TIMES);
      int hidden =
          (allowed.contains(Allowance.IMMUTABLE_FLAG) ? dev.hashify.os.InodeFlags.IMMUTABLE : 0)
              | (allowed.contains(Allowance.SEAL) ? dev.hashify.os.InodeFlags.VERITY : 0);
      return new Visible(
          mode,
          uid,
          gid,
          sizeBytes,
          isTimeless ? 0 : modifiedNanos,
          content,
          attributes,
          flags & ~hidden);
    }

    boolean readsAs(Visible other) {
      return content.equals(other.content)
          && (mode & FileMode.TYPE_MASK) == (other.mode & FileMode.TYPE_MASK);
    }
  }

  /// What a check may be told to pass over.
  public enum Allowance {
    /// The modification times of directories.
    DIRECTORY_TIMES,
    /// The modification times of files: sealing moves them on some file systems.
    FILE_TIMES,
    /// The immutable attribute.
    IMMUTABLE_FLAG,
    /// The seal of fs-verity.
    SEAL
  }

  /// What sharing may change, but a dry run may not.
  public record Hidden(FileId id, int links, long changedNanos, long accessedNanos) {}

  private record Entry(Visible visible, Hidden hidden) {}

  private final SortedMap<TreePath, Entry> entries = new TreeMap<>();

  private TreeFingerprint() {}

  /// The fingerprint of everything below `root` and of `root` itself, with paths below it.
  public static TreeFingerprint of(Path root) throws IOException {
    var fingerprint = new TreeFingerprint();
    fingerprint.addRoot(root, TreePath.EMPTY);
    return fingerprint;
  }

  /// One fingerprint of several roots, with paths of the host.
  public static TreeFingerprint of(List<Path> roots) throws IOException {
    var fingerprint = new TreeFingerprint();
    for (Path root : roots) {
      fingerprint.addRoot(root, TreePath.of(root.toString()));
    }
    return fingerprint;
  }

  public SortedSet<TreePath> paths() {
    return new TreeSet<>(entries.keySet());
  }

  public @Nullable Visible visible(TreePath path) {
    Entry entry = entries.get(path);
    return entry == null ? null : entry.visible;
  }

  public @Nullable Hidden hidden(TreePath path) {
    Entry entry = entries.get(path);
    return entry == null ? null : entry.hidden;
  }

  /// The inode of a path that is there.
  public FileId id(TreePath path) {
    return Objects.requireNonNull(hidden(path), path::toString).id();
  }

  /// Whether both paths are there and are one inode.
  public boolean sharesInode(TreePath one, TreePath other) {
    Hidden first = hidden(one);
    Hidden second = hidden(other);
    return first != null && second != null && first.id.equals(second.id);
  }

  /// The sets of two and more paths that are one inode.
  public SortedSet<List<TreePath>> inodeGroups() {
    Map<FileId, List<TreePath>> byId = new java.util.HashMap<>();
    entries.forEach((path, entry) -> {
      if (FileMode.isRegular(entry.visible.mode)) {
        byId.computeIfAbsent(entry.hidden.id, _ -> new ArrayList<>()).add(path);
      }
    });
    var groups = new TreeSet<>(BY_ALL_PATHS);
    for (var group : byId.values()) {
      if (group.size() > 1) {
        groups.add(group);
      }
    }
    return groups;
  }

  /// The number of inodes of regular files.
  public long inodeCount() {
    return entries.values().stream()
        .filter(entry -> FileMode.isRegular(entry.visible.mode))
        .map(entry -> entry.hidden.id)
        .distinct()
        .count();
  }

  /// Fails unless both are the same but for inode numbers, link counts, ctimes and access times.
  public static void assertSameExceptInodes(TreeFingerprint before, TreeFingerprint after) {
    report(differences(before, after, Entry::visible));
  }

  /// As [#assertSameExceptInodes], with what is `allowed` to differ.
  public static void assertSameBut(
      Set<Allowance> allowed, TreeFingerprint before, TreeFingerprint after) {
    report(differences(before, after, entry -> entry.visible.without(allowed)));
  }

  /// Fails unless both are the same in everything, as after a dry run.
  public static void assertIdentical(TreeFingerprint before, TreeFingerprint after) {
    report(differences(before, after, entry -> entry));
  }

  /// Fails unless every path that was there reads the same bytes and is of the same type. New paths
  /// and changed metadata are not looked at.
  static void assertReadsAsBefore(TreeFingerprint before, TreeFingerprint after) {
    var found = new ArrayList<String>();
    before.entries.forEach((path, was) -> {
      Entry is = after.entries.get(path);
      if (is == null) {
        found.add(path + ": gone, was " + was.visible);
      } else if (!was.visible.readsAs(is.visible)) {
        found.add(path + ":\n    was " + was.visible + "\n    is  " + is.visible);
      }
    });
    report(found);
  }

  private interface Part {
    Object of(Entry entry);
  }

  private static List<String> differences(
      TreeFingerprint before, TreeFingerprint after, Part part) {
    var found = new ArrayList<String>();
    var all = before.paths();
    all.addAll(after.entries.keySet());
    for (TreePath path : all) {
      Entry was = before.entries.get(path);
      Entry is = after.entries.get(path);
      if (was == null || is == null) {
        found.add(path + (was == null ? ": is new" : ": is gone"));
      } else if (!part.of(was).equals(part.of(is))) {
        found.add(path + ":\n    was " + part.of(was) + "\n    is  " + part.of(is));
      }
    }
    return found;
  }

  private static void report(List<String> differences) {
    if (differences.isEmpty()) {
      return;
    }
    List<String> shown = differences.subList(0, Math.min(DIFFERENCES_MAX, differences.size()));
    fail(differences.size() + " differences:\n  " + String.join("\n  ", shown));
  }

  private void addRoot(Path path, TreePath prefix) throws IOException {
    try (var top = RealLinux.LINUX.open().directory(TreePath.of(path.toString()));
        // Opened once more beneath itself, which spares the access time of the root.
        var again = RealLinux.LINUX.open().directoryBeneath(top, TreePath.EMPTY)) {
      addDirectory(top, again, prefix, TreePath.EMPTY);
    }
  }

  private void addDirectory(
      Descriptor root, Descriptor directory, TreePath prefix, TreePath relative)
      throws IOException {
    FileStat stat = RealLinux.LINUX.stat().of(directory);
    long accessed = RealLinux.accessedNanos(directory, new byte[] {'.'});
    add(prefix.resolve(relative), stat, accessed, "", directory);
    var listing = new DirectoryListing();
    RealLinux.LINUX.stat().list(directory, listing);
    for (int i = 0; i < listing.count(); i++) {
      TreePath child = relative.child(listing.name(i));
      if (listing.isDirectory(i)) {
        try (var below = RealLinux.LINUX.open().directoryBeneath(root, child)) {
          addDirectory(root, below, prefix, child);
        }
      } else {
        addFile(directory, listing.name(i), prefix.resolve(child));
      }
    }
  }

  private void addFile(Descriptor directory, byte[] name, TreePath path) throws IOException {
    FileStat stat = RealLinux.LINUX.stat().of(directory, name);
    if (stat.isRegular()) {
      long accessed = RealLinux.accessedNanos(directory, name);
      try (var file = RealLinux.LINUX.open().file(directory, name)) {
        add(path, stat, accessed, sha256(file), file);
      }
      return;
    }
    boolean isSymlink = (stat.mode() & FileMode.TYPE_MASK) == FileMode.SYMLINK;
    String target = isSymlink ? TreePath.of(RealLinux.readLink(directory, name)).toString() : "";
    var visible =
        new Visible(stat.mode(), stat.uid(), stat.gid(), stat.sizeBytes(), 0, target, "", 0);
    entries.put(path, new Entry(visible, hidden(stat, 0)));
  }

  private void add(TreePath path, FileStat stat, long accessed, String content, Descriptor opened)
      throws IOException {
    var visible =
        new Visible(
            stat.mode(),
            stat.uid(),
            stat.gid(),
            stat.isDirectory() ? 0 : stat.sizeBytes(),
            stat.modifiedNanos(),
            content,
            RealLinux.LINUX.attributes().extended(opened).toString(),
            RealLinux.LINUX.attributes().flags(opened) & dev.hashify.os.InodeFlags.MEANINGFUL);
    entries.put(path, new Entry(visible, hidden(stat, accessed)));
  }

  private static Hidden hidden(FileStat stat, long accessed) {
    return new Hidden(stat.id(), stat.links(), stat.changedNanos(), accessed);
  }

  private static String sha256(Descriptor file) throws IOException {
    byte[] content = RealLinux.LINUX.content().readAll(file, READ_MAX_BYTES);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException impossible) {
      // Every Java platform has SHA-256 (MessageDigest says so).
      throw new AssertionError(impossible);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TreeFingerprint that && entries.equals(that.entries);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(entries);
  }
}
