package dev.hashify.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.FileProblem;
import dev.hashify.file.PathText;
import dev.hashify.file.Refusal;
import dev.hashify.file.SkipReason;
import dev.hashify.file.TreePath;
import dev.hashify.testkit.Json;
import dev.hashify.testkit.SeededTest;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NdjsonReportTest {

  private static final TreePath PATH = TreePath.of("/srv/a/x");

  private static String line(RunEvent event) throws IOException {
    var out = new StringBuilder();
    new NdjsonReport(out).event(event);
    assertTrue(out.toString().endsWith("}\n"));
    return out.substring(0, out.length() - 1);
  }

  private static Map<String, Object> summary(RunReport report, int exitCode) throws IOException {
    var out = new StringBuilder();
    new NdjsonReport(out).summary(report, exitCode);
    return Json.object(out.substring(0, out.length() - 1));
  }

  @Test
  void sharingNamesPathKeeperAndBytes() throws IOException {
    assertEquals(
        "{\"event\":\"share\",\"path\":\"/srv/a/x\",\"keeper\":\"/k\",\"reclaimedBytes\":4096}",
        line(new RunEvent.Share(PATH, TreePath.of("/k"), 4096, RunMode.REAL)));
  }

  @Test
  void dryRunSaysWouldShare() throws IOException {
    assertTrue(
        line(new RunEvent.Share(PATH, PATH, 0, RunMode.DRY))
            .startsWith("{\"event\":\"would-share\","));
  }

  @Test
  void skippingNamesTheRule() throws IOException {
    assertEquals(
        "{\"event\":\"skip\",\"path\":\"/srv/a/x\",\"reason\":\"excluded\","
            + "\"rule\":\"caches:7: -/x\"}",
        line(new RunEvent.Skip(PATH, SkipReason.EXCLUDED, Optional.of("caches:7: -/x"))));
  }

  @Test
  void skippingWithoutARuleHasNoSuchMember() throws IOException {
    assertFalse(
        Json.object(line(new RunEvent.Skip(PATH, SkipReason.EMPTY, Optional.empty())))
            .containsKey("rule"));
  }

  @Test
  void refusingSaysWhyInOneWord() throws IOException {
    assertEquals(
        "{\"event\":\"refuse\",\"path\":\"/srv/a/x\",\"reason\":\"open-for-writing\"}",
        line(new RunEvent.Refuse(PATH, Refusal.OPEN_FOR_WRITING)));
  }

  @Test
  void problemKeepsItsParts() throws IOException {
    assertEquals(
        "{\"event\":\"problem\",\"path\":\"/srv/a/x\",\"notDone\":\"not read\",\"why\":\"w\","
            + "\"consequence\":\"c\"}",
        line(new RunEvent.Problem(new FileProblem(PATH, "not read", "w", "c"))));
  }

  @Test
  void controlCharactersAreEscapedByTheirNumber() throws IOException {
    assertTrue(
        line(new RunEvent.Refuse(TreePath.of("/a\n\u001b\"\\\u009b"), Refusal.CHANGED))
            .contains("\"/a\\u000a\\u001b\\\"\\\\\\u009b\""));
  }

  @SeededTest
  void anyPathCanBeReadBackByteForByte(long seed) throws IOException {
    var random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = randomName(random);
      Map<String, Object> read =
          Json.object(line(new RunEvent.Refuse(TreePath.of(bytes), Refusal.CHANGED)));
      byte[] text = String.valueOf(read.get("path")).getBytes(StandardCharsets.UTF_8);
      if (PathText.isUtf8(bytes)) {
        assertFalse(read.containsKey("pathBase64"));
        assertArrayEquals(bytes, text);
      } else {
        assertArrayEquals(
            bytes, Base64.getDecoder().decode(String.valueOf(read.get("pathBase64"))));
      }
    }
  }

  /// Bytes without NUL; half of the names are UTF-8 of any characters, surrogates left out.
  private static byte[] randomName(Random random) {
    int length = 1 + random.nextInt(12);
    if (random.nextBoolean()) {
      var text = new StringBuilder();
      for (int i = 0; i < length; i++) {
        int bound = random.nextBoolean() ? 0xa0 : 0x110000;
        int c = 1 + random.nextInt(bound - 1);
        text.appendCodePoint(c >= 0xd800 && c < 0xe000 ? 0x2028 : c);
      }
      return text.toString().getBytes(StandardCharsets.UTF_8);
    }
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (1 + random.nextInt(255));
    }
    return bytes;
  }

  @Test
  void summaryHasAllThatIsPromised() throws IOException {
    Map<String, Object> summary = summary(Runs.run(RunMode.REAL, Runs.COUNTS), 0);
    assertEquals(
        List.of(
            "event",
            "dryRun",
            "roots",
            "ruleLists",
            "found",
            "directories",
            "candidates",
            "shared",
            "alreadyShared",
            "unique",
            "skipped",
            "skippedByReason",
            "refused",
            "refusedByReason",
            "fileProblems",
            "problems",
            "groups",
            "reclaimedBytes",
            "alreadyReclaimedBytes",
            "bytesRead",
            "filesRead",
            "modifiedTimesChanged",
            "inUse",
            "stores",
            "guardMissing",
            "choices",
            "seconds",
            "interrupted",
            "exitCode"),
        List.copyOf(summary.keySet()));
  }

  @Test
  void summaryTellsFiguresByReason() throws IOException {
    Map<String, Object> summary = summary(Runs.run(RunMode.DRY, Runs.COUNTS), 3);
    assertEquals(true, summary.get("dryRun"));
    assertEquals(BigDecimal.valueOf(5010), summary.get("skipped"));
    assertEquals(
        Map.of("excluded", BigDecimal.valueOf(5000), "empty", BigDecimal.TEN),
        summary.get("skippedByReason"));
    assertEquals(Map.of("open-for-writing", BigDecimal.TWO), summary.get("refusedByReason"));
    assertEquals(new BigDecimal("12.340"), summary.get("seconds"));
    assertEquals(BigDecimal.valueOf(3), summary.get("exitCode"));
  }

  @Test
  void summaryNamesStoresWithTheirRoots() throws IOException {
    Map<String, Object> summary = summary(Runs.run(RunMode.REAL, Runs.COUNTS), 0);
    List<Object> roots = List.of(Map.of("path", "/srv/a"), Map.of("path", "/srv/b"));
    assertEquals(roots, summary.get("roots"));
    assertEquals(
        List.of(
            Map.of(
                "path",
                "/srv/.hashify",
                "roots",
                roots,
                "share",
                "hardlink",
                "guard",
                "immutable",
                "sweptObjects",
                BigDecimal.valueOf(3),
                "sweptBytes",
                BigDecimal.valueOf(2048),
                "notes",
                List.of())),
        summary.get("stores"));
  }
}
