package dev.hashify.report;

import java.io.IOException;

/// Writes a run down: each event as it comes, and at the end the whole.
///
/// One thread at a time. After an [IOException] what was written so far is an incomplete report and
/// nothing more may be asked of the writer.
public interface ReportWriter {

  /// Writes one decision.
  void event(RunEvent event) throws IOException;

  /// Writes the summary; the last call.
  ///
  /// @param exitCode with which number the program ends
  void summary(RunReport report, int exitCode) throws IOException;
}
