package dev.hashify.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TreeStateTest {

  private static final String A = "9:1 8 f 10:0:0:644:1.0000000000 r/a";
  private static final String B = "9:2 8 f 10:0:0:644:2.0000000000 r/b";

  @Test
  void anInodeTakesItsRoomOnce() {
    var before = TreeState.ofLines(List.of(A, B));
    var after = TreeState.ofLines(List.of(A, "9:1 8 f 10:0:0:644:2.0000000000 r/b"));

    assertEquals(new TreeState.Change(8 * 512, 0, 0), before.changeTo(after));
  }

  @Test
  void aPathThatIsGoneIsLostAndAnotherTimeIsAnAlteration() {
    var before = TreeState.ofLines(List.of(A, B));
    var after = TreeState.ofLines(List.of("9:1 8 f 10:0:0:644:1.5000000000 r/a"));

    assertEquals(new TreeState.Change(8 * 512, 1, 1), before.changeTo(after));
  }

  @Test
  void theStoreTakesRoomButItsFilesAreNobodys() {
    var before = TreeState.ofLines(List.of(A, "9:3 16 f 10:0:0:644:1.0 .hashify/format"));
    var after = TreeState.ofLines(List.of(A));

    assertEquals(new TreeState.Change(16 * 512, 0, 0), before.changeTo(after));
  }
}
