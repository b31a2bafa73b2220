package dev.hashify.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.hashify.file.FileId;
import dev.hashify.file.FileMode;
import dev.hashify.file.Refusal;
import dev.hashify.file.SkipReason;
import dev.hashify.file.TreePath;
import dev.hashify.plan.IdentityKey;
import dev.hashify.testkit.TreeFingerprint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What should become of every path, worked out the obvious way from the whole picture: no index,
/// no keys, no order.
final class SharingModel {

  /// The set-uid and set-gid bits.
  private static final int SET_ID = 06000;

  final Map<TreePath, SkipReason> skipped = new TreeMap<>();
  final Map<TreePath, Refusal> refused = new TreeMap<>();

  /// The files to consider, by everything that must be equal for two of them to share.
  final Map<List<Object>, List<File>> groups = new HashMap<>();

  private final TreeFingerprint tree;
  private final World world;
  private final Options options;
  private final Map<FileId, List<TreePath>> considered = new HashMap<>();

  /// What lies around the files.
  ///
  /// @param roots the roots with their rules
  /// @param objects the inodes that are objects of the store
  /// @param notWalked a directory that is never entered: the store
  /// @param inside how many names an inode has in places that count as inside
  record World(
      List<Unification.Root> roots,
      Set<Long> objects,
      TreePath notWalked,
      Map<FileId, Integer> inside) {}

  /// An inode with its names in the roots, the smallest base name first.
  ///
  /// @param isSplit whether it has names elsewhere, which stay with the inode
  record File(FileId id, List<TreePath> names, boolean isObject, boolean isSplit) {}

  private SharingModel(TreeFingerprint tree, World world, Options options) {
    this.tree = tree;
    this.world = world;
    this.options = options;
  }

  static SharingModel of(TreeFingerprint tree, World world, Options options) {
    var model = new SharingModel(tree, world, options);
    for (var path : tree.paths()) {
      model.look(path);
    }
    model.group();
    return model;
  }

  private TreeFingerprint.Visible visible(TreePath path) {
    return Optional.ofNullable(tree.visible(path)).orElseThrow();
  }

  private FileId id(TreePath path) {
    return tree.id(path);
  }

  private boolean isObject(FileId id) {
    return world.objects().contains(id.inode());
  }

  private void look(TreePath path) {
    if (FileMode.isDirectory(visible(path).mode()) || world.notWalked().contains(path)) {
      return;
    }
    Optional<SkipReason> reason = skipReason(path);
    reason.ifPresentOrElse(
        why -> skipped.put(path, why),
        () -> considered.computeIfAbsent(id(path), _ -> new ArrayList<>()).add(path));
  }

  private Optional<SkipReason> skipReason(TreePath path) {
    var file = visible(path);
    if (!FileMode.isRegular(file.mode())) {
      return Optional.of(SkipReason.SPECIAL_FILE);
    }
    if (!isIncluded(path)) {
      return Optional.of(SkipReason.EXCLUDED);
    }
    if (file.sizeBytes() == 0) {
      return Optional.of(SkipReason.EMPTY);
    }
    if (file.sizeBytes() < options.minSizeBytes()) {
      return Optional.of(SkipReason.TOO_SMALL);
    }
    boolean isPrivileged = !sharesBlocks() && (file.mode() & SET_ID) != 0;
    if (isPrivileged && !options.has(UnifyFlag.INCLUDE_PRIVILEGED)) {
      return Optional.of(SkipReason.PRIVILEGED);
    }
    boolean isImmutable = (file.flags() & dev.hashify.os.InodeFlags.IMMUTABLE) != 0;
    return isImmutable && !isObject(id(path))
        ? Optional.of(SkipReason.IMMUTABLE)
        : Optional.empty();
  }

  private boolean sharesBlocks() {
    return options.share() == ShareMethod.REFLINK;
  }

  private boolean isIncluded(TreePath path) {
    Unification.Root root =
        world.roots().stream()
            .filter(each -> each.path().contains(path))
            .max(Comparator.comparingInt(each -> each.path().length()))
            .orElseThrow();
    List<String> rules = new ArrayList<>(root.rules());
    rules.addAll(options.rules());
    String below = new String(path.bytes(), ISO_8859_1).substring(root.path().length());
    return verdict(rules, below);
  }

