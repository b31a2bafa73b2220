package dev.hashify.cli;

import dev.hashify.file.TreePath;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// Which stores, as typed.
final class StoreOption {

  @Option(
      names = "--store",
      paramLabel = "DIR",
      description =
          "A store to use on its mount, instead of .hashify at the top of the mount. Can be given"
              + " once for each mount.")
  List<TreePath> stores = new ArrayList<>();
}
