package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hashify.file.Errno;
import dev.hashify.file.ExtendedAttributes;
import dev.hashify.os.ErrnoException;
import dev.hashify.report.RunMode;
import dev.hashify.testkit.Command;
import dev.hashify.testkit.RealLinux;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Finds out what becomes of every [Deed] to a shared file.
///
/// ```
/// a/<deed>  b/<deed>  c/<deed>    the same; each deed has a file of its own
/// other/                          a root that has none of them
/// store/                          the store
/// ```
///
/// `a` has the files that are kept, `b` and `c` those that were replaced. Under the guard `overlay`
/// each is the lower layer of an overlay, and its programs live in that.
final class GuardContract implements AutoCloseable {

  private static final long MODIFIED = 1_700_000_000_123_456_789L;
  private static final int CONTENT_BYTES = 8192;
  private static final List<String> ROOTS = List.of("a", "b", "c");

  private static final List<String> ALL_ROOTS = List.of("a", "b", "c", "other");

  private final GuardCell cell;
  private final List<String> mounted = new ArrayList<>();
  private final Tree tree;

  private GuardContract(TestVolume volume, GuardCell cell) throws IOException {
    this.cell = cell;
    tree = volume.tree();
    tree.directory("other");
  }

  /// What becomes of each deed on a file system.
  static Map<Deed, Outcome> measure(TestVolume volume, GuardCell cell) throws Exception {
    Map<Deed, Outcome> outcomes = new EnumMap<>(Deed.class);
    try (var contract = new GuardContract(volume, cell)) {
      contract.shareAll();
      for (Deed deed : Deed.values()) {
        if (!deed.isHeld()) {
          outcomes.put(deed, contract.outcome(deed));
        }
      }
    }
    for (Deed deed : Deed.values()) {
      if (deed.isHeld()) {
        try (var contract = new GuardContract(volume, cell)) {
          outcomes.put(deed, contract.heldOutcome(deed));
        }
      }
    }
    return outcomes;
  }

  /// What a user sees of a file.
  private record Seen(
      String text, int mode, int uid, int gid, long modified, ExtendedAttributes more) {}

  /// What users of all roots see of a file.
  private record Views(Optional<Seen> doer, List<Optional<Seen>> siblings) {}

  /// Puts an overlay over each root, in which its programs live.
  private void mountOverlays() throws IOException {
    for (String root : ALL_ROOTS) {
      tree.directory("up/" + root).directory("work/" + root).directory("merged/" + root);
      String layers =
          "lowerdir=%s,upperdir=%s,workdir=%s"
              .formatted(tree.path(root), tree.path("up/" + root), tree.path("work/" + root));
      String merged = tree.path("merged/" + root).toString();
      Command.run("mount", "-t", "overlay", "overlay", "-o", layers, merged);
      mounted.add(merged);
    }
  }

  private static Optional<Seen> seen(Tree root, String name) throws IOException {
    if (!root.exists(name)) {
      return Optional.empty();
    }
    var stat = root.stat(name);
    try (var file = root.open(name)) {
      return Optional.of(
          new Seen(
              root.text(name),
              stat.mode(),
              stat.uid(),
              stat.gid(),
              stat.modifiedNanos(),
              RealLinux.LINUX.attributes().extended(file)));
    }
  }

  private Views views(String doer, Deed deed) throws IOException {
    var siblings = new ArrayList<Optional<Seen>>();
    for (String root : ROOTS) {
      if (!root.equals(doer)) {
        siblings.add(seen(user(root), deed.name()));
      }
    }
    if (cell == GuardCell.OVERLAY) {
      siblings.add(seen(Tree.in(tree.path(doer)), deed.name()));
    }
    return new Views(seen(user(doer), deed.name()), siblings);
  }

  /// A root as its programs have it.
  private Tree user(String root) throws IOException {
    return Tree.in(tree.path(cell == GuardCell.OVERLAY ? "merged/" + root : root));
  }

  private void make(Predicate<Deed> wanted) throws IOException {
    for (String root : ROOTS) {
      for (Deed deed : Deed.values()) {
        if (wanted.test(deed)) {
          String name = root + "/" + deed.name();
          tree.bytes(name, content(deed)).modified(name, MODIFIED);
        }
      }
    }
  }

