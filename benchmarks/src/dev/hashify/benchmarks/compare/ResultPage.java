package dev.hashify.benchmarks.compare;

import dev.hashify.benchmarks.compare.Bench.Installed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A result as it is kept: a page and its picture, both called after the date and the subject.
record ResultPage(Path directory, Instant date, String subject) {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmm", Locale.ROOT).withZone(ZoneOffset.UTC);

  String name(String kind) {
    return kind + "-" + DAY.format(date) + "-" + subject;
  }

  /// Writes the page, after the pictures it shows were written.
  ///
  /// @return where it is
  Path write(String kind, String heading, List<Section> sections, List<String> pictures)
      throws IOException {
    var text = new StringBuilder();
    text.append("# ").append(heading).append("\n\n");
    text.append(date.toString(), 0, 16).append(" UTC\n\n");
    for (String picture : pictures) {
      text.append("![").append(heading).append("](").append(picture).append(")\n\n");
    }
    sections.forEach(section -> text.append(section.markdown()));
    Path page = directory.resolve(name(kind) + ".md");
    Files.createDirectories(directory);
    Files.writeString(page, text.toString().stripTrailing() + "\n");
    return page;
  }

  /// Writes a picture beside the page.
  ///
  /// @return its file name
  String picture(String name, String svg) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve(name + ".svg"), svg);
    return name + ".svg";
  }

  static Section machine(Bench bench, List<List<String>> more) throws IOException {
    var rows = new ArrayList<>(Machine.facts(bench.place()));
    rows.addAll(more);
    rows.add(
        List.of(
            "starting a program",
            String.format(
                Locale.ROOT,
                "%.4f s, part of every time below",
                bench.meter().startSeconds(bench.scratch().resolve("nothing.out")))));
    return new Section("Machine", "", List.of("what", "value"), rows);
  }

  static Section programs(List<Installed> tools, List<Tool> missing) {
    var rows = new ArrayList<List<String>>();
    for (Installed installed : tools) {
      Tool tool = installed.tool();
      rows.add(
          List.of(
              tool.label,
              installed.version(),
              tool.policy,
              command(tool.dryTemplate()),
              command(tool.realTemplate()),
              command(tool.reflinkTemplate())));
    }
    for (Tool tool : missing) {
      rows.add(List.of(tool.label, "not installed: " + tool.install, tool.policy, "", "", ""));
    }
    return new Section(
        "Programs",
        "`{roots}` are all roots, `{list}` is a file for the groups, `{store}` Hashify's store.",
        List.of(
            "program",
            "version",
            "equal are files of equal",
            "looks by",
            "links by",
            "shares blocks by"),
        rows);
  }

  private static String command(String template) {
    return template.isEmpty() ? "does not, or not here" : "`" + template + "`";
  }
}
