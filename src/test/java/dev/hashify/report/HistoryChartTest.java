package dev.hashify.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.report.Look.Glyphs;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HistoryChartTest {

  private static final int MIB = 1 << 20;

  private static final History FIVE = PastRuns.saving(0, 10 * MIB, 20 * MIB, 30 * MIB, 40 * MIB);

  private static String chart(History history, int columns, Glyphs glyphs) {
    return String.join("\n", HistoryChart.lines(history, new Look(columns, glyphs)));
  }

  @Test
  void barsGrowWithTheSavings() {
    assertEquals(
        """
        :  40.0 MiB             ███
        :                    ▆▆▆███
        :                 ▄▄▄██████
        :              ▂▂▂█████████
        :              ████████████
        :           2026-10-01 to 2026-10-05
        """,
        shown(HistoryChart.lines(FIVE, new Look(80, Glyphs.BLOCKS))));
  }

  /// With a mark at the beginning of each line, so that blanks can be seen.
  private static String shown(List<String> lines) {
    return lines.stream().map(line -> ":" + line + "\n").collect(Collectors.joining());
  }

  @Test
  void terminalThatKnowsOnlyAsciiGetsAscii() {
    String chart = chart(FIVE, 80, Glyphs.ASCII);
    assertTrue(chart.chars().allMatch(c -> c < 0x80), chart);
    assertTrue(chart.contains("###"), chart);
  }

  @Test
  void twentyColumnsAreEnough() {
    long[] year = IntStream.range(0, 400).mapToLong(night -> (long) night * MIB).toArray();
    List<String> lines = HistoryChart.lines(PastRuns.saving(year), new Look(20, Glyphs.BLOCKS));
    assertTrue(lines.stream().allMatch(line -> line.length() <= 20), lines::toString);
    assertEquals(
        """
        :              ▁▃▄▅▇█
        :        ▁▃▄▅▇███████
        :  ▁▃▄▅▇█████████████
        :  2026-10 to 2027-11
        """,
        shown(lines));
  }

  @Test
  void runThatWasStoppedIsNoBar() {
    assertEquals(
        chart(PastRuns.saving(MIB, MIB), 40, Glyphs.BLOCKS).lines().findFirst(),
        chart(PastRuns.saving(MIB, -1, MIB), 40, Glyphs.BLOCKS).lines().findFirst());
  }

  @Test
  void littleIsShownAsMoreThanNothing() {
    assertTrue(chart(PastRuns.saving(1, 1L << 40), 40, Glyphs.BLOCKS).contains("▁"));
    assertTrue(chart(PastRuns.saving(1, 1L << 40), 40, Glyphs.ASCII).contains("."));
  }

  @Test
  void oneRunIsNoHistory() {
    assertEquals(List.of(), HistoryChart.lines(PastRuns.saving(MIB), new Look(80, Glyphs.BLOCKS)));
  }
}
