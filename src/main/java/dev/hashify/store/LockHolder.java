package dev.hashify.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// Who changes a store, so that whoever has to wait can be told.
///
/// @param pid the process id
/// @param started when it started
/// @param command what was typed
public record LockHolder(long pid, Instant started, String command) {

  /// How much of a lock file is read: a command line of several pages is cut.
  static final int TEXT_BYTES_MAX = 64 * 1024;

  private static final int COMMAND_CHARACTERS_MAX = 4096;

  /// The content of the lock file: three lines.
  byte[] fileContent() {
    String oneLine = command.replaceAll("\\p{Cntrl}", " ");
    String cut = oneLine.substring(0, Math.min(oneLine.length(), COMMAND_CHARACTERS_MAX));
    String text = "pid " + pid + "\nstarted " + started + "\ncommand " + cut + "\n";
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// The content of somebody's lock file as one line for people; it was written by another run and
  /// may be anything.
  static String describe(byte[] content) {
    String text = dev.hashify.file.PathText.escape(content).strip();
    String oneLine = text.replace("\\n", ", ").replaceAll("[, ]+$", "");
    return oneLine.isEmpty() ? "another run" : oneLine;
  }
}
