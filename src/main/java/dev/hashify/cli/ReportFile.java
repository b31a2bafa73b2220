package dev.hashify.cli;

import dev.hashify.file.TreePath;
import dev.hashify.report.HtmlReport;
import dev.hashify.report.MetricsReport;
import dev.hashify.report.NdjsonReport;
import dev.hashify.report.ReportWriter;
import dev.hashify.report.RunEvent;
import dev.hashify.report.RunReport;
import dev.hashify.report.TextReport;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// A report on its way to its file: written beside it and renamed when it is complete, so that half
/// a report never looks whole.
final class ReportFile implements AutoCloseable {

  /// Leftovers of killed runs that a name has to get past; more than a few never gather.
  private static final int ATTEMPTS = 100;

  private final TreePath path;
  private final Form form;
  private final Path place;
  private final Path temporary;
  private final Writer file;
  private final ReportWriter writer;
  private Optional<IOException> failure = Optional.empty();

  /// What a report looks like, by the end of its name.
  enum Form {
    TXT,
    NDJSON,
    HTML,
    PROM;

    /// Whether it tells of every path, and not only what came of the whole.
    boolean tellsEveryPath() {
      return switch (this) {
        case TXT, NDJSON -> true;
        case HTML, PROM -> false;
      };
    }

    /// Whether it tells who uses which space, which takes a look at all records.
    boolean tellsOfSpace() {
      return switch (this) {
        case TXT, NDJSON, HTML -> true;
        case PROM -> false;
      };
    }

    /// @throws UsageException if no form has the ending
    static Form of(TreePath path) throws UsageException {
      String name = ArgumentText.of(path.name());
      for (Form form : values()) {
        if (name.endsWith("." + Words.word(form))) {
          return form;
        }
      }
      throw new UsageException(
          "--report "
              + path
              + ": the name must end with .txt, .ndjson, .html or .prom, which says the form");
    }

    ReportWriter writer(Appendable out) {
      return switch (this) {
        case TXT -> new TextReport(out);
        case NDJSON -> new NdjsonReport(out);
        case HTML -> new HtmlReport(out);
        case PROM -> new MetricsReport(out);
      };
    }
  }

  private ReportFile(TreePath path, Path place, Path temporary, Form form) throws IOException {
    this.path = path;
    this.form = form;
    this.place = place;
    this.temporary = temporary;
    this.file =
        new Utf8Writer(
            Files.newOutputStream(
                temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    this.writer = form.writer(file);
  }

  /// Creates the file beside `path`.
  static ReportFile open(TreePath path, Form form) throws IOException {
    Path place = HostPaths.of(path);
    if (Files.isDirectory(place)) {
      throw new FileSystemException(path.toString(), null, "is a directory (EISDIR)");
    }
    for (int attempt = 0; ; attempt++) {
      // Short, because the report's own name may already be as long as a name can be.
      String name = ".hashify-report-" + ProcessHandle.current().pid() + "-" + attempt;
      try {
        return new ReportFile(path, place, place.resolveSibling(name), form);
      } catch (FileAlreadyExistsException taken) {
        if (attempt == ATTEMPTS) {
          throw taken;
        }
      }
    }
  }

  TreePath path() {
    return path;
  }

  Form form() {
    return form;
  }

  /// Writes an event, unless writing failed before: the run goes on without the report.
  void event(RunEvent event) {
    if (failure.isEmpty()) {
      try {
        writer.event(event);
      } catch (IOException first) {
        failure = Optional.of(first);
      }
    }
  }

  /// Writes the summary and puts the report into its place; the first failure if it cannot.
  Optional<IOException> finish(RunReport report, int exitCode) {
    if (failure.isEmpty()) {
      try {
        writer.summary(report, exitCode);
        file.close();
        Files.move(
            temporary, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException last) {
        failure = Optional.of(last);
      }
    }
    return failure;
  }

  /// Removes the file unless it stands in its place.
  @Override
  public void close() {
    try (file) {
      Files.deleteIfExists(temporary);
    } catch (IOException _) {
      // It is named for what it is, and who reads the reports has been told of the failure.
    }
  }
}
