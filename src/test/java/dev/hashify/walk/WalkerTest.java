package dev.hashify.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.DirectoryListing;
import dev.hashify.file.Errno;
import dev.hashify.file.TreePath;
import dev.hashify.os.Descriptor;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import dev.hashify.os.NativeSystemCalls;
import dev.hashify.os.SystemCall;
import dev.hashify.testkit.Command;
import dev.hashify.testkit.FaultyCalls;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WalkerTest {

  private static final int COMPONENTS_BEYOND_PATH_MAX = 60;

  /// What the visitors were told, as `visited a/b`, sorted when looked at.
  private final List<String> told = Collections.synchronizedList(new ArrayList<>());

  private Tree tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = TestVolume.ext4().tree();
  }

  @AfterEach
  void removeTree() throws IOException {
    tree.close();
  }

  private final class Recorder implements DirectoryVisitor<String> {
    @Override
    public void visit(
        WalkItem<String> item, DirectoryListing listing, Consumer<WalkItem<String>> descend) {
      told.add("visited " + item.path());
      for (int i = 0; i < listing.count(); i++) {
        if (listing.isDirectory(i)) {
          TreePath below = item.path().child(listing.name(i));
          descend.accept(new WalkItem<>(item.root(), below, listing.inode(i), item.context()));
        }
      }
    }

    @Override
    public void boundary(WalkItem<String> item) {
      told.add("boundary " + item.path());
    }

    @Override
    public void vanished(WalkItem<String> item) {
      told.add("vanished " + item.path());
    }

    @Override
    public void unreadable(WalkItem<String> item, ErrnoException cause) {
      told.add("unreadable " + item.path() + " " + cause.errno());
    }

    @Override
    public void close() {
      told.add("closed");
    }
  }

  private List<String> walk(FaultyCalls calls, int threads, BooleanSupplier stopped)
      throws IOException, InterruptedException {
    var linux = new Linux(calls);
    try (Descriptor root = linux.open().directory(tree.hostPath())) {
      var start = new WalkItem<>(0, TreePath.EMPTY, linux.stat().of(root).inode(), "context");
      new Walker<String>(linux, threads, stopped)
          .walk(List.of(root), List.of(start), Recorder::new);
    }
    Collections.sort(told);
    return told;
  }

  private List<String> walk(FaultyCalls calls) throws IOException, InterruptedException {
    return walk(calls, 1, () -> false);
  }

  private static FaultyCalls calls() {
    return new FaultyCalls(new NativeSystemCalls());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void eachDirectoryIsVisitedOnce(int threads) throws Exception {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      expected.add("closed");
    }
    expected.add("visited ");
    for (int i = 0; i < 20; i++) {
      tree.directory("d" + i).directory("d" + i + "/below").file("d" + i + "/file", "text");
      expected.add("visited d" + i);
      expected.add("visited d" + i + "/below");
    }
    Collections.sort(expected);

    assertEquals(expected, walk(calls(), threads, () -> false));
  }

  @Test
  void whatIsMountedIsNotEntered() throws Exception {
    tree.directory("other").directory("mounted");
    Command.run("mount", "--bind", tree.path("other").toString(), tree.path("mounted").toString());
    try {
      assertEquals(
          List.of("boundary mounted", "closed", "visited ", "visited other"), walk(calls()));
    } finally {
      Command.run("umount", tree.path("mounted").toString());
    }
  }

  @Test
  void subvolumeIsNotEntered() throws Exception {
    removeTree();
    tree = TestVolume.btrfs().tree();
    Command.run("btrfs", "subvolume", "create", tree.path("subvolume").toString());
    try {
      assertEquals(List.of("boundary subvolume", "closed", "visited "), walk(calls()));
    } finally {
      Command.run("btrfs", "subvolume", "delete", tree.path("subvolume").toString());
    }
  }

  @Test
  void directorySwappedForASymbolicLinkIsNotFollowed() throws Exception {
    tree.directory("a").directory("b");
    var calls = calls().only(SystemCall.OPENAT2).runBefore(2, () -> swapForLinks("a", "b"));

    assertEquals(List.of("closed", "vanished a", "vanished b", "visited "), walk(calls));
  }

  private void swapForLinks(String... names) {
    runElsewhere(() -> {
      for (var name : names) {
        tree.move(name, "former-" + name).symlink(name, "/");
      }
    });
  }

  @Test
  void anotherDirectoryOfTheSameNameIsNotTakenForIt() throws Exception {
    tree.directory("a").directory("kept");
    var calls =
        calls()
            .only(SystemCall.OPENAT2)
            .runBefore(2, () -> runElsewhere(() -> tree.move("a", "former-a").move("kept", "a")));

    assertTrue(walk(calls).contains("vanished a"), told::toString);
  }

  /// Calls of a race must not use the scratch memory of the call they come before.
  private static void runElsewhere(Act act) {
    var thread =
        Thread.ofPlatform()
            .start(() -> {
              try {
                act.run();
              } catch (IOException failed) {
                throw new java.io.UncheckedIOException(failed);
              }
            });
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private interface Act {
    void run() throws IOException;
  }

  @Test
  void unreadableDirectoryDoesNotEndTheWalk() throws Exception {
    tree.directory("a").directory("b");
    var calls = calls().only(SystemCall.OPENAT2).failOnce(2, Errno.EACCES);
    List<String> all = walk(calls);

    assertEquals(1, all.stream().filter(line -> line.endsWith("EACCES")).count(), all::toString);
    assertEquals(2, all.stream().filter(line -> line.startsWith("visited")).count());
  }

  @Test
  void directoryThatCannotBeReadToItsEndIsNotShown() throws Exception {
    tree.directory("a").file("a/file", "text");
    var calls = calls().only(SystemCall.GETDENTS64).failOnce(4, Errno.EIO);

    assertEquals(List.of("closed", "unreadable a EIO", "visited "), walk(calls));
  }

  @Test
  void pathsBeyondTheLimitOfOneCallAreWalked() throws Exception {
    String component = "n".repeat(100);
    TreePath path = TreePath.EMPTY;
    try (Descriptor top = tree.openDirectory(TreePath.EMPTY)) {
      Linux linux = new Linux(new NativeSystemCalls());
      for (int i = 0; i < COMPONENTS_BEYOND_PATH_MAX; i++) {
        try (Descriptor at = linux.open().directoryBeneath(top, path)) {
          linux.names().makeDirectory(at, TreePath.of(component).bytes(), 0755);
        }
        path = path.child(component);
      }
    }

    assertEquals(
        COMPONENTS_BEYOND_PATH_MAX + 1,
        walk(calls()).stream().filter(line -> line.startsWith("visited")).count());
  }

  @Test
  void walkEndsSoonAfterItWasStopped() throws Exception {
    for (int i = 0; i < 50; i++) {
      tree.directory("d" + i);
    }
    var asked = new AtomicInteger();

    walk(calls(), 2, () -> asked.incrementAndGet() > 3);

    assertTrue(told.stream().filter(line -> line.startsWith("visited")).count() < 10);
  }

  @Test
  void failureOfAVisitorEndsTheWalkAndIsThrown() throws Exception {
    tree.directory("a");
    var linux = new Linux(new NativeSystemCalls());
    try (Descriptor root = linux.open().directory(tree.hostPath())) {
      var start = new WalkItem<>(0, TreePath.EMPTY, linux.stat().of(root).inode(), "context");
      var walker = new Walker<String>(linux, 3, () -> false);
      assertThrows(
          UnsupportedOperationException.class,
          () ->
              walker.walk(
                  List.of(root),
                  List.of(start),
                  () -> {
                    throw new UnsupportedOperationException("as planned");
                  }));
    }
  }
}
