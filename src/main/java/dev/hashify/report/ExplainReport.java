package dev.hashify.report;

import dev.hashify.file.FileProblem;
import java.util.List;

/// The explanations of some paths.
///
/// @param explained in the order of the stores, then as asked
/// @param problems the paths that could not be explained
public record ExplainReport(List<PathExplanation> explained, List<FileProblem> problems) {
  public ExplainReport {
    explained = List.copyOf(explained);
    problems = List.copyOf(problems);
  }
}
