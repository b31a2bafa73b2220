package dev.hashify.engine;

import dev.hashify.testkit.TestVolume;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The table of guards of the README, made of what was measured.
///
/// Deeds of which all guards make the same stand in one row.
final class GuardTable {

  static final String BEGIN = "<!-- guards table: generated -->";
  static final String END = "<!-- end -->";

  private final Map<GuardCell, Map<TestVolume.Kind, Map<Deed, Outcome>>> measured = new TreeMap<>();

  /// Adds what was measured on one file system.
  void add(GuardCell cell, TestVolume.Kind kind, Map<Deed, Outcome> outcomes) {
    measured.computeIfAbsent(cell, _ -> new TreeMap<>()).put(kind, outcomes);
  }

  /// The whole text of the README with the table between its marks.
  static String putInto(String readme, String table) {
    int begin = readme.indexOf(BEGIN);
    int end = readme.indexOf(END, begin);
    if (begin < 0 || end < 0) {
      throw new AssertionError("the README has no place for the table of guards");
    }
    return readme.substring(0, begin + BEGIN.length()) + "\n" + table + readme.substring(end);
  }

  String text() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("what a program of a root does", GuardCell::text));
    rows.add(row("---", _ -> "---"));
    Map<List<String>, List<String>> byOutcomes = new LinkedHashMap<>();
    for (Deed deed : Deed.values()) {
      List<String> outcomes = measured.keySet().stream().map(cell -> outcome(cell, deed)).toList();
      byOutcomes.computeIfAbsent(outcomes, _ -> new ArrayList<>()).add(deed.text());
    }
    byOutcomes.forEach((outcomes, deeds) -> {
      List<String> row = new ArrayList<>(List.of(String.join("; ", deeds)));
      row.addAll(outcomes);
      rows.add(row);
    });
    rows.add(row("for", GuardCell::purpose));
    return rows.stream()
        .map(row -> row.stream().collect(Collectors.joining(" | ", "| ", " |\n")))
        .collect(Collectors.joining());
  }

  private interface Column {
    String of(GuardCell cell);
  }

  private List<String> row(String first, Column column) {
    List<String> row = new ArrayList<>(List.of(first));
    measured.keySet().forEach(cell -> row.add(column.of(cell)));
    return row;
  }

  /// One word if all file systems agree.
  private String outcome(GuardCell cell, Deed deed) {
    Map<String, List<String>> byText = new LinkedHashMap<>();
    measured
        .getOrDefault(cell, Map.of())
        .forEach((kind, outcomes) -> {
          Outcome outcome = outcomes.get(deed);
          if (outcome != null) {
            byText.computeIfAbsent(outcome.text(), _ -> new ArrayList<>()).add(name(kind));
          }
        });
    if (byText.size() == 1) {
      return byText.keySet().iterator().next();
    }
    return byText.entrySet().stream()
        .map(each -> String.join(", ", each.getValue()) + ": " + each.getKey())
        .collect(Collectors.joining("; "));
  }

  private static String name(TestVolume.Kind kind) {
    return switch (kind) {
      case PLAIN -> "any";
      case EXT4 -> "ext4";
      case XFS -> "XFS";
      case BTRFS -> "Btrfs";
    };
  }
}
