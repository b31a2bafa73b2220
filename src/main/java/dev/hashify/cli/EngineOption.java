package dev.hashify.cli;

import dev.hashify.file.TreePath;
import dev.hashify.roots.EnginePlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.TypeConversionException;

/// Which container engines, as typed.
final class EngineOption {

  List<EnginePlace> engines = new ArrayList<>();

  void addTo(CommandSpec spec) {
    spec.addOption(
        Options.list(
            "--engine",
            "NAME[=DIR]",
            EngineOption::parse,
            typed -> engines = typed,
            "The roots that a container engine keeps, found by its own configuration: podman,"
                + " docker, containerd, lxc, incus, nspawn or vserver. Of podman, docker and"
                + " containerd the read-only layers of images.",
            "DIR stands for the place in its configuration: podman's graph root, docker's data"
                + " root, containerd's root, the directory of the containers or machines."));
  }

  private static EnginePlace parse(String argument) {
    int equals = argument.indexOf('=');
    String word = equals < 0 ? argument : argument.substring(0, equals);
    if (equals == argument.length() - 1) {
      throw new TypeConversionException("'" + argument + "' is not of the form NAME or NAME=DIR");
    }
    Optional<TreePath> place =
        equals < 0
            ? Optional.empty()
            : Optional.of(ArgumentText.path(argument.substring(equals + 1)));
    return EnginePlace.of(word, place)
        .orElseThrow(() ->
            new TypeConversionException(
                "'" + word + "' is none of " + String.join(", ", EnginePlace.words())));
  }
}
