package dev.hashify.cli;

import picocli.CommandLine.Model.CommandSpec;

/// How results are printed, as typed.
final class FormatOption {

  Format format = Format.TEXT;

  void addTo(CommandSpec spec) {
    spec.addOption(
        Options.value(
            "--format",
            "text|ndjson",
            Words.of(Format.class),
            typed -> format = typed,
            "The form of standard output. Default: text."));
  }
}
