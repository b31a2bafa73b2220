package dev.hashify.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import picocli.CommandLine;

/// What packages ship besides the program: pages for `man` and completion for shells.
///
/// The build calls it; nothing else uses it. All is made from the options of the program, so that
/// it cannot say something else than these.
final class Manual {

  private Manual() {}

  /// Writes `man/PAGE.1.gz` and `completion/{bash,zsh,fish}/...`.
  ///
  /// @param arguments the directory with more sections, as `hashify-unify.man`; the directory to
  ///   write to
  public static void main(String[] arguments) throws IOException {
    Path to = Path.of(arguments[1]);
    for (var page : pages(Path.of(arguments[0])).entrySet()) {
      Path file = to.resolve("man").resolve(page.getKey() + ".1.gz");
      Files.createDirectories(to.resolve("man"));
      // Without a time of its own, so that two builds give the same bytes.
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
        out.write(page.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    for (var script : scripts().entrySet()) {
      Path file = to.resolve("completion").resolve(script.getKey());
      Files.createDirectories(to.resolve("completion"));
      Files.writeString(file, script.getValue());
    }
  }

  /// The scripts, by the names under which the shells look for them.
  static Map<String, String> scripts() {
    Completion completion = Completion.of(program());
    Map<String, String> scripts = new LinkedHashMap<>();
    scripts.put("hashify.bash", ShellScripts.bash(completion));
    scripts.put("_hashify", ShellScripts.zsh(completion));
    scripts.put("hashify.fish", ShellScripts.fish(completion));
    return scripts;
  }

  /// The pages by their names.
  static Map<String, String> pages(Path moreSections) throws IOException {
    CommandLine program = program();
    List<CommandLine> all = new ArrayList<>(List.of(program));
    program.getSubcommands().values().stream().filter(ManPage::hasPage).forEach(all::add);
    Map<String, String> pages = new LinkedHashMap<>();
    for (CommandLine command : all) {
      String name = ManPage.name(command);
      String more = Files.readString(moreSections.resolve(name + ".man"));
      pages.put(name, ManPage.of(program, command, more));
    }
    return pages;
  }

  /// A session that is never run.
  static CommandLine program() {
    var nowhere =
        new PrintWriter(
            new OutputStreamWriter(OutputStream.nullOutputStream(), StandardCharsets.UTF_8));
    return new Session(
            new Surroundings(
                nowhere,
                nowhere,
                Screen.fixed(Screen.Kind.PIPE, 80),
                _ -> {
                  throw new IllegalStateException("a manual runs nothing");
                },
                System::nanoTime,
                new DefaultRules(Optional.empty()),
                new RealPulse(),
                new Interruption(_ -> {}, _ -> {})))
        .program();
  }
}
