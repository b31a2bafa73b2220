package dev.hashify.report;

import dev.hashify.report.StatusReport.RootState;
import dev.hashify.report.StatusReport.StoreState;
import java.util.ArrayList;
import java.util.List;

/// What is shared, for people and for programs.
public final class StatusText {

  private StatusText() {}

  /// Lines for people.
  public static List<String> lines(StatusReport report, Look look) {
    List<String> lines = new ArrayList<>();
    for (var store : report.stores()) {
      lines.add(
          "store "
              + store.path()
              + " ("
              + store.fileSystem()
              + "): "
              + store.share()
              + ", guard "
              + store.guard());
      lines.add(
          "  "
              + (store.share().equals(StoreState.REFLINKS)
                  ? "no objects, because files share blocks"
                  : Figures.count(store.objects(), "object") + ", " + Figures.bytes(store.bytes()))
              + "; index "
              + store.index());
      if (store.unguarded() > 0) {
        lines.add(
            "  "
                + Figures.count(store.unguarded(), "object")
                + " without guard (hashify protect):");
        store.firstUnguarded().forEach(object -> lines.add("    " + object));
      }
      for (var root : store.roots()) {
        lines.add("  root " + root.path() + ": " + figures(root));
        lines.add("    " + space(root));
      }
      addHistory(lines, store.history(), look);
    }
    return lines;
  }

  private static String space(RootState root) {
    return Figures.bytes(root.ownBytes())
        + " its own, "
        + Figures.bytes(root.sharedBytes())
        + " shared; alone it would take "
        + Figures.bytes(root.aloneBytes());
  }

  private static void addHistory(List<String> lines, History history, Look look) {
    history.unreadable().ifPresent(why -> lines.add("  history: " + why));
    List<PastRun> runs = history.runs();
    if (runs.isEmpty()) {
      return;
    }
    long reclaimed = runs.stream().mapToLong(run -> run.reclaimedBytes() + run.sweptBytes()).sum();
    lines.add(
        "  reclaimed: " + Figures.bytes(reclaimed) + " in " + Figures.count(runs.size(), "run"));
    runs.reversed().stream()
        .flatMapToLong(run -> run.savedBytes().stream())
        .findFirst()
        .ifPresent(saved -> lines.add("  saved now: " + Figures.bytes(saved)));
    lines.addAll(HistoryChart.lines(history, look));
  }

  private static String figures(RootState root) {
    return Figures.count(root.paths(), "file")
        + ": "
        + Figures.count(root.shared())
        + " shared, "
        + Figures.count(root.unique())
        + " unique, "
        + Figures.count(root.skipped())
        + " skipped, "
        + Figures.count(root.refused())
        + " refused";
  }

  /// One JSON object for each store, each with its line feed.
  public static List<String> json(StatusReport report) {
    return report.stores().stream().map(StatusText::json).toList();
  }

  private static String json(StoreState store) {
    return JsonLine.event("store")
        .path("path", store.path())
        .text("fileSystem", store.fileSystem())
        .text("share", store.share())
        .text("guard", store.guard())
        .number("objects", store.objects())
        .number("bytes", store.bytes())
        .number("unguarded", store.unguarded())
        .paths("firstUnguarded", store.firstUnguarded())
        .text("index", store.index())
        .objects(
            "roots",
            store.roots(),
            (line, root) ->
                line.path("path", root.path())
                    .number("paths", root.paths())
                    .number("shared", root.shared())
                    .number("unique", root.unique())
                    .number("skipped", root.skipped())
                    .number("refused", root.refused())
                    .number("ownBytes", root.ownBytes())
                    .number("sharedBytes", root.sharedBytes())
                    .number("aloneBytes", root.aloneBytes()))
        .objects("history", store.history().runs(), StatusText::run)
        .texts("historyUnreadable", store.history().unreadable().stream().toList())
        .end();
  }

  /// The figures of a run of before; `savedBytes` is missing if it was stopped.
  static void run(JsonLine line, PastRun run) {
    line.text("began", run.began().toString())
        .seconds("seconds", run.took())
        .flag("interrupted", run.end() == PastRun.End.STOPPED)
        .number("roots", run.roots())
        .number("found", run.found())
        .number("shared", run.shared())
        .number("alreadyShared", run.alreadyShared())
        .number("reclaimedBytes", run.reclaimedBytes());
    run.savedBytes().ifPresent(saved -> line.number("savedBytes", saved));
    line.number("sweptBytes", run.sweptBytes())
        .number("bytesRead", run.bytesRead())
        .number("problems", run.problems());
  }
}