  /// The first rule that matches decides, else the parent directory's verdict.
  private static boolean verdict(List<String> rules, String path) {
    if (path.isEmpty()) {
      return true;
    }
    for (String rule : rules) {
      boolean hasSign = "+-~".indexOf(rule.charAt(0)) >= 0;
      if (matches(hasSign ? rule.substring(1) : rule, path)) {
        return rule.charAt(0) == '+';
      }
    }
    return verdict(rules, path.substring(0, path.lastIndexOf('/')));
  }

  /// Only `*` and `?` mean something.
  private static boolean matches(String pattern, String text) {
    if (pattern.isEmpty() || text.isEmpty()) {
      return text.isEmpty() && pattern.chars().allMatch(c -> c == '*');
    }
    char first = pattern.charAt(0);
    if (first == '*') {
      return matches(pattern.substring(1), text) || matches(pattern, text.substring(1));
    }
    return (first == '?' || first == text.charAt(0))
        && matches(pattern.substring(1), text.substring(1));
  }

  private void group() {
    considered.forEach((id, names) -> {
      int links = Optional.ofNullable(tree.hidden(names.getFirst())).orElseThrow().links();
      int seen = names.size() + world.inside().getOrDefault(id, 0);
      boolean isSplit = !sharesBlocks() && seen < links && !isObject(id);
      if (isSplit && !options.has(UnifyFlag.SPLIT_LINKS)) {
        names.forEach(name -> refused.put(name, Refusal.LINKED_FROM_OUTSIDE));
        return;
      }
      names.sort(
          Comparator.comparing((TreePath name) -> TreePath.of(name.name()))
              .thenComparing(Comparator.naturalOrder()));
      var file = new File(id, List.copyOf(names), isObject(id), isSplit);
      groups.computeIfAbsent(identity(file), _ -> new ArrayList<>()).add(file);
    });
  }

  /// Everything that must be equal.
  private List<Object> identity(File file) {
    TreePath first = file.names().getFirst();
    return List.of(
        options.ignores(IdentityKey.NAME) ? "" : TreePath.of(first.name()),
        sharesBlocks() ? visible(first).content() : attributes(first));
  }

  private List<Object> attributes(TreePath path) {
    var visible = visible(path);
    return List.of(
        options.ignores(IdentityKey.MTIME) ? 0L : visible.modifiedNanos(),
        options.ignores(IdentityKey.XATTR) ? "" : visible.attributes(),
        visible.sizeBytes(),
        visible.content(),
        visible.mode(),
        visible.uid(),
        visible.gid(),
        visible.flags() & ~(isObject(id(path)) ? dev.hashify.os.InodeFlags.IMMUTABLE : 0));
  }

  /// How many paths will have another inode, of all that are considered.
  long expectedShared() {
    return groups.values().stream().mapToLong(this::namesThatMove).sum();
  }

  private long namesThatMove(List<File> group) {
    long names = group.stream().mapToLong(file -> file.names().size()).sum();
    return names - keeper(group).names().size();
  }

  /// The file that the others become: one whose names are all known, of these the one with the most
  /// names, of these the oldest, of these the first root's.
  File keeper(List<File> group) {
    return Collections.min(
        group,
        Comparator.comparing(File::isSplit)
            .thenComparingInt(file -> -file.names().size())
            .thenComparingLong(file -> visible(file.names().getFirst()).modifiedNanos())
            .thenComparingInt(file -> rootOf(file.names().getFirst()))
            .thenComparing(file -> file.names().getFirst()));
  }

  private int rootOf(TreePath path) {
    int root = 0;
    while (!world.roots().get(root).path().contains(path)) {
      root++;
    }
    return root;
  }

  /// Whether both paths may become one inode.
  boolean areEqual(TreePath one, TreePath other) {
    return groups.values().stream().anyMatch(group -> hasName(group, one) && hasName(group, other));
  }

  private static boolean hasName(List<File> group, TreePath path) {
    return group.stream().anyMatch(file -> file.names().contains(path));
  }

  /// Whether all but the names of both paths is equal: what may share an inode because it did so
  /// under another name.
  boolean areAlike(TreePath one, TreePath other) {
    return attributes(one).equals(attributes(other));
  }

  boolean isConsidered(TreePath path) {
    return groups.values().stream().anyMatch(group -> hasName(group, path));
  }

  long expectedGroups() {
    return groups.values().stream().filter(group -> group.size() > 1).count();
  }

  long considered() {
    return groups.values().stream()
        .flatMap(List::stream)
        .mapToLong(file -> file.names().size())
        .sum();
  }
}
