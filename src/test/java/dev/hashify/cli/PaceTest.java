package dev.hashify.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.engine.StageProgress;
import dev.hashify.file.TreePath;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/// Runs of a minute or two, looked at ten times a second.
class PaceTest {

  private static final long TENTH = 100_000_000L;
  private static final long FILES = 10_000;

  private final Pace pace = new Pace(0);

  private void look(long tenths, long files) {
    pace.look(tenths * TENTH, new StageProgress(files, FILES, 0, 0, TreePath.EMPTY));
  }

  private double left() {
    return pace.secondsLeft().orElse(-1);
  }

  /// The largest step up from one look to the next, in parts of the time left, over the run.
  private double largestJump(long tenths, LongUnaryOperator filesAt) {
    double largest = 0;
    double before = -1;
    for (long at = 1; at < tenths; at++) {
      look(at, filesAt.applyAsLong(at));
      double now = left();
      if (before > 0 && now > before) {
        largest = Math.max(largest, (now - before) / before);
      }
      before = now;
    }
    return largest;
  }

  @Test
  void nothingIsSaidOfTheEndBeforeItMeansSomething() {
    look(20, 1_000);
    assertEquals(-1, left());
    for (long at = 21; at < 40; at++) {
      look(at, at * 5);
    }
    assertEquals(-1, left(), "after two per cent of the work");
  }

  @Test
  void steadyWorkCountsDownToZero() {
    for (long at = 1; at <= 1_000; at++) {
      look(at, at * 10);
      if (at >= 60) {
        assertEquals((1_000 - at) / 10.0, left(), 0.5 + (1_000 - at) / 200.0);
      }
    }
    assertEquals(100, pace.percent().orElse(-1));
  }

  @Test
  void endIsUnknownWhileNobodyKnowsHowMuchThereIs() {
    for (long at = 1; at < 100; at++) {
      pace.look(at * TENTH, new StageProgress(at * 10, 0, 0, 0, TreePath.EMPTY));
    }
    assertEquals(-1, left());
    assertTrue(pace.percent().isEmpty());
    assertEquals(100, pace.filesPerSecond(), 1);
  }

  /// From one look to the next, not over the whole run: it has to get there in the end.
  @Test
  void endDoesNotJumpWhenTheWorkBecomesSlower() {
    double jump = largestJump(1_500, at -> at < 500 ? at * 10 : 5_000 + (at - 500) * 3);
    assertTrue(jump < 0.03, jump + " of the time left");
    assertEquals(200 - 100, left(), 70);
  }

  @Test
  void endDoesNotJumpWhenWorkComesInBursts() {
    double jump = largestJump(990, at -> at / 30 * 300);
    assertTrue(jump < 0.03, jump + " of the time left");
  }

  @Test
  void rateFollowsWithinSeconds() {
    for (long at = 1; at <= 200; at++) {
      look(at, at < 100 ? at * 10 : 1_000 + (at - 100) * 40);
    }
    assertEquals(400, pace.filesPerSecond(), 60);
  }

  @Test
  void timeIsNoMoreExactThanItCanBeKnown() {
    assertEquals("1 s", ProgressLine.time(0.2));
    assertEquals("59 s", ProgressLine.time(59.4));
    assertEquals("1 min", ProgressLine.time(62));
    assertEquals("2 min 10 s", ProgressLine.time(132));
    assertEquals("12 min", ProgressLine.time(731));
    assertEquals("1 h 12 min", ProgressLine.time(4_310));
  }
}
