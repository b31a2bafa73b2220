package dev.hashify.benchmarks.compare;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/// One tree in the shape of the corpus that yadf's published figures are about.
///
/// The same as there: 150,000 files and a manifest; 585 directories, eight in each, three deep,
/// files spread evenly; sizes log-normal with a median of 8 KiB and a sigma of 2.5, from 8 bytes to
/// 500 MiB; 15 % of the files in groups of two to five equal ones; 5 % in pairs of one size that
/// share their first 4 KiB and differ after it. Not the same: the random numbers, so bytes, sizes
/// and the exact number of groups are others; and with a scale below 1 every size is multiplied by
/// it.
record YadfTree(int files, double scale, int biggest) {

  private static final int FILES = 150_000;
  private static final int BIGGEST_BYTES = 500 * 1024 * 1024;
  private static final long SEED = 42;

  private static final double EQUAL_SHARE = 0.15;
  private static final double PAIR_SHARE = 0.05;
  private static final double SIGMA = 2.5;
  private static final int MEDIAN_BYTES = 8 * 1024;
  private static final int LEAST_BYTES = 8;
  private static final int COMMON_HEAD_BYTES = 4 * 1024;
  private static final int FANOUT = 8;
  private static final int DEPTH = 3;
  private static final int CHUNK_BYTES = 1024 * 1024;

  /// What was made, for the manifest.
  private record Made(int groups, int pairs, long bytes) {}

  static YadfTree scaled(double scale) {
    return new YadfTree(FILES, scale, (int) (BIGGEST_BYTES * scale));
  }

  /// Makes the tree as the one root `tree` below `directory`.
  ///
  /// @return what it is
  String make(Path directory) throws IOException {
    Path tree = directory.resolve("tree");
    var random = new SplittableRandom(SEED);
    List<Path> directories = directories(tree);
    Made made = write(directories, random);
    String text =
        String.format(
            Locale.ROOT,
            "%,d files, %,d bytes, %,d groups of equal files and %,d pairs that differ after 4 KiB;"
                + " seed %d, sizes times %s; the shape of yadf's `gen-corpus.py --files 150000"
                + " --dup-ratio 0.15 --collide-prefix 0.05`, other random numbers",
            files + 1,
            made.bytes,
            made.groups,
            made.pairs,
            SEED,
            scale);
    Files.writeString(tree.resolve("manifest.json"), "{\"made\": \"" + text + "\"}\n");
    return text;
  }

  private static List<Path> directories(Path tree) throws IOException {
    var all = new ArrayList<Path>(List.of(tree));
    List<Path> level = List.of(tree);
    for (int depth = 0; depth < DEPTH; depth++) {
      var next = new ArrayList<Path>();
      for (Path parent : level) {
        for (int child = 0; child < FANOUT; child++) {
          next.add(parent.resolve("d" + depth + "_" + child));
        }
      }
      all.addAll(next);
      level = next;
    }
    for (Path directory : all) {
      Files.createDirectories(directory);
    }
    return all;
  }

  private Made write(List<Path> directories, SplittableRandom random) throws IOException {
    int equal = (int) Math.round(files * EQUAL_SHARE);
    int paired = (int) Math.round(files * PAIR_SHARE);
    int groups = 0;
    int pairs = 0;
    long bytes = 0;
    int file = 0;
    while (file < equal) {
      int members = Math.min(equal - file, random.nextInt(2, 6));
      groups += members > 1 ? 1 : 0;
      long size = size(random, LEAST_BYTES);
      long seed = random.nextLong();
      for (int member = 0; member < members; member++) {
        bytes += writeFile(any(directories, random).resolve("d" + file++), size, seed, seed);
      }
    }
    while (file + 2 <= equal + paired) {
      long size = size(random, 2 * COMMON_HEAD_BYTES);
      long head = random.nextLong();
      bytes += writeFile(any(directories, random).resolve("c" + file++), size, head, head + 1);
      bytes += writeFile(any(directories, random).resolve("c" + file++), size, head, head + 2);
      pairs++;
    }
    while (file < files) {
      long seed = random.nextLong();
      Path path = any(directories, random).resolve("u" + file++);
      bytes += writeFile(path, size(random, LEAST_BYTES), seed, seed);
    }
    return new Made(groups, pairs, bytes);
  }

  private static Path any(List<Path> directories, SplittableRandom random) {
    return directories.get(random.nextInt(directories.size()));
  }

  private long size(SplittableRandom random, int least) {
    double size = Math.exp(Math.log(MEDIAN_BYTES) + SIGMA * random.nextGaussian()) * scale;
    return (long) Math.clamp(size, least, Math.max(least, biggest));
  }

  private static long writeFile(Path path, long size, long headSeed, long restSeed)
      throws IOException {
    try (OutputStream out = Files.newOutputStream(path)) {
      long head = Math.min(size, COMMON_HEAD_BYTES);
      writeRandom(out, head, new SplittableRandom(headSeed));
      writeRandom(out, size - head, new SplittableRandom(~restSeed));
    }
    return size;
  }

  private static void writeRandom(OutputStream out, long size, SplittableRandom random)
      throws IOException {
    for (long left = size; left > 0; left -= CHUNK_BYTES) {
      byte[] chunk = new byte[(int) Math.min(left, CHUNK_BYTES)];
      random.nextBytes(chunk);
      out.write(chunk);
    }
  }
}
