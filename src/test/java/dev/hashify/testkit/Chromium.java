package dev.hashify.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// A browser without a window, for pages of ours.
///
/// Where there is none the test is skipped, unless the environment variable
/// `HASHIFY_REQUIRE_BROWSER` is `true`: then it fails, so that a build that was meant to look at
/// pages does not pass without.
public final class Chromium {

  private static final String REQUIRE = "HASHIFY_REQUIRE_BROWSER";

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");

  private final String program;
  private final Path home;

  /// How the page is to look.
  public enum Scheme {
    LIGHT,
    DARK
  }

  private Chromium(String program, Path home) {
    this.program = program;
    this.home = home;
  }

  /// The browser of this machine, which leaves its files in `home`.
  public static Chromium in(Path home) {
    Optional<String> program = find();
    if (program.isEmpty() && "true".equals(System.getenv(REQUIRE))) {
      throw new AssertionError("there is no browser: none of " + NAMES + " is on the PATH");
    }
    Assumptions.assumeTrue(program.isPresent(), "no browser");
    return new Chromium(program.orElseThrow(), home);
  }

  private static Optional<String> find() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return NAMES.stream()
        .flatMap(name -> Stream.of(path.split(":")).map(place -> Path.of(place, name)))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  /// The document of `page` as it is once it has been loaded and its scripts have run.
  public String document(Path page, Scheme scheme) throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            program,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-extensions",
            "--disable-sync",
            "--no-first-run",
            "--allow-file-access-from-files",
            "--virtual-time-budget=20000",
            "--user-data-dir=" + home,
            "--blink-settings=preferredColorScheme=" + (scheme == Scheme.DARK ? 0 : 1),
            "--dump-dom",
            page.toUri().toString()));
    // What it says on standard error is about the machine, not the page.
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    process.getOutputStream().close();
    String document = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = Command.waitFor(process);
    if (code != 0) {
      throw new IOException(program + ": exit " + code);
    }
    return document;
  }
}
