package dev.hashify.benchmarks.compare;

import dev.hashify.benchmarks.compare.Bench.Installed;
import dev.hashify.benchmarks.compare.Partition.Gain;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What each program found on one corpus, and whether that is the same.
record Findings(Map<Tool, Finding> byTool) {

  /// @param unknownPaths how many paths it named that are not of the corpus
  record Finding(Gain gain, Gain gainBySameOwnerAndMode, Agreement agreement, int unknownPaths) {}

  /// Paths take some 300 bytes each in a [Listing]. Beyond this a comparing machine would need the
  /// memory that the programs are to run in.
  static final long FILES_MAX = 3_000_000;

  /// Runs every program once, unmeasured, which also brings the corpus into memory.
  static Optional<Findings> of(Bench bench, Corpus corpus, long paths) throws IOException {
    if (paths > FILES_MAX) {
      bench.say(
          String.format(Locale.ROOT, "what they find is not checked beyond %,d paths", FILES_MAX));
      return Optional.empty();
    }
    Listing listing = Listing.of(corpus.roots());
    Map<Tool, Partition> found = new LinkedHashMap<>();
    for (Installed installed : bench.lookers()) {
      Tool tool = installed.tool();
      bench.say(String.format(Locale.ROOT, "%s: looks once", tool.label));
      String command = tool.dryCommand(bench.arguments(installed, corpus.roots()));
      Measurement run = bench.measure(tool, command);
      if (run.exitCode() == Meter.STOPPED) {
        bench.say(
            String.format(Locale.ROOT, "%s: stopped, what it found is not checked", tool.label));
        continue;
      }
      var partition = new Partition(listing);
      tool.format.read(tool.listAfter(bench.output(tool), bench.list(tool)), partition::join);
      found.put(tool, partition);
    }
    return Optional.of(new Findings(judged(listing, found)));
  }

  private static Map<Tool, Finding> judged(Listing listing, Map<Tool, Partition> found) {
    Map<Tool, Finding> findings = new LinkedHashMap<>();
    if (found.isEmpty()) {
      return findings;
    }
    Partition reference = found.getOrDefault(Tool.HASHIFY, found.values().iterator().next());
    found.forEach((tool, partition) ->
        findings.put(
            tool,
            new Finding(
                partition.gain(),
                partition.gainBySameOwnerAndMode(),
                Agreement.between(listing, partition, reference),
                partition.unknownPaths())));
    return findings;
  }

  /// The programs that found something else than the first, though their rules are the same.
  Set<Tool> dissenters() {
    var dissenters = new HashSet<Tool>();
    byTool.forEach((tool, finding) -> {
      boolean asExpected =
          switch (finding.agreement) {
            case Agreement.Same() -> true;
            case Agreement.Finer() -> tool == Tool.HASHIFY_DEFAULT;
            case Agreement.Different _ -> false;
          };
      if (!asExpected || finding.unknownPaths > 0) {
        dissenters.add(tool);
      }
    });
    return dissenters;
  }

  Section section() {
    var rows = new ArrayList<List<String>>();
    byTool.forEach((tool, finding) -> {
      var row = new ArrayList<String>(List.of(tool.label));
      row.addAll(cells(finding.gain));
      row.addAll(cells(finding.gainBySameOwnerAndMode));
      row.add(words(finding));
      rows.add(row);
    });
    return new Section(
        "Found",
        "As each program reports it, counted by inodes; then the same with files of different"
            + " owner, group or mode set apart, and whether the groups that are left are those of"
            + " the first row.",
        List.of(
            "program",
            "groups",
            "duplicates",
            "MB",
            "groups, same owner and mode",
            "duplicates",
            "MB",
            "beside the first"),
        rows);
  }

  private static List<String> cells(Gain gain) {
    return List.of(
        Section.count(gain.groups()),
        Section.count(gain.duplicates()),
        Section.decimal(gain.bytes() / 1e6));
  }

  private static String words(Finding finding) {
    String words =
        switch (finding.agreement) {
          case Agreement.Same() -> "the same";
          case Agreement.Finer() -> "the same or parts of them";
          case Agreement.Different(int files, String example) ->
              Section.count(files) + " files otherwise, one is `" + example + "`";
        };
    return finding.unknownPaths == 0
        ? words
        : words + "; " + Section.count(finding.unknownPaths) + " paths are not of the corpus";
  }
}
