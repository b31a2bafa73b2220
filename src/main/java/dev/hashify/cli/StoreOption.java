package dev.hashify.cli;

import dev.hashify.file.TreePath;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// Which stores, as typed.
final class StoreOption {

  List<TreePath> stores = new ArrayList<>();

  void addTo(CommandSpec spec) {
    spec.addOption(
        Options.list(
            "--store",
            "DIR",
            Options::path,
            typed -> stores = typed,
            "A store to use on its mount, instead of .hashify at the top of the mount. Can be given"
                + " once for each mount."));
  }
}
