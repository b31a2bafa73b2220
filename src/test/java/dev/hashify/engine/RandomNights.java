package dev.hashify.engine;

import dev.hashify.file.Errno;
import dev.hashify.file.TreePath;
import dev.hashify.os.ErrnoException;
import dev.hashify.testkit.Tree;
import dev.hashify.testkit.TreeFingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// What happens to random roots between one run and the next: by people, package managers, and
/// administrators who call the next run otherwise.
final class RandomNights {

  private static final long BASE_NANOS = 1_767_323_045_123_456_789L;

  private final RandomWorld world;
  private final Random random;
  private List<Unification.Root> present = new ArrayList<>();

  /// The roots of another job over the same store, which takes its turn now and then.
  private List<Unification.Root> otherJob = new ArrayList<>();

  private final List<String> story = new ArrayList<>();
  private Options options;
  private int counter;

  /// Who calls runs over the roots.
  enum Jobs {
    ONE,
    /// Two that take turns, each with roots of its own, some of them the same.
    TWO
  }

  private final Jobs jobs;

  RandomNights(RandomWorld world, Jobs jobs) {
    this.world = world;
    this.jobs = jobs;
    random = world.random;
    options = world.randomOptions();
    for (var root : world.roots()) {
      present.add(root);
    }
    if (random.nextBoolean()) {
      present.removeLast();
    }
    if (jobs == Jobs.TWO) {
      List<Unification.Root> all = world.roots();
      otherJob.addAll(all.subList(random.nextInt(all.size()), all.size()));
    }
    story.add("options " + options + ", " + present.size() + " roots");
  }

  Options options() {
    return options;
  }

  List<Unification.Root> roots() {
    return List.copyOf(present);
  }

  String story() {
    return String.join("\n  ", story);
  }

  /// All that is below the roots of this night.
  TreeFingerprint fingerprint() throws IOException {
    return TreeFingerprint.of(
        present.stream().map(root -> Path.of(root.path().toString())).toList());
  }

  void changeSomething() throws IOException {
    int changes = random.nextInt(5);
    for (int i = 0; i < changes; i++) {
      try {
        changeFile();
      } catch (ErrnoException failed) {
        // Under a guard most things cannot be done; others were done already.
        if (!failed.is(Errno.EPERM)
            && !failed.is(Errno.ENOENT)
            && !failed.is(Errno.EEXIST)
            && !failed.is(Errno.ENOTDIR)
            && !failed.is(Errno.EINVAL)
            && !failed.is(Errno.ENOTEMPTY)) {
          throw failed;
        }
        story.add("  (" + failed.getMessage() + ")");
      }
    }
    if (random.nextInt(3) == 0) {
      changeRun();
    }
    story.add("---- next night");
  }

  private void changeFile() throws IOException {
    Tree tree = world.trees.get(random.nextInt(world.trees.size()));
    Tree other = world.trees.get(random.nextInt(world.trees.size()));
    List<TreePath> files = files(tree);
    TreePath path = files.get(random.nextInt(files.size()));
    String added = "new-" + counter++;
    switch (random.nextInt(14)) {
      case 0, 1, 2 -> copy(tree, path, other, path);
      case 3 -> copy(tree, path, other, TreePath.of("etc").child(path.name()));
      case 4 -> copy(tree, path, tree, TreePath.of("etc").child(added));
      case 5 -> remove(tree, path);
      case 6 -> tree.hardLink(path, told("link", path, TreePath.of("usr/bin").child(added)));
      case 7 -> move(tree, path, TreePath.of("var/lib/b").child(path.name()));
      case 8 -> chmod(tree, path);
      case 9 -> replace(tree, path);
      case 10 -> moveDirectory(tree);
      case 11 -> linkOutside(tree, path, added);
      case 12 -> removeOutside();
      default -> {
        tree.bytes(told("new file", path, TreePath.of("links").child(added)), new byte[100]);
        tree.modified(TreePath.of("links").child(added), BASE_NANOS);
      }
    }
  }

  private TreePath told(String what, TreePath from, TreePath to) {
    story.add(what + " " + from + " " + to);
    return to;
  }

  private static List<TreePath> files(Tree tree) throws IOException {
    var all = TreeFingerprint.of(tree.root());
    List<TreePath> files = new ArrayList<>();
    for (var path : all.paths()) {
      var visible = all.visible(path);
      if (visible != null && dev.hashify.file.FileMode.isRegular(visible.mode())) {
        files.add(path);
      }
    }
    return files;
  }

  private void copy(Tree from, TreePath path, Tree to, TreePath copy) throws IOException {
    story.add("copy " + from.hostPath().resolve(path) + " to " + to.hostPath().resolve(copy));
    var stat = from.stat(path);
    byte[] content = from.read(path);
    if (exists(to, copy)) {
      remove(to, copy);
    }
    to.bytes(copy, content);
    to.owner(copy, stat.uid(), stat.gid());
    to.mode(copy, stat.mode() & 07777);
    to.modified(copy, stat.modifiedNanos());
  }

  private static boolean exists(Tree tree, TreePath path) throws IOException {
    try {
      tree.stat(path);
      return true;
    } catch (ErrnoException failed) {
      return false;
    }
  }

