package dev.hashify.report;

import dev.hashify.report.PathExplanation.Content;
import dev.hashify.report.PathExplanation.FileFacts;
import dev.hashify.report.PathExplanation.Group;
import dev.hashify.report.PathExplanation.Like;
import dev.hashify.report.PathExplanation.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Explanations, for people and for programs.
public final class ExplainText {

  private ExplainText() {}

  /// Lines for people.
  public static List<String> lines(PathExplanation explanation) {
    List<String> lines = new ArrayList<>();
    var place = explanation.place();
    lines.add(explanation.path().toString());
    lines.add(
        line("root", place.root() + ", store " + place.store())
            + (" (" + place.share() + ", guard " + place.guard() + ")"));
    lines.add(
        line(
            "rule",
            explanation
                .rule()
                .map(rule -> rule.verdict() + (rule.rule().isEmpty() ? "" : ": " + rule.rule()))
                .orElse("not known: the last run did not record its rules")));
    explanation.file().ifPresent(file -> addFile(lines, file));
    var decision = explanation.decision();
    String source =
        switch (decision.source()) {
          case LAST_RUN -> " (last run)";
          case NOW -> " (worked out now, not by the last run)";
        };
    String text =
        decision.text().startsWith(decision.state())
            ? decision.text()
            : decision.state() + ": " + decision.text();
    lines.add(line("decision", text + source));
    if (!decision.since().isEmpty()) {
      lines.add(line("since then", String.join("; ", decision.since())));
    }
    addGroup(lines, explanation.group(), decision.state().equals("shared"));
    explanation.likes().forEach(like -> lines.add(line("alike", text(like))));
    explanation.changes().forEach(change -> lines.add(line("to change", change)));
    return lines;
  }

  private static String line(String word, String text) {
    return String.format(Locale.ROOT, "  %-11s %s", word, text);
  }

  private static void addFile(List<String> lines, FileFacts file) {
    lines.add(
        line(
            "identity",
            "name "
                + file.name()
                + ", "
                + String.format(Locale.ROOT, "%,d bytes", file.sizeBytes())
                + ", owner "
                + file.uid()
                + ":"
                + file.gid()
                + ", mode "
                + file.mode()
                + ", mtime "
                + time(file.modifiedNanos())
                + (file.attributes().isEmpty()
                    ? ", no extended attributes"
                    : ", " + String.join(", ", file.attributes()))
                + (file.ignored().isEmpty()
                    ? ""
                    : " (does not count: " + String.join(", ", file.ignored()) + ")")));
    lines.add(line("inode", file.inode() + ", " + Figures.count(file.links(), "name")));
  }

  private static String time(long nanos) {
    return Instant.ofEpochSecond(
            Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L))
        .toString();
  }

  private static void addGroup(List<String> lines, Group group, boolean isShared) {
    group
        .object()
        .ifPresent(object ->
            lines.add(
                line(
                    "object",
                    object
                        + group
                            .guardIsOn()
                            .map(on -> on ? ", its guard is on" : ", without its guard")
                            .orElse(""))));
    if (!isShared) {
      return;
    }
    String unknown =
        group.unknown() == 0
            ? ""
            : " and " + Figures.count(group.unknown(), "name") + " in no recorded root";
    lines.add(
        line("group", "shares with " + Figures.count(group.others(), "other path") + unknown));
    group.paths().forEach(path -> lines.add("              " + path));
    if (group.others() > group.paths().size()) {
      long more = group.others() - group.paths().size();
      lines.add("              and " + Figures.count(more) + " more");
    }
  }

  private static String text(Like like) {
    String content =
        switch (like.content()) {
          case EQUAL -> "content is equal";
          case DIFFERENT -> "content differs";
          case NOT_COMPARED -> "content not compared";
        };
    String differences =
        like.differences().isEmpty()
            ? like.content() == Content.DIFFERENT ? ", all else is equal" : ""
            : ", but " + String.join(", ", like.differences()) + " differ";
    return like.path() + ": " + content + fitting(like, differences);
  }

  private static String fitting(Like like, String differences) {
    return like.content() == Content.EQUAL
        ? differences.replaceFirst(
            " differ$", like.differences().size() == 1 ? " differs" : " differ")
        : differences.replaceFirst(", but", ", and").replaceFirst(" differ$", " differ, too");
  }

  /// One JSON object for each path, each with its line feed.
  public static String json(PathExplanation explanation) {
    var place = explanation.place();
    JsonLine line =
        JsonLine.event("explain")
            .path("path", explanation.path())
            .path("root", place.root())
            .path("store", place.store())
            .text("share", place.share())
            .text("guard", place.guard());
    explanation
        .rule()
        .ifPresent(rule -> line.text("verdict", rule.verdict()).text("rule", rule.rule()));
    explanation.file().ifPresent(file -> file(line, file));
    var decision = explanation.decision();
    line.text("state", decision.state())
        .text("reason", decision.reason())
        .text("text", decision.text())
        .flag("recomputed", decision.source() == Source.NOW)
        .texts("since", decision.since());
    Group group = explanation.group();
    group.object().ifPresent(object -> line.path("object", object));
    group.guardIsOn().ifPresent(on -> line.flag("guardIsOn", on));
    return line.number("others", group.others())
        .number("unknownNames", group.unknown())
        .paths("sharesWith", group.paths())
        .objects(
            "likes",
            explanation.likes(),
            (inner, like) ->
                inner
                    .path("path", like.path())
                    .text("content", JsonLine.word(like.content()))
                    .texts("differences", like.differences()))
        .texts("changes", explanation.changes())
        .end();
  }

  private static void file(JsonLine line, FileFacts file) {
    line.text("name", file.name())
        .number("size", file.sizeBytes())
        .text("mode", file.mode())
        .number("uid", file.uid())
        .number("gid", file.gid())
        .number("mtimeNanos", file.modifiedNanos())
        .number("inode", file.inode())
        .number("links", file.links())
        .texts("attributes", file.attributes())
        .texts("ignored", file.ignored());
  }
}
