package dev.hashify.os;

import static dev.hashify.os.Expect.name;
import static dev.hashify.testkit.RealLinux.LINUX;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.os.LeaseCalls.Grant;
import dev.hashify.os.LockCalls.Sharing;
import dev.hashify.testkit.Command;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.hashify.testkit.TestVolume#all")
class LeaseCallsTest {

  private static final long WAIT_MAX_MILLIS = 10_000;

  private final Tree tree;

  LeaseCallsTest(TestVolume volume) throws IOException {
    this.tree = volume.tree().file("f", "text");
  }

  @Test
  void fileThatNobodyWritesIsLeased() throws IOException {
    try (var file = tree.open("f")) {
      assertEquals(Grant.TAKEN, LINUX.leases().take(file));
      assertTrue(LINUX.leases().isUndisturbed(file));
      assertEquals(Grant.TAKEN, LINUX.leases().take(file), "taken anew");
      LINUX.leases().giveUp(file);
      assertFalse(LINUX.leases().isUndisturbed(file));
    }
  }

  @Test
  void readersDoNotDisturb() throws IOException {
    try (var file = tree.open("f");
        var other = tree.open("f")) {
      assertEquals(Grant.TAKEN, LINUX.leases().take(file));
      assertEquals(Grant.TAKEN, LINUX.leases().take(other));
      assertEquals("text", tree.text("f"));
      assertTrue(LINUX.leases().isUndisturbed(file));
    }
  }

  @Test
  void fileOpenForWritingIsNotLeased() throws IOException {
    try (var file = tree.open("f")) {
      try (var writer = FileChannel.open(tree.path("f"), StandardOpenOption.APPEND)) {
        assertTrue(writer.isOpen());
        assertEquals(Grant.HAS_WRITERS, LINUX.leases().take(file));
      }
      assertEquals(Grant.TAKEN, LINUX.leases().take(file));
    }
  }

  @Test
  void writableMappingAloneCountsAsAWriter() throws IOException {
    try (var file = tree.open("f");
        var arena = java.lang.foreign.Arena.ofConfined()) {
      java.lang.foreign.MemorySegment mapped;
      try (var channel =
          FileChannel.open(tree.path("f"), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        mapped = channel.map(MapMode.READ_WRITE, 0, 4, arena);
      }
      assertEquals(4, mapped.byteSize());
      assertEquals(Grant.HAS_WRITERS, LINUX.leases().take(file));
    }
    try (var file = tree.open("f")) {
      assertEquals(Grant.TAKEN, LINUX.leases().take(file), "unmapped");
    }
  }

  @Test
  void writerOfAnotherProcessDisturbsAndWaitsUntilTheLeaseEnds() throws Exception {
    Process writer;
    try (var file = tree.open("f")) {
      assertEquals(Grant.TAKEN, LINUX.leases().take(file));
      writer =
          new ProcessBuilder("sh", "-c", "exec 3>>\"$1\"", "sh", tree.path("f").toString()).start();
      waitUntilDisturbed(file);
      // This JVM is still here, so SIGIO did not end it, and the writer still waits.
      assertTrue(writer.isAlive());
      assertEquals(Grant.HAS_WRITERS, LINUX.leases().take(file), "not taken from under a writer");
      LINUX.leases().giveUp(file);
    }
    assertTrue(writer.waitFor(WAIT_MAX_MILLIS, TimeUnit.MILLISECONDS));
    assertEquals(0, Command.waitFor(writer));
  }

  private static void waitUntilDisturbed(Descriptor file) throws Exception {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(WAIT_MAX_MILLIS);
    while (LINUX.leases().isUndisturbed(file)) {
      assertTrue(System.nanoTime() < end, "the writer never came");
      Thread.sleep(5);
    }
  }

  @Test
  void closingEndsTheLease() throws IOException {
    try (var file = tree.open("f")) {
      assertEquals(Grant.TAKEN, LINUX.leases().take(file));
    }
    Command.run("sh", "-c", "echo more >> \"$1\"", "sh", tree.path("f").toString());
    assertEquals("textmore\n", tree.text("f"));
  }

  @Test
  void linkingAndExchangingDoNotNeedTheLeaseGivenUp() throws IOException {
    tree.file("g", "text");
    try (var root = tree.openDirectory("");
        var file = tree.open("f")) {
      assertEquals(Grant.TAKEN, LINUX.leases().take(file));
      LINUX.names().linkOpenFile(file, root, name("h"));
      LINUX.names().exchange(root, name("h"), root, name("g"));
      // Link, rename and unlink break only write delegations, which a lease is not.
      assertTrue(LINUX.leases().isUndisturbed(file));
    }
  }

  @Test
  void exclusiveLockKeepsOthersOutUntilClosed() throws IOException {
    try (var root = tree.openDirectory("");
        var other = LINUX.open().openOrCreate(root, name("lock"), 0600)) {
      try (var holder = LINUX.open().openOrCreate(root, name("lock"), 0600)) {
        assertTrue(LINUX.locks().tryLock(holder, Sharing.EXCLUSIVE));
        assertFalse(LINUX.locks().tryLock(other, Sharing.EXCLUSIVE));
        assertFalse(LINUX.locks().tryLock(other, Sharing.SHARED));
      }
      assertTrue(LINUX.locks().tryLock(other, Sharing.EXCLUSIVE));
    }
  }

  @Test
  void sharedLocksGoTogetherAndKeepTheExclusiveOneOut() throws IOException {
    try (var root = tree.openDirectory("");
        var third = LINUX.open().openOrCreate(root, name("lock"), 0600)) {
      try (var one = LINUX.open().openOrCreate(root, name("lock"), 0600);
          var other = LINUX.open().openOrCreate(root, name("lock"), 0600)) {
        assertTrue(LINUX.locks().tryLock(one, Sharing.SHARED));
        assertTrue(LINUX.locks().tryLock(other, Sharing.SHARED));
        assertFalse(LINUX.locks().tryLock(third, Sharing.EXCLUSIVE));
      }
      assertTrue(LINUX.locks().tryLock(third, Sharing.EXCLUSIVE));
    }
  }
}
