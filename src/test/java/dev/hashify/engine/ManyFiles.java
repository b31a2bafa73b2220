package dev.hashify.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Some hundred files more for [ThreeRoots], most of them equal in all roots, so that a run over
/// them takes several batches.
final class ManyFiles {

  private static final int CONTENTS = 120;
  private static final int DIRECTORIES = 8;
  private static final int SIZE_MIN_BYTES = 20;
  private static final int SIZE_MAX_BYTES = 12_000;
  private static final long MODIFIED = 1_600_000_000_987_654_321L;

  private final ThreeRoots roots;

  ManyFiles(ThreeRoots roots) {
    this.roots = roots;
  }

  /// Makes them in all roots.
  void make() throws IOException {
    for (int i = 0; i < CONTENTS; i++) {
      for (String root : List.of("a", "b", "c")) {
        make(root, i, i);
      }
    }
    roots.settleTimes();
  }

  /// Writes those of one root anew, as an installation that has just ended did: equal to the
  /// others', and in memory only.
  void rewrite(String root) throws IOException {
    for (int i = 0; i < CONTENTS; i++) {
      remove(root, i);
      make(root, i, i);
    }
  }

  /// What an upgrade of a package in two of the roots does.
  void upgrade() throws IOException {
    for (int i = 0; i < CONTENTS; i += 3) {
      for (String root : List.of("b", "c")) {
        remove(root, i);
        make(root, i, CONTENTS + i);
      }
    }
    for (int i = 0; i < CONTENTS; i += 10) {
      remove("c", i);
    }
  }

  private void make(String root, int number, int content) throws IOException {
    Tree tree = roots.tree;
    String path = path(root, number);
    tree.bytes(path, content(content));
    if (number % 7 == 0) {
      tree.owner(path, 1000, 100);
    }
    if (number % 9 == 0) {
      tree.mode(path, 0750);
    }
    if (number % 11 == 0) {
      tree.attribute(path, "user.origin", "a package".getBytes(UTF_8));
    }
    if (isPair(number)) {
      tree.hardLink(path, path + ".too");
    }
    tree.modified(path, MODIFIED + content);
  }

  private void remove(String root, int number) throws IOException {
    String path = path(root, number);
    roots.tree.remove(path);
    if (isPair(number)) {
      roots.tree.remove(path + ".too");
    }
  }

  private static boolean isPair(int number) {
    return number % 20 == 5;
  }

  private static String path(String root, int number) {
    return ThreeRoots.at(root + "/many/d" + number % DIRECTORIES + "/f" + number);
  }

  private static byte[] content(int number) {
    var random = new Random(number);
    byte[] content = new byte[random.nextInt(SIZE_MIN_BYTES, SIZE_MAX_BYTES)];
    Arrays.fill(content, (byte) 'm');
    byte[] start = new byte[SIZE_MIN_BYTES];
    random.nextBytes(start);
    System.arraycopy(start, 0, content, 0, start.length);
    return content;
  }
}
