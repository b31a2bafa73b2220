package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.index.Access;
import dev.hashify.index.Index;
import dev.hashify.index.IndexChanges;
import dev.hashify.index.IndexException;
import dev.hashify.index.LmdbIndex;
import dev.hashify.report.History;
import dev.hashify.report.PastRun;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunHistoryTest {

  @SuppressWarnings("NullAway.Init")
  private Index index;

  @BeforeEach
  void open(@TempDir Path directory) throws IndexException {
    index = LmdbIndex.open(directory, Access.READ_WRITE).index();
  }

  @AfterEach
  void close() throws IndexException {
    index.close();
  }

  private static PastRun run(int number) {
    return new PastRun(
        Instant.ofEpochSecond(1_800_000_000L + number),
        Duration.ofMillis(1_234),
        number % 2 == 0 ? PastRun.End.COMPLETE : PastRun.End.STOPPED,
        4,
        number,
        2,
        3,
        5,
        number % 2 == 0 ? OptionalLong.of(7) : OptionalLong.empty(),
        11,
        13,
        17);
  }

  private Optional<String> add(PastRun run) throws IndexException {
    try (var reader = index.reader()) {
      var changes = new IndexChanges();
      Optional<String> objection = RunHistory.add(reader, changes, run);
      index.write(changes);
      return objection;
    }
  }

  private History read() throws IndexException {
    try (var reader = index.reader()) {
      return RunHistory.read(reader);
    }
  }

  private void put(byte[] value) throws IndexException {
    var changes = new IndexChanges();
    changes.putMeta(RunHistory.NAME, value);
    index.write(changes);
  }

  @Test
  void storeOfNoRunsRemembersNone() throws IndexException {
    assertEquals(History.NONE, read());
  }

  @Test
  void runsAreRememberedInTheirOrderWithAllTheirFigures() throws IndexException {
    add(run(0));
    add(run(1));
    assertEquals(List.of(run(0), run(1)), read().runs());
  }

  @Test
  void oldestRunsGiveWayToNewOnes() throws IndexException {
    for (int number = 0; number < RunHistory.RUNS_MAX + 3; number++) {
      add(run(number));
    }
    History history = read();
    assertEquals(RunHistory.RUNS_MAX, history.runs().size());
    assertEquals(run(3), history.runs().getFirst());
    assertEquals(run(RunHistory.RUNS_MAX + 2), history.runs().getLast());
  }

  @Test
  void historyOfANewerVersionIsSaidAndLeftAsItIs() throws IndexException {
    byte[] newer = ByteBuffer.allocate(20).putInt(RunHistory.VERSION + 1).putLong(5).array();
    put(newer);
    assertTrue(add(run(0)).orElse("").startsWith("written by a newer version"));
    History history = read();
    assertEquals(List.of(), history.runs());
    assertTrue(history.unreadable().orElse("").contains("format 2, known is 1"));
    try (var reader = index.reader()) {
      assertArrayEquals(newer, reader.meta(RunHistory.NAME).orElseThrow());
    }
  }

  @Test
  void damagedHistoryBeginsAnew() throws IndexException {
    add(run(0));
    put(new byte[] {0, 0, 0});
    assertEquals(List.of(), read().runs());
    put(ByteBuffer.allocate(12).putInt(1).putLong(-3).array());
    add(run(2));
    assertEquals(List.of(run(2)), read().runs());
  }
}
