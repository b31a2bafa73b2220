package dev.hashify.cli;

import dev.hashify.file.TreePath;
import dev.hashify.report.RunEvent;
import dev.hashify.report.RunReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The files of `--report`. All are opened before the run, so that a place that cannot be written
/// is found out before anything is touched; none stands in its place before it is complete.
final class ReportFiles implements AutoCloseable {

  private final List<ReportFile> files = new ArrayList<>();

  private ReportFiles() {}

  /// Opens a file beside each of `paths`.
  ///
  /// @throws UsageException if a path's ending names no form of report
  /// @throws NothingTouchedException naming all that cannot be written
  static ReportFiles open(List<TreePath> paths) throws UsageException, NothingTouchedException {
    List<ReportFile.Form> forms = new ArrayList<>();
    for (TreePath path : paths) {
      forms.add(ReportFile.Form.of(path));
    }
    var reports = new ReportFiles();
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      try {
        reports.files.add(ReportFile.open(paths.get(i), forms.get(i)));
      } catch (IOException failure) {
        problems.add(
            paths.get(i)
                + ": report cannot be written: "
                + Causes.of(failure)
                + "; nothing was touched");
      }
    }
    if (!problems.isEmpty()) {
      reports.close();
      throw new NothingTouchedException(ExitCode.USAGE, problems);
    }
    return reports;
  }

  /// Whether one of them tells of skipped and refused paths.
  boolean tellEveryPath() {
    return files.stream().anyMatch(file -> file.form().tellsEveryPath());
  }

  /// Whether one of them tells who uses which space.
  boolean tellOfSpace() {
    return files.stream().anyMatch(file -> file.form().tellsOfSpace());
  }

  void event(RunEvent event) {
    for (ReportFile file : files) {
      file.event(event);
    }
  }

  /// Writes the summary and puts each report into its place.
  ///
  /// @return a line for each report that could not be written to its end
  List<String> finish(RunReport report, ExitCode code) {
    List<String> problems = new ArrayList<>();
    for (ReportFile file : files) {
      file.finish(report, code.number())
          .ifPresent(failure ->
              problems.add(
                  file.path()
                      + ": report not written: "
                      + Causes.of(failure)
                      + "; the run itself came to its end"));
    }
    return problems;
  }

  /// Removes what was not put into its place.
  @Override
  public void close() {
    files.forEach(ReportFile::close);
  }
}