  /// Two blocks: Btrfs keeps short files in its tree, where nothing can be shared.
  private static byte[] content(Deed deed) {
    byte[] content = new byte[CONTENT_BYTES];
    Arrays.fill(content, (byte) ' ');
    byte[] name = deed.name().getBytes(StandardCharsets.UTF_8);
    System.arraycopy(name, 0, content, 0, name.length);
    return content;
  }

  private long share() throws RunException, InterruptedException {
    var runs = new Runs(cell.choice(), tree.path("store"), Set.of());
    var roots = ALL_ROOTS.stream().map(tree::path).toList();
    return runs.unify(RunMode.REAL, roots).counts().shared();
  }

  private void shareAll() throws Exception {
    make(deed -> !deed.isHeld());
    long files = Stream.of(Deed.values()).filter(deed -> !deed.isHeld()).count();
    assertEquals(files * (ROOTS.size() - 1), share(), () -> "shared by " + cell);
    if (cell == GuardCell.OVERLAY) {
      mountOverlays();
    }
  }

  /// The outcome in the root of a file that was kept; fails if it is another one in that of a file
  /// that was replaced.
  private Outcome outcome(Deed deed) throws IOException {
    Outcome kept = outcome("a", deed, () -> deed.to(user("a"), deed.name(), user("other")));
    if (kept == Outcome.Plain.CHANGES_ALL) {
      return kept;
    }
    Outcome replaced = outcome("b", deed, () -> deed.to(user("b"), deed.name(), user("c")));
    assertEquals(kept, replaced, () -> cell + " " + deed);
    return kept;
  }

  private Outcome heldOutcome(Deed deed) throws Exception {
    make(deed::equals);
    if (cell == GuardCell.OVERLAY) {
      mountOverlays();
    }
    String doer = deed == Deed.HELD_CHMOD_REPLACED ? "b" : "a";
    try (Deed.Held held = deed.begin(user(doer), deed.name())) {
      long shared;
      try {
        shared = share();
      } catch (RunException refused) {
        shared = 0;
      }
      // The other two roots may share all the same.
      boolean isShared = shared == ROOTS.size() - 1;
      Outcome outcome = outcome(doer, deed, held::go);
      return isShared ? outcome : unshared(outcome, deed);
    }
  }

  private Outcome unshared(Outcome outcome, Deed deed) {
    assertEquals(Outcome.Plain.PRIVATE, outcome, () -> cell + " " + deed + ", not shared");
    return Outcome.Plain.NOT_SHARED;
  }

  private interface Act {
    void go() throws IOException;
  }

  private Outcome outcome(String doer, Deed deed, Act act) throws IOException {
    Views before = views(doer, deed);
    try {
      act.go();
    } catch (IOException refused) {
      assertEquals(before, views(doer, deed), () -> cell + " " + deed + " failed");
      return new Outcome.Fails(errno(refused));
    }
    Views after = views(doer, deed);
    boolean isSeenThere = !before.doer().equals(after.doer());
    if (!before.siblings().equals(after.siblings())) {
      after
          .siblings()
          .forEach(sibling ->
              assertEquals(after.doer(), sibling, () -> cell + " " + deed + " is seen by some"));
      return Outcome.Plain.CHANGES_ALL;
    }
    return switch (deed.kind()) {
      case TO_OTHER_NAMES, TO_THE_NAME -> Outcome.Plain.THERE_ONLY;
      case TO_THE_FILE, TO_A_FILE_OPEN_BEFORE ->
          isSeenThere ? Outcome.Plain.PRIVATE : Outcome.Plain.LOST;
    };
  }

  private static Errno errno(IOException refused) {
    if (refused instanceof ErrnoException failed) {
      return Objects.requireNonNull(failed.errno());
    }
    String reason =
        refused instanceof FileSystemException failed
            ? String.valueOf(failed.getReason())
            : String.valueOf(refused.getMessage());
    return switch (reason) {
      case "Operation not permitted" -> Errno.EPERM;
      case "Invalid cross-device link" -> Errno.EXDEV;
      case "Text file busy" -> Errno.ETXTBSY;
      default -> throw new AssertionError(reason, refused);
    };
  }

  @Override
  public void close() throws IOException {
    for (String merged : mounted) {
      Command.run("umount", merged);
    }
    tree.close();
  }
}
