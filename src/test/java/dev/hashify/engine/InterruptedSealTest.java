package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.hashify.file.FileProblem;
import dev.hashify.file.TreePath;
import dev.hashify.link.Recovery;
import dev.hashify.os.Linux;
import dev.hashify.os.NativeSystemCalls;
import dev.hashify.store.Access;
import dev.hashify.store.Guard;
import dev.hashify.store.JournalGuard;
import dev.hashify.store.LockHolder;
import dev.hashify.store.ObjectVisitor;
import dev.hashify.store.Store;
import dev.hashify.store.StoredObject;
import dev.hashify.testkit.Command;
import dev.hashify.testkit.PlayedVerity;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A run that was killed while the kernel began to seal an object: the file has the time of that
/// moment, and no seal.
class InterruptedSealTest {

  private static final long MODIFIED = 1_700_000_000_123_456_789L;
  private static final String TEXT = "the same text in both roots";

  private final Linux linux = new Linux(new PlayedVerity(new NativeSystemCalls()));
  private final Tree tree;

  InterruptedSealTest() throws IOException {
    tree = TestVolume.ext4().tree();
  }

  @BeforeEach
  void shareWithoutGuard() throws IOException {
    for (String path : List.of("a/f", "b/f")) {
      tree.file(path, TEXT).modified(path, MODIFIED);
    }
    var runs = Unification.in(tree.path("store"));
    assertEquals(1, runs.real(tree.path("a"), tree.path("b")).counts().shared());
  }

  @AfterEach
  void remove() throws IOException {
    tree.close();
  }

  /// Ends what a run would have left that was killed while it sealed the only object.
  private void recover() throws Exception {
    var who = new LockHolder(ProcessHandle.current().pid(), Instant.EPOCH, "test");
    try (var store = Store.open(linux, tree.hostPath().child("store"), Access.CHANGE, who)) {
      store.recordGuard(Guard.VERITY);
      var objects = new Objects();
      store.forEachObject(objects);
      StoredObject object = objects.found.getFirst();
      var guard = new JournalGuard(object.name(), object.inode(), MODIFIED);
      store.journal().write(List.of(), List.of(guard));
      assertEquals(List.of(), new Recovery(linux, store).run().problems());
    }
  }

  private long modified() throws IOException {
    try (var file = tree.open("b/f")) {
      return linux.stat().of(file).modifiedNanos();
    }
  }

  @Test
  void timeThatTheKernelMovedIsPutBack() throws Exception {
    Command.run("touch", tree.path("a/f").toString());
    assertNotEquals(MODIFIED, modified());
    recover();
    assertEquals(MODIFIED, modified());
    assertEquals(TEXT, tree.text("b/f"));
  }

  @Test
  void timeThatSomebodySetStays() throws Exception {
    tree.modified("a/f", MODIFIED + 5_000_000_000L);
    recover();
    assertEquals(MODIFIED + 5_000_000_000L, modified());
  }

  @Test
  void timeOfAWriteStays() throws Exception {
    tree.overwrite("a/f", "THE SAME TEXT IN BOTH ROOTS".getBytes(StandardCharsets.UTF_8));
    long written = modified();
    recover();
    assertEquals(written, modified());
  }

  private static final class Objects implements ObjectVisitor {
    private final List<StoredObject> found = new ArrayList<>();

    @Override
    public Visit object(StoredObject object) {
      found.add(object);
      return Visit.GO_ON;
    }

    @Override
    public void foreign(TreePath path, String what) {
      throw new AssertionError(path + ": " + what);
    }

    @Override
    public void problem(FileProblem problem) {
      throw new AssertionError(problem.toString());
    }
  }
}
