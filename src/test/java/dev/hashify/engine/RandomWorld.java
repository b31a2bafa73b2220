package dev.hashify.engine;

import dev.hashify.file.FileId;
import dev.hashify.file.TreePath;
import dev.hashify.plan.IdentityKey;
import dev.hashify.testkit.Command;
import dev.hashify.testkit.RandomTree;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import dev.hashify.testkit.TreeFingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// Random roots beside a store, with links from outside, in a directory of a volume.
final class RandomWorld implements AutoCloseable {

  private static final String[] RULES = {
    "/usr/lib",
    "/usr",
    "-/usr/share/*",
    "+/usr/lib/x86_64-linux-gnu",
    "+/usr/lib/*",
    "/etc/*",
    "*file-1*",
    "+*file-2?",
    "-*/link-*",
    "+/links",
    "/links",
    "~/var",
    "+/var/lib/b/*",
    "*other*"
  };

  final Random random;
  final Path top;
  final List<Tree> trees;
  private final Path outside;
  private Unification runs;

  /// Every other world lies on a disk with a head, as far as the runs know.
  private final DiskKind disk;

  private RandomWorld(TestVolume volume, long seed) throws IOException {
    random = new Random(seed);
    top = volume.directory();
    trees = RandomTree.make(seed, RandomTree.Shape.SMALL, top);
    outside = Files.createDirectory(top.resolve("outside"));
    disk = seed % 2 == 0 ? DiskKind.HDD : DiskKind.SSD;
    runs = Unification.in(top.resolve("store")).on(disk);
    int number = 0;
    for (var path : fingerprint().paths()) {
      if (isFile(path) && random.nextInt(40) == 0) {
        linkOutside(path, "out-" + number++);
      }
    }
  }

  static RandomWorld make(TestVolume volume, long seed) throws IOException {
    return new RandomWorld(volume, seed);
  }

  private boolean isFile(TreePath path) throws IOException {
    for (var tree : trees) {
      if (tree.hostPath().contains(path) && path.length() > tree.hostPath().length()) {
        return tree.stat(tree.hostPath().relativize(path)).isRegular();
      }
    }
    return false;
  }

  private void linkOutside(TreePath path, String name) throws IOException {
    TreePath parent = TreePath.of(top.toString());
    Tree all = Tree.in(top);
    all.hardLink(parent.relativize(path), TreePath.of("outside").child(name));
  }

  Unification runs() {
    return runs;
  }

  void moveStoreTo(Path store) {
    runs = Unification.in(store).on(disk);
  }

  List<Unification.Root> roots() {
    return Unification.Root.of(trees.stream().map(Tree::root).toList());
  }

  TreePath outside() {
    return TreePath.of(outside.toString());
  }

  TreeFingerprint fingerprint() throws IOException {
    return TreeFingerprint.of(trees.stream().map(Tree::root).toList());
  }

  /// Lets the file system decide how many blocks each file has.
  void sync() throws IOException {
    Command.run("sync", "-f", top.toString());
  }

  Options randomOptions() {
    List<String> rules = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      rules.add(RULES[random.nextInt(RULES.length)]);
    }
    Set<IdentityKey> ignored = EnumSet.noneOf(IdentityKey.class);
    for (var key : IdentityKey.values()) {
      if (random.nextInt(5) == 0) {
        ignored.add(key);
      }
    }
    Set<UnifyFlag> flags = EnumSet.noneOf(UnifyFlag.class);
    if (random.nextInt(4) == 0) {
      flags.add(UnifyFlag.INCLUDE_PRIVILEGED);
    }
    if (random.nextInt(6) == 0) {
      flags.add(UnifyFlag.SPLIT_LINKS);
    }
    List<TreePath> inside = random.nextInt(3) == 0 ? List.of(outside()) : List.of();
    long[] sizes = {1, 16, 16, 16, 17, 4096};
    return new Options(
        rules,
        ignored,
        sizes[random.nextInt(sizes.length)],
        flags,
        inside,
        random.nextInt(3) == 0 ? GuardChoice.IMMUTABLE : GuardChoice.NONE,
        1 + random.nextInt(3),
        Optional.empty());
  }

  SharingModel model(TreeFingerprint tree, Options options) throws IOException {
    return model(tree, options, roots());
  }

  SharingModel model(TreeFingerprint tree, Options options, List<Unification.Root> roots)
      throws IOException {
    Map<FileId, Integer> inside = new HashMap<>();
    if (!options.inside().isEmpty()) {
      var there = TreeFingerprint.of(outside);
      for (var path : there.paths()) {
        var hidden = Optional.ofNullable(there.hidden(path)).orElseThrow();
        inside.merge(hidden.id(), 1, Integer::sum);
      }
    }
    var world = new SharingModel.World(roots, runs.objectInodes(), runs.storePath(), inside);
    return SharingModel.of(tree, world, options);
  }

  /// The disk space of the inodes that no path leads to once the model's groups share.
  long bytesOfInodesThatGo(SharingModel model) throws IOException {
    long bytes = 0;
    for (var group : model.groups.values()) {
      var keeper = model.keeper(group);
      for (var file : group) {
        // The names of a split file that were not found keep its blocks.
        var stat = Tree.in(top).stat(topPath().relativize(file.names().getFirst()));
        boolean isWhole = stat.links() == file.names().size();
        bytes += !file.equals(keeper) && isWhole ? stat.allocatedBytes() : 0;
      }
    }
    return bytes;
  }

  TreePath topPath() {
    return TreePath.of(top.toString());
  }

  @Override
  public void close() throws IOException {
    Tree.in(top).close();
  }
}
