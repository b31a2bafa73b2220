package dev.hashify.report;

import dev.hashify.file.FileProblem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/// The page of an [HtmlReport]: its frame and its order.
///
/// Each picture has a table that says the same, for who cannot see it; the one script makes the
/// arrow keys work in the treemap and is not needed to read. The page forbids itself everything
/// else (Content-Security-Policy), so that even a name that got past the escaping could load and
/// run nothing.
final class HtmlPage {

  private static final String STYLE = resource("page.css");
  private static final String SCRIPT = resource("page.js");

  private final RunReport report;
  private final List<FileProblem> problems;
  private final int exitCode;
  private final Html html = new Html();

  HtmlPage(RunReport report, List<FileProblem> problems, int exitCode) {
    this.report = report;
    this.problems = problems;
    this.exitCode = exitCode;
  }

  String write() {
    var overview = new HtmlOverview(html, report);
    head(overview.headline());
    html.raw("<a class=\"skip\" href=\"#main\">Skip to the report</a>\n<header>\n");
    overview.header();
    navigation();
    html.raw("</header>\n<main id=\"main\">\n");
    overview.figures(exitCode);
    new HtmlHistory(html, report.findings().histories()).write();
    report.findings().space().ifPresent(this::space);
    var tables = new HtmlTables(html, report);
    tables.reclaimed();
    tables.left();
    tables.problems(problems);
    html.raw("</main>\n");
    overview.footer();
    html.raw("<script>").raw(SCRIPT).raw("</script>\n</body>\n</html>\n");
    return html.end();
  }

  private void space(Space space) {
    new HtmlSpace(html, space).write();
    new HtmlMatrix(html, space).write();
  }

  private void head(String title) {
    html.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ")
        .raw("style-src 'unsafe-inline'; script-src 'sha256-")
        .raw(sha256(SCRIPT))
        .raw("'; base-uri 'none'; form-action 'none'\">\n")
        .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .raw("<meta name=\"color-scheme\" content=\"light dark\">\n")
        .raw("<meta name=\"referrer\" content=\"no-referrer\">\n<title>Hashify: ")
        .text(title)
        .raw("</title>\n<style>\n")
        .raw(STYLE)
        .raw("</style>\n</head>\n<body>\n");
  }

  private void navigation() {
    html.raw("<nav aria-label=\"Parts of the report\"><ul>");
    link("history", "Over time");
    if (report.findings().space().isPresent()) {
      link("space", "Space");
      link("common", "In common");
    }
    link("reclaimed", "Where it was");
    link("left", "What was left");
    link("problems", "Problems");
    html.raw("</ul></nav>\n");
  }

  private void link(String part, String text) {
    html.raw("<li><a href=\"#").raw(part).raw("\">").raw(text).raw("</a></li>");
  }

  private static String resource(String name) {
    try (InputStream in = Objects.requireNonNull(HtmlPage.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
