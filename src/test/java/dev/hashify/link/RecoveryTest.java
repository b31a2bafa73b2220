package dev.hashify.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.ContentId;
import dev.hashify.file.TreePath;
import dev.hashify.os.Linux;
import dev.hashify.os.NativeSystemCalls;
import dev.hashify.os.SystemCall;
import dev.hashify.os.SystemCalls;
import dev.hashify.store.Access;
import dev.hashify.store.DisplacedFile;
import dev.hashify.store.Guard;
import dev.hashify.store.JournalGuard;
import dev.hashify.store.JournalStep;
import dev.hashify.store.LockHolder;
import dev.hashify.store.ObjectName;
import dev.hashify.store.Store;
import dev.hashify.testkit.RealLinux;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Records of the journal that are not whole.
class RecoveryTest {

  private static final LockHolder WHO =
      new LockHolder(ProcessHandle.current().pid(), Instant.EPOCH, "test");

  /// `_IOW('f', 2, long)`, linux/fs.h.
  private static final long FS_IOC_SETFLAGS = 0x4008_6602L;

  private final Tree tree;

  RecoveryTest() throws IOException {
    tree = TestVolume.ext4().tree();
    tree.directory("root");
  }

  @AfterEach
  void remove() throws IOException {
    tree.close();
  }

  private Store store() throws Exception {
    return Store.open(RealLinux.LINUX, tree.hostPath().child("store"), Access.CHANGE, WHO);
  }

  private JournalStep step(Store store) {
    var object = new ObjectName(ContentId.of(new byte[ContentId.LENGTH_BYTES]), 1, 0);
    var displaced = new DisplacedFile(1, 2, 3, 4, 0100644, 0, 0, 0);
    String temporary = new String(store.newTemporaryName(), StandardCharsets.US_ASCII);
    TreePath root = tree.hostPath().child("root");
    return new JournalStep(
        temporary, object, 5, 6, root, TreePath.EMPTY, 7, TreePath.of("name"), displaced, 0);
  }

  /// Writes a record and takes its second half away, as a power cut does that comes before it is
  /// synced.
  private JournalStep writeHalf(Store store) throws Exception {
    JournalStep step = step(store);
    store.journal().prepare(List.of(step), List.of()).close();
    for (Path record : records()) {
      try (var file = new RandomAccessFile(record.toFile(), "rw")) {
        file.setLength(file.length() / 2);
      }
    }
    return step;
  }

  private List<Path> records() throws IOException {
    try (var records = Files.list(tree.path("store/journal"))) {
      return records.toList();
    }
  }

  @Test
  void recordOfABatchThatWasNotBegunIsRemoved() throws Exception {
    try (var store = store()) {
      writeHalf(store);

      assertEquals(List.of(), new Recovery(RealLinux.LINUX, store).run().problems());

      assertEquals(List.of(), records());
      assertFalse(store.areGuardsUnsettled());
    }
  }

  /// It may have been whole once, and have known of guards.
  @Test
  void guardsAreGoneThroughOnce() throws Exception {
    try (var store = store()) {
      store.recordGuard(Guard.IMMUTABLE);
      writeHalf(store);

      new Recovery(RealLinux.LINUX, store).run();

      assertTrue(store.areGuardsUnsettled());
    }
  }

  @Test
  void damagedRecordOfABatchInHandIsKeptAndTold() throws Exception {
    try (var store = store()) {
      JournalStep step = writeHalf(store);
      String temporary = "store/tmp/" + step.temporaryName();
      tree.file(temporary, "what a path had");

      var problems = new Recovery(RealLinux.LINUX, store).run().problems();

      assertEquals(1, problems.size());
      String told = problems.getFirst().toString();
      assertTrue(told.contains("a journal was not acted on"), told);
      assertTrue(told.contains("look into the store's tmp"), told);
      assertEquals(List.of(), records());
      try (var damaged = Files.list(tree.path("store/damaged"))) {
        assertEquals(1, damaged.count());
      }
      assertEquals("what a path had", tree.text(temporary));
      assertEquals(List.of(), new Recovery(RealLinux.LINUX, store).run().problems());
    }
  }

  /// The temporary is that of a whole record, which says so itself.
  @Test
  void temporaryOfAnotherRecordIsNoDamage() throws Exception {
    try (var store = store()) {
      writeHalf(store);
      JournalStep kept = step(store);
      store.journal().write(List.of(kept)).close();
      tree.file("store/tmp/" + kept.temporaryName(), "neither of the two");

      var problems = new Recovery(RealLinux.LINUX, store).run().problems();

      assertEquals(1, problems.size());
      assertTrue(problems.getFirst().toString().contains(kept.temporaryName()));
      assertEquals(1, records().size());
    }
  }

  /// The guard of a batch that has ended, or was never begun, is not off for a moment.
  @Test
  void guardsStayOnWhereNoNameIsMoved() throws Exception {
    byte[] content = "content".getBytes(StandardCharsets.UTF_8);
    var object = new ObjectName(ContentId.of(DigestUtils.sha256(content)), 1, 0);
    tree.file("root/file", "content");
    var flagsSet = new AtomicInteger();
    var real = new NativeSystemCalls();
    SystemCalls calls =
        (call, a, b, c, d, e, f) -> {
          if (call == SystemCall.IOCTL && b == FS_IOC_SETFLAGS) {
            flagsSet.incrementAndGet();
          }
          return real.call(call, a, b, c, d, e, f);
        };
    try (var store = store()) {
      store.recordGuard(Guard.IMMUTABLE);
      try (var file = tree.open("root/file")) {
        store.adopt(file, object);
        store.protect(file);
      }
    }
    var linux = new Linux(calls);
    try (var store = Store.open(linux, tree.hostPath().child("store"), Access.CHANGE, WHO)) {
      long inode = tree.stat("root/file").inode();
      var guard = new JournalGuard(object, inode, tree.stat("root/file").modifiedNanos());
      store.journal().write(List.of(step(store)), List.of(guard)).close();

      assertEquals(List.of(), new Recovery(linux, store).run().problems());

      assertEquals(0, flagsSet.get());
      JournalStep inHand = step(store);
      store.journal().write(List.of(inHand), List.of(guard)).close();
      tree.file("store/tmp/" + inHand.temporaryName(), "neither of the two");
      new Recovery(linux, store).run();
      assertEquals(2, flagsSet.get(), "off and on again");
      try (var file = store.open(object).orElseThrow()) {
        store.unprotect(file.descriptor());
      }
    }
  }
}
