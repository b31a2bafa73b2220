package dev.hashify.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hashify.file.Errno;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import dev.hashify.os.NativeSystemCalls;
import dev.hashify.os.SystemCall;
import dev.hashify.store.Access;
import dev.hashify.store.JournalEntry;
import dev.hashify.store.LockHolder;
import dev.hashify.store.Store;
import dev.hashify.testkit.FaultyCalls;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EndedBatchesTest {

  private static final LockHolder WHO =
      new LockHolder(ProcessHandle.current().pid(), Instant.EPOCH, "test");

  private final Tree tree;

  EndedBatchesTest() throws IOException {
    tree = TestVolume.plain().tree();
  }

  @AfterEach
  void remove() throws IOException {
    tree.close();
  }

  private Store store(FaultyCalls calls) throws Exception {
    return Store.open(new Linux(calls), tree.hostPath().child("store"), Access.CHANGE, WHO);
  }

  private static FaultyCalls calls() {
    return new FaultyCalls(new NativeSystemCalls());
  }

  private static JournalEntry record(Store store) throws ErrnoException {
    JournalEntry entry = store.journal().prepare(List.of(), List.of());
    entry.close();
    return entry;
  }

  private long records() throws IOException {
    try (var records = Files.list(tree.path("store/journal"))) {
      return records.count();
    }
  }

  @Test
  void recordsGoWithTheNextSync() throws Exception {
    try (var store = store(calls())) {
      var ended = new EndedBatches(store);
      ended.add(record(store));
      ended.add(record(store));
      ended.sync();
      assertEquals(0, records());
      ended.add(record(store));
      assertEquals(1, records());
      assertEquals(List.of(), ended.finish());
      assertEquals(0, records());
    }
  }

  /// The kernel tells of it once, and may have told the wrong one.
  @Test
  void syncThatFailedIsToldToWhoeverSyncsLater() throws Exception {
    store(calls()).close();
    try (var store = store(calls().only(SystemCall.SYNCFS).failOnce(1, Errno.EIO))) {
      var ended = new EndedBatches(store);
      ended.add(record(store));
      for (int i = 0; i < 2; i++) {
        assertEquals(Errno.EIO, assertThrows(ErrnoException.class, ended::sync).errno());
      }
      assertEquals(List.of(), ended.finish());
      assertEquals(1, records());
    }
  }

  @Test
  void recordsStayIfTheLastSyncFails() throws Exception {
    store(calls()).close();
    try (var store = store(calls().only(SystemCall.FSYNC).failOnce(1, Errno.EIO))) {
      var ended = new EndedBatches(store);
      ended.add(record(store));
      ended.add(record(store));
      assertEquals(1, ended.finish().size());
      assertEquals(2, records());
    }
  }
}
