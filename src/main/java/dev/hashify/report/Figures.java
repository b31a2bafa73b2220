package dev.hashify.report;

import dev.hashify.file.ByteCount;
import java.time.Duration;
import java.util.Locale;

/// Numbers for people, the same in every locale.
public final class Figures {

  private Figures() {}

  /// `12,345`.
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /// `1 file`, `12,345 files`: `noun` with an s unless there is exactly one.
  public static String count(long number, String noun) {
    return count(number) + " " + noun + (number == 1 ? "" : "s");
  }

  /// `1.2 GiB`. A negative number, which a bug would make, is shown as it is.
  public static String bytes(long bytes) {
    return bytes < 0 ? bytes + " B" : new ByteCount(bytes).toString();
  }

  /// `0.42 s`, `12.3 s`, `2 min 5 s`, `1 h 2 min`.
  public static String time(Duration time) {
    double seconds = time.toMillis() / 1000.0;
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.2f s", seconds);
    }
    if (seconds < 60) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    return time.toHours() > 0
        ? time.toHours() + " h " + time.toMinutesPart() + " min"
        : time.toMinutes() + " min " + time.toSecondsPart() + " s";
  }
}
