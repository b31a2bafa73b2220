package dev.hashify.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What every phase of a comparison works with.
///
/// @param place the directory everything is below, on the file system that is measured
/// @param tools those that are there and wanted
record Bench(Meter meter, Path place, List<Installed> tools, Options.Limits limits) {

  /// A program that is there.
  record Installed(Tool tool, Path binary, String version) {}

  /// Those that can say what is equal and change nothing.
  List<Installed> lookers() {
    return tools.stream().filter(installed -> installed.tool().canLook()).toList();
  }

  /// Where programs write while they are measured.
  Path scratch() throws IOException {
    return Files.createDirectories(place.resolve("scratch"));
  }

  Path output(Tool tool) throws IOException {
    return scratch().resolve(tool.label + ".out");
  }

  Path list(Tool tool) throws IOException {
    return scratch().resolve(tool.label + ".list");
  }

  /// Runs `command`, which is `tool` doing something.
  Measurement measure(Tool tool, String command) throws IOException {
    Files.deleteIfExists(list(tool));
    Path errors = scratch().resolve(tool.label + ".err");
    return meter.run(command, output(tool), errors, limits.seconds());
  }

  /// What `installed` is given to look through `roots` without changing them. The store is none:
  /// there is no earlier run to profit from.
  Tool.Arguments arguments(Installed installed, List<Path> roots) throws IOException {
    return new Tool.Arguments(
        installed.binary, roots, list(installed.tool), scratch().resolve("no-store"));
  }

  void say(String words) {
    System.err.println("compare: " + words);
  }

  void remove(Path directory) throws IOException {
    Shell.run("rm", "-rf", "--one-file-system", directory.toString());
  }
}
