package dev.hashify.testkit;

import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathRoots;
import static org.junit.platform.launcher.TagFilter.includeTags;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/// Runs tests where there is no Maven, such as in a virtual machine, and tells each result in a
/// line that a script can read:
///
/// ```
/// PASS SealedFilesTest > writeFails() > ext4 > 1.3 s
/// SKIP SealedFilesTest > writeFails() > xfs > cannot be mounted here
/// FAIL SealedFilesTest > unlinkWorks() > ext4 > expected: <1> but was: <0>
/// ROW hardlink, verity, ext4 > write: EPERM; chmod: seen by all
/// DONE 12 passed, 1 failed, 1 skipped
/// ```
///
/// A row is what a test published. The last line stands for a run that came to its end: without it
/// nothing is known.
public final class TestLines implements TestExecutionListener {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final PrintStream lines;
  private final PrintStream details;
  private Optional<TestPlan> plan = Optional.empty();
  private long startedNanos;
  private int passed;
  private int failed;
  private int skipped;

  private TestLines(PrintStream lines, PrintStream details) {
    this.lines = lines;
    this.details = details;
  }

  /// Arguments: the file or device for the lines, then either `tag`, the directory of the test
  /// classes and the tag, or the names of test classes. Traces of failures go to standard output.
  ///
  /// The process ends with 0 if something passed and nothing failed.
  public static void main(String[] arguments) throws Exception {
    int failures;
    try (var lines = new PrintStream(arguments[0], StandardCharsets.UTF_8)) {
      var listener = new TestLines(lines, System.out);
      LauncherFactory.create().execute(request(arguments), listener);
      failures = listener.passed > 0 ? listener.failed : 1;
      lines.printf(
          "DONE %d passed, %d failed, %d skipped%n",
          listener.passed, listener.failed, listener.skipped);
    }
    System.exit(failures == 0 ? 0 : 1);
  }

  private static LauncherDiscoveryRequest request(String[] arguments) {
    var builder = LauncherDiscoveryRequestBuilder.request();
    if (arguments[1].equals("tag")) {
      return builder
          .selectors(selectClasspathRoots(Set.of(Path.of(arguments[2]))))
          .filters(includeClassNamePatterns(".*Test"), includeTags(arguments[3]))
          .build();
    }
    for (int i = 1; i < arguments.length; i++) {
      builder.selectors(selectClass(arguments[i]));
    }
    return builder.build();
  }

  @Override
  public void testPlanExecutionStarted(TestPlan started) {
    plan = Optional.of(started);
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    startedNanos = System.nanoTime();
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    skipped++;
    tell("SKIP", test, reason);
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    String why = result.getThrowable().map(TestLines::oneLine).orElse("");
    switch (result.getStatus()) {
      case SUCCESSFUL -> {
        if (test.isTest()) {
          passed++;
          long millis = (System.nanoTime() - startedNanos) / NANOS_PER_MILLI;
          tell("PASS", test, millis + " ms");
        }
      }
      case ABORTED -> {
        skipped++;
        tell("SKIP", test, why);
      }
      case FAILED -> {
        failed++;
        tell("FAIL", test, why);
        result.getThrowable().ifPresent(thrown -> thrown.printStackTrace(details));
      }
    }
  }

  @Override
  public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
    entry.getKeyValuePairs().forEach((key, value) -> lines.println("ROW " + key + " > " + value));
    lines.flush();
  }

  private static String oneLine(Throwable thrown) {
    String message = String.valueOf(thrown.getMessage()).strip();
    return message.lines().findFirst().orElse("");
  }

  private void tell(String result, TestIdentifier test, String rest) {
    lines.println(result + " " + fullName(test) + " > " + rest);
    lines.flush();
  }

  /// The names from the class on; what stands above it is the engine.
  private String fullName(TestIdentifier test) {
    String name = test.getDisplayName();
    var above = plan.flatMap(tests -> tests.getParent(test));
    while (above.isPresent() && above.get().getParentId().isPresent()) {
      name = above.get().getDisplayName() + " > " + name;
      above = plan.orElseThrow().getParent(above.get());
    }
    return name;
  }
}