  private void remove(Tree tree, TreePath path) throws IOException {
    story.add("remove " + tree.hostPath().resolve(path));
    try (var parent = tree.openDirectory(path.parent())) {
      dev.hashify.testkit.RealLinux.LINUX.names().unlink(parent, path.name());
    }
  }

  private void move(Tree tree, TreePath from, TreePath to) throws IOException {
    story.add("move " + tree.hostPath().resolve(from) + " to " + to);
    try (var old = tree.openDirectory(from.parent());
        var parent = tree.openDirectory(to.parent())) {
      dev.hashify.testkit.RealLinux.LINUX
          .names()
          .renameReplacing(old, from.name(), parent, to.name());
    }
  }

  private void chmod(Tree tree, TreePath path) throws IOException {
    if (tree.stat(path).links() == 1) {
      story.add("chmod " + tree.hostPath().resolve(path));
      tree.mode(path, random.nextBoolean() ? 0644 : 0755);
    }
  }

  /// Same size and time, other content: the hardest to notice.
  private void replace(Tree tree, TreePath path) throws IOException {
    story.add("replace " + tree.hostPath().resolve(path));
    var stat = tree.stat(path);
    byte[] content = tree.read(path);
    if (content.length > 0) {
      content[random.nextInt(content.length)] ^= 1;
    }
    remove(tree, path);
    tree.bytes(path, content);
    tree.mode(path, stat.mode() & 0777);
    tree.modified(path, stat.modifiedNanos());
  }

  private void moveDirectory(Tree tree) throws IOException {
    String[] from = {"usr/lib/x86_64-linux-gnu", "usr/share", "var/lib", "links", "usr/moved"};
    String[] to = {"usr/moved", "etc/moved", "moved", "usr/lib/x86_64-linux-gnu", "var/lib"};
    TreePath old = TreePath.of(from[random.nextInt(from.length)]);
    TreePath moved = TreePath.of(to[random.nextInt(to.length)]);
    if (exists(tree, old) && !exists(tree, moved) && !old.contains(moved)) {
      move(tree, old, moved);
    }
  }

  private void linkOutside(Tree tree, TreePath path, String name) throws IOException {
    story.add("link outside " + tree.hostPath().resolve(path) + " " + name);
    Tree.in(world.top)
        .hardLink(
            world.topPath().relativize(tree.hostPath().resolve(path)),
            TreePath.of("outside").child(name));
  }

  private void removeOutside() throws IOException {
    Tree outside = Tree.in(world.top.resolve("outside"));
    List<TreePath> files = files(outside);
    if (!files.isEmpty()) {
      remove(outside, files.get(random.nextInt(files.size())));
    }
  }

  private void changeRun() throws IOException {
    int what = random.nextInt(jobs == Jobs.TWO ? 12 : 8);
    switch (jobs == Jobs.ONE && what == 7 ? 11 : what) {
      case 0 -> options = told("options", world.randomOptions());
      case 1 -> changeRulesOfOneRoot();
      case 2, 3 -> dropRoot();
      case 4 -> addRoot();
      case 5 -> nestRoot();
      case 6 -> {
        story.add("index deleted");
        deleteTree(world.runs().store().resolve("index"));
      }
      case 7, 8, 9, 10 -> changeJob();
      default -> options = told("rules", options.withRules("-/usr/lib*", "*file-3*"));
    }
  }

  private void changeJob() {
    List<Unification.Root> waiting = otherJob;
    otherJob = present;
    present = waiting;
    story.add("job of " + present);
  }

  private Options told(String what, Options chosen) {
    story.add(what + " " + chosen);
    return chosen;
  }

  private void changeRulesOfOneRoot() {
    int at = random.nextInt(present.size());
    var root = present.get(at);
    String[] rules = {"/usr/lib", "/etc", "*file-2*", "/usr"};
    List<String> chosen =
        root.rules().isEmpty() ? List.of(rules[random.nextInt(rules.length)]) : List.of();
    present.set(at, new Unification.Root(root.path(), chosen));
    story.add("rules of " + root.path() + " " + chosen);
  }

  private void dropRoot() {
    if (present.size() > 1) {
      var dropped = present.remove(random.nextInt(present.size()));
      story.add("dropped " + dropped.path());
    } else {
      addRoot();
    }
  }

  private void addRoot() {
    for (var root : world.roots()) {
      boolean isThere = present.stream().anyMatch(each -> each.path().equals(root.path()));
      if (!isThere) {
        story.add("added " + root.path());
        present.add(root);
        return;
      }
    }
  }

  private void nestRoot() throws IOException {
    Tree tree = world.trees.getFirst();
    String[] below = {"usr", "usr/lib", "etc"};
    TreePath path = tree.hostPath().resolve(TreePath.of(below[random.nextInt(below.length)]));
    boolean isThere = present.stream().anyMatch(each -> each.path().equals(path));
    if (isThere) {
      present.removeIf(each -> each.path().equals(path) && present.size() > 1);
      story.add("nested root dropped " + path);
    } else if (Files.isDirectory(Path.of(path.toString()))) {
      present.add(new Unification.Root(path, List.of()));
      story.add("nested root " + path);
    }
  }

  static void deleteTree(Path top) throws IOException {
    if (Files.exists(top)) {
      Tree.in(top).close();
    }
  }
}
