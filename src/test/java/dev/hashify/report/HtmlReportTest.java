package dev.hashify.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HtmlReportTest {

  private static final Pattern TAGS = Pattern.compile("<[a-zA-Z/!][^>]*>");

  private static long count(String page, String part) {
    return Pattern.compile(part, Pattern.LITERAL).matcher(page).results().count();
  }

  /// The tags, with what is between quotes taken out of them.
  private static String tags(String page) {
    var tags = new StringBuilder();
    TAGS.matcher(page)
        .results()
        .forEach(tag -> tags.append(tag.group().replaceAll("\"[^\"]*\"", "")).append('\n'));
    return tags.toString();
  }

  @Test
  void pageOfAHundredRootsIsSmall() throws IOException {
    int bytes = ExamplePages.of(100).getBytes(StandardCharsets.UTF_8).length;
    assertTrue(bytes < 1_000_000, bytes + " bytes");
  }

  @Test
  void pageOfAThousandRootsIsBelowTwoMegabytes() throws IOException {
    int bytes = ExamplePages.of(1_000).getBytes(StandardCharsets.UTF_8).length;
    assertTrue(bytes < 2_000_000, bytes + " bytes");
  }

  @Test
  void namesOfManyRootsKeepTheirEnds() throws IOException {
    List<String> names =
        Pattern.compile("class=\"name[^>]*><bdi>([^<]*)</bdi>")
            .matcher(ExamplePages.of(1_000))
            .results()
            .map(found -> found.group(1))
            .toList();
    assertEquals(1_000, Set.copyOf(names).size());
    assertTrue(names.stream().anyMatch(name -> name.startsWith("…")), names.toString());
    assertTrue(names.stream().allMatch(name -> name.matches(".*[0-9]{3}")), names.toString());
  }

  @Test
  void pageNamesNothingOutsideItself() throws IOException {
    String page = ExamplePages.of(3);
    assertTrue(page.contains("default-src 'none'"));
    for (String way : List.of("src=", "url(", "@import", "http:", "https:", "<link", "<base")) {
      assertFalse(page.contains(way), way);
    }
  }

  @Test
  void hostileNamesAreTextAndNothingElse() throws IOException {
    String page = ExamplePages.hostile(ExamplePages.hostileNames());
    assertEquals(1, count(page, "<script>"));
    assertEquals(1, count(page, "</style>"));
    assertEquals(1, count(page, "<h1>"));
    assertEquals(1, count(page, "</title>"));
    String tags = tags(page);
    assertFalse(tags.contains("<img"));
    assertFalse(tags.contains("<i>"));
    assertFalse(tags.contains("<b>"));
    assertFalse(Pattern.compile("\\son[a-z]+\\s*=").matcher(tags).find());
    assertTrue(page.contains("&lt;script&gt;document.title=&#39;taken&#39;&lt;/script&gt;"));
    assertTrue(page.contains("bad\\xff\\xfe&lt;i&gt;"));
    assertTrue(page.contains("line\\nfeed\\r\\ttab\\x07"));
    assertTrue(page.contains("&amp;lt;b&amp;gt;"));
    assertTrue(page.chars().noneMatch(c -> c == 0x202e || c == 0x07));
  }

  @Test
  void longNamesAreShortenedInTheMiddle() throws IOException {
    String page = ExamplePages.hostile(ExamplePages.hostileNames());
    assertFalse(page.contains("a".repeat(240)));
    assertTrue(page.contains("a…a"));
  }

  @Test
  void nightWithoutChangesLeadsWithWhatIsSaved() throws IOException {
    Counts none = new Counts(1, 1, 1, 0, 1, 0, Map.of(), Map.of(), 0, 0, 0, 0, 5, 0, 0, 0, 0);
    var out = new StringBuilder();
    new HtmlReport(out).summary(Runs.run(RunMode.REAL, none), 0);
    assertTrue(out.toString().contains("<h1>0 B reclaimed</h1>"));
    assertTrue(out.toString().contains("There is no store yet"));
  }

  @Test
  void dryRunPromises() throws IOException {
    var out = new StringBuilder();
    new HtmlReport(out).summary(Runs.run(RunMode.DRY, Runs.COUNTS), 0);
    assertTrue(out.toString().contains("<h1>1.2 GiB to reclaim</h1>"));
    assertTrue(out.toString().contains("A dry run looked at 20,000 files in 2 roots"));
  }
}
