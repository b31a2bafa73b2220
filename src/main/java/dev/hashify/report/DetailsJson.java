package dev.hashify.report;

import dev.hashify.file.TreePath;
import dev.hashify.report.Findings.Total;
import dev.hashify.report.Space.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a run found out beyond its figures as one JSON object.
final class DetailsJson {

  private DetailsJson() {}

  /// The object with its line feed.
  static String line(Findings findings) {
    JsonLine line = JsonLine.event("details");
    totals(line, "reclaimedByRoot", findings.reclaimed().roots());
    totals(line, "reclaimedByArea", findings.reclaimed().areas());
    totals(line, "reclaimedByDirectory", findings.reclaimed().directories());
    totals(line, "reclaimedByFile", findings.reclaimed().files());
    examples(line, "skippedExamples", findings.skipped());
    examples(line, "refusedExamples", findings.refused());
    line.objects(
        "relaxations",
        findings.relaxations(),
        (inner, each) ->
            inner
                .text("dropped", JsonLine.word(each.dropped()))
                .number("contents", each.contents())
                .number("bytes", each.bytes())
                .text("certainty", JsonLine.word(each.certainty())));
    findings.space().ifPresent(space -> space(line, space));
    return line.end();
  }

  private static void totals(JsonLine line, String key, List<Total> totals) {
    line.objects(
        key,
        totals,
        (inner, total) ->
            inner
                .path("path", total.path())
                .number("paths", total.paths())
                .number("bytes", total.bytes()));
  }

  private static <E extends Enum<E>> void examples(
      JsonLine line, String key, Map<E, TreePath> examples) {
    line.objects(
        key,
        examples.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList(),
        (inner, entry) ->
            inner.text("reason", JsonLine.word(entry.getKey())).path("path", entry.getValue()));
  }

  private static void space(JsonLine line, Space space) {
    line.objects(
        "space",
        space.roots(),
        (inner, root) ->
            inner
                .path("path", root.path())
                .number("files", root.files())
                .number("ownBytes", root.ownBytes())
                .number("sharedBytes", root.sharedBytes())
                .number("aloneBytes", root.aloneBytes())
                .objects(
                    "directories",
                    root.directories(),
                    (part, directory) ->
                        part.path("path", directory.path())
                            .number("ownBytes", directory.ownBytes())
                            .number("sharedBytes", directory.sharedBytes())));
    line.objects("common", pairs(space.matrix()), (inner, pair) -> pair(inner, space, pair));
  }

  /// Each pair once; those without anything in common are left out.
  private static List<int[]> pairs(Matrix matrix) {
    List<int[]> pairs = new ArrayList<>();
    for (int one = 0; one < matrix.roots().size(); one++) {
      for (int other = one + 1; other < matrix.roots().size(); other++) {
        if (matrix.bytes().get(one).get(other) > 0) {
          pairs.add(new int[] {one, other});
        }
      }
    }
    return pairs;
  }

  private static void pair(JsonLine line, Space space, int[] pair) {
    Matrix matrix = space.matrix();
    line.path("path", space.roots().get(matrix.roots().get(pair[0])).path())
        .path("other", space.roots().get(matrix.roots().get(pair[1])).path())
        .number("bytes", matrix.bytes().get(pair[0]).get(pair[1]));
  }
}
