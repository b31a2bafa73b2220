package dev.hashify.report;

/// Events as lines for people.
public final class EventText {

  private EventText() {}

  /// The event in one line without a line feed; a problem as `PATH: what was not done: …`.
  public static String line(RunEvent event) {
    return switch (event) {
      case RunEvent.Share share -> share(share);
      case RunEvent.Skip skip ->
          "skipped: "
              + skip.path()
              + ": "
              + skip.reason().text()
              + skip.rule().map(rule -> " (rule " + rule + ")").orElse("");
      case RunEvent.Refuse refuse -> "refused: " + refuse.path() + ": " + refuse.reason().text();
      case RunEvent.Problem problem -> problem.problem().toString();
    };
  }

  private static String share(RunEvent.Share share) {
    String done =
        switch (share.mode()) {
          case DRY -> "would share: ";
          case REAL -> "shared: ";
        };
    // Only the last name of a file brings its blocks back.
    String bytes =
        share.reclaimedBytes() == 0 ? "" : " (" + Figures.bytes(share.reclaimedBytes()) + ")";
    return done + share.path() + " = " + share.keeper() + bytes;
  }
}
