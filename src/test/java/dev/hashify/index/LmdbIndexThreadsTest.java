package dev.hashify.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LmdbIndexThreadsTest {

  private static final int DIRECTORIES = 200;

  @TempDir Path temp = Path.of("");

  private Index open() throws IndexException {
    return LmdbIndex.open(temp.resolve("index"), Access.READ_WRITE).index();
  }

  private static void writeVersion(Index index, long version) throws IndexException {
    var changes = new IndexChanges();
    var listing = Listings.listing(new ArrayList<>());
    var writer = new DirectoryRecordWriter();
    for (int inode = 0; inode < DIRECTORIES; inode++) {
      assertEquals(0, listing.count());
      changes.putDirectory(1, inode, writer.begin(new Fingerprint(0, 0), version).build());
      changes.putObject(IndexContract.object(1, inode, version));
    }
    index.write(changes);
  }

  @Test
  void readersSeeWholeTransactionsWhileAWriterCommits() throws Exception {
    try (var index = open();
        var pool = Executors.newFixedThreadPool(2)) {
      writeVersion(index, 0);
      var done = new AtomicBoolean();
      Callable<Long> read = () -> readVersions(index, done);
      var first = pool.submit(read);
      var second = pool.submit(read);
      for (long version = 1; version <= 60; version++) {
        writeVersion(index, version);
      }
      done.set(true);
      assertEquals(60, first.get());
      assertEquals(60, second.get());
    }
  }

  /// Returns the last version seen.
  private static long readVersions(Index index, AtomicBoolean done) throws IndexException {
    long before = -1;
    try (var reader = index.reader()) {
      boolean last;
      do {
        last = done.get();
        reader.refresh();
        var first = reader.directory(1, 0);
        assertNotNull(first);
        for (int inode = 1; inode < DIRECTORIES; inode++) {
          var record = reader.directory(1, inode);
          assertNotNull(record);
          assertEquals(first.token(), record.token());
        }
        assertEquals(DIRECTORIES, reader.objectsOfKey(1, first.token()).size());
        assertTrue(first.token() >= before);
        before = first.token();
      } while (!last);
    }
    return before;
  }

  @Test
  void closingUnderReadersEndsThemWithoutACrash() throws Exception {
    for (int round = 0; round < 20; round++) {
      var index = open();
      writeVersion(index, round);
      try (var pool = Executors.newFixedThreadPool(4)) {
        var started = new CountDownLatch(4);
        var readers = new ArrayList<Future<IllegalStateException>>();
        for (int i = 0; i < 4; i++) {
          readers.add(pool.submit(() -> readUntilClosed(index, started)));
        }
        started.await();
        index.close();
        for (var reader : readers) {
          assertNotNull(reader.get());
        }
      }
    }
  }

  private static IllegalStateException readUntilClosed(Index index, CountDownLatch started) {
    return assertThrows(
        IllegalStateException.class,
        () -> {
          for (long turn = 0; ; turn++) {
            try (var reader = index.reader()) {
              for (int inode = 0; inode < DIRECTORIES; inode++) {
                assertNotNull(reader.directory(1, inode));
                reader.forEachObject(object -> assertEquals(1, object.volume()));
                reader.refresh();
                started.countDown();
              }
            }
          }
        });
  }

  @Test
  void closingWaitsForTheCallThatAReaderIsIn() throws Exception {
    var index = open();
    writeVersion(index, 0);
    var inside = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var failure = new AtomicReference<Throwable>();
    var reading =
        Thread.ofPlatform()
            .uncaughtExceptionHandler((_, e) -> failure.set(e))
            .start(() -> visitSlowly(index, inside, goOn));
    inside.await();
    var closing = Thread.ofPlatform().start(() -> close(index));
    while (closing.getState() != Thread.State.BLOCKED) {
      assertFalse(closing.join(Duration.ofMillis(1)), "closed under a reader");
    }
    assertThrows(IllegalStateException.class, index::reader);
    goOn.countDown();

    closing.join(TimeUnit.SECONDS.toMillis(30));
    reading.join(TimeUnit.SECONDS.toMillis(30));
    assertFalse(closing.isAlive());
    assertEquals(null, failure.get());
  }

  private static void visitSlowly(Index index, CountDownLatch inside, CountDownLatch goOn) {
    try {
      // Closed by the index.
      var reader = index.reader();
      var seen = new ArrayList<ObjectEntry>();
      reader.forEachObject(object -> {
        seen.add(object);
        inside.countDown();
        await(goOn);
      });
      assertEquals(DIRECTORIES, seen.size());
    } catch (IndexException e) {
      throw new AssertionError(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void close(Index index) {
    try {
      index.close();
    } catch (IndexException e) {
      throw new AssertionError(e);
    }
  }
}
