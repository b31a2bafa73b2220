package dev.hashify.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The corpora by name. Each is made once for a scale and kept.
enum CorpusKind {
  /// Container roots as people have them.
  ROOTS("roots", 4_500_000_000L, 4_500_000_000L) {
    @Override
    String make(Path directory, Request request) throws IOException {
      return new DebianRoots(request.suite(), request.mirror(), request.kept())
          .make(directory, request.scale());
    }
  },

  /// The published shape of another finder's corpus: one tree, sizes from bytes to 500 MiB.
  YADF("yadf", 28_500_000_000L, 28_500_000_000L) {
    @Override
    String make(Path directory, Request request) throws IOException {
      return YadfTree.scaled(request.scale()).make(directory);
    }
  },

  /// Many small files.
  MILLION("million", 5_500_000_000L, 5_500_000_000L) {
    @Override
    String make(Path directory, Request request) throws IOException {
      return new OverlapTree(Math.round(1_000_000 * request.scale()), OverlapTree.Sizes.SMALL)
          .make(directory);
    }
  },

  /// Entries and hardly any bytes: what is left is the cost of a path.
  TEN_MILLION("ten-million", 46_000_000_000L, 24_000_000_000L) {
    @Override
    String make(Path directory, Request request) throws IOException {
      return new OverlapTree(Math.round(10_000_000 * request.scale()), OverlapTree.Sizes.TINY)
          .make(directory);
    }
  };

  /// What a corpus is made from.
  ///
  /// @param scale 1 for the whole, less for a smaller one
  /// @param suite the Debian release, for the corpora that need one
  /// @param mirror where to get it; empty for what `debootstrap` takes by itself
  /// @param kept a directory for what several corpora are made from
  record Request(double scale, String suite, String mirror, Path kept) {}

  final String label;

  /// What the whole needs on a file system with blocks of 4 KiB, by counting blocks and inodes.
  private final long wholeBytes;

  /// The same on a [LoopVolume], which for tiny files has smaller blocks: with 2 KiB for each there
  /// is an inode for every one of them on ext4, and room for a block of 1 KiB on XFS.
  private final long volumeBytes;

  CorpusKind(String label, long wholeBytes, long volumeBytes) {
    this.label = label;
    this.wholeBytes = wholeBytes;
    this.volumeBytes = volumeBytes;
  }

  /// Makes it in the empty `directory`, one subdirectory for each root.
  ///
  /// @return what it is made of
  abstract String make(Path directory, Request request) throws IOException;

  long bytesNeeded(double scale) {
    return Math.round(wholeBytes * scale) + 64_000_000;
  }

  long volumeBytesNeeded(double scale) {
    return Math.round(volumeBytes * scale) + 64_000_000;
  }

  static CorpusKind named(String label) throws UsageProblem {
    for (CorpusKind kind : values()) {
      if (kind.label.equals(label)) {
        return kind;
      }
    }
    throw new UsageProblem("--corpus " + label + ": roots, yadf, million or ten-million");
  }

  /// The corpus below `place`, made now unless an earlier run made it.
  Corpus find(Path place, Request request) throws IOException {
    String name = request.scale() == 1 ? label : label + "-" + decimals(request.scale());
    Path directory = place.resolve(name);
    // It is written last, so a corpus without it is half made.
    Path made = place.resolve(name + ".description");
    if (!Files.exists(made)) {
      Shell.run("rm", "-rf", "--one-file-system", directory.toString());
      Files.createDirectories(directory);
      System.err.println("compare: making " + name);
      Files.writeString(made, make(directory, request));
    }
    try (Stream<Path> roots = Files.list(directory)) {
      List<Path> sorted = roots.filter(Files::isDirectory).sorted().toList();
      return new Corpus(name, directory, sorted, Files.readString(made));
    }
  }

  private static String decimals(double scale) {
    return new java.math.BigDecimal(Double.toString(scale)).stripTrailingZeros().toPlainString();
  }
}
