package dev.hashify.engine;

import dev.hashify.file.TreePath;
import dev.hashify.plan.LongIntMap;
import dev.hashify.report.RootSpace;
import dev.hashify.report.Space;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Adds up which root uses which content, a file at a time.
///
/// Of a file without partner nothing is kept. Of a shared content are kept its key, its size, the
/// part of the tree it was first seen in and one bit a root: some 50 bytes at 64 roots. One thread.
final class SpaceSurvey {

  /// Between how many roots the common content is told.
  private static final int MATRIX_MAX = 30;

  /// Different sets of roots that are kept apart for the matrix; contents of further sets are added
  /// up pair by pair, which is the same but slower.
  private static final int SETS_MAX = 10_000;

  private final List<SurveyedRoot> roots = new ArrayList<>();
  private final int words;

  private final LongIntMap places = new LongIntMap();
  private final LongIntMap linked = new LongIntMap();
  private long[] sizeBytes = new long[64];
  private int[] firstPart = new int[64];
  private long[] users;
  private int contents;

  private int root;
  private int part;

  /// @param paths the roots
  SpaceSurvey(List<TreePath> paths) {
    paths.forEach(path -> roots.add(new SurveyedRoot(path)));
    words = (paths.size() + 63) / 64;
    users = new long[64 * words];
  }

  /// What follows lies in `directory` of the root at `position`.
  void enter(int position, TreePath directory) {
    root = position;
    part = roots.get(position).part(directory);
  }

  /// A file that shares with none.
  ///
  /// @param file a number of the inode that no other file has
  /// @return whether the file was not seen before under another name
  boolean alone(long file, int links, long bytes) {
    roots.get(root).files++;
    if (links > 1) {
      if (linked.contains(file)) {
        return false;
      }
      linked.put(file, 1);
    }
    roots.get(root).addOwn(part, bytes);
    return true;
  }

  /// A name of a file with shared content.
  ///
  /// @param file a number of the inode that no other file has
  /// @param content the same for all files that share it, and for no other content
  /// @return whether the content was not seen before
  boolean shared(long file, int links, long content, long bytes) {
    if (links > 1) {
      if (linked.contains(file)) {
        roots.get(root).files++;
        return false;
      }
      linked.put(file, 1);
    }
    return shared(content, bytes);
  }

  /// A name of an inode that is shared content itself.
  ///
  /// @param content the same for all its names, and for no other content
  /// @return whether the content was not seen before
  boolean shared(long content, long bytes) {
    roots.get(root).files++;
    int at = places.get(content, -1);
    boolean isNew = at < 0;
    if (isNew) {
      at = add(content, bytes);
    }
    int word = at * words + root / 64;
    long bit = 1L << root % 64;
    if ((users[word] & bit) == 0) {
      users[word] |= bit;
      roots.get(root).addShared(part, sizeBytes[at]);
    }
    return isNew;
  }

  private int add(long content, long bytes) {
    int at = contents++;
    if (at == sizeBytes.length) {
      sizeBytes = Arrays.copyOf(sizeBytes, at * 2);
      firstPart = Arrays.copyOf(firstPart, at * 2);
      users = Arrays.copyOf(users, users.length * 2);
    }
    places.put(content, at);
    sizeBytes[at] = bytes;
    firstPart[at] = part;
    return at;
  }

  /// The result; the last call.
  ///
  /// @param partsMax how many parts of each root are told, the largest
  Space result(int partsMax) {
    for (int at = 0; at < contents; at++) {
      int only = onlyUser(at);
      if (only >= 0) {
        roots.get(only).moveToOwn(firstPart[at], sizeBytes[at]);
      }
    }
    List<RootSpace> all = roots.stream().map(each -> each.result(partsMax)).toList();
    return new Space(all, matrix(all));
  }

  /// The root that uses the content if there is no other; -1 if there is.
  private int onlyUser(int at) {
    int only = -1;
    for (int word = 0; word < words; word++) {
      long bits = users[at * words + word];
      if (bits != 0 && (only >= 0 || Long.bitCount(bits) > 1)) {
        return -1;
      }
      only = bits == 0 ? only : word * 64 + Long.numberOfTrailingZeros(bits);
    }
    return only;
  }

  private Space.Matrix matrix(List<RootSpace> all) {
    List<Integer> largest =
        IntStream.range(0, all.size())
            .boxed()
            .sorted(
                Comparator.comparingLong((Integer at) -> all.get(at).aloneBytes())
                    .reversed()
                    .thenComparing(Comparator.naturalOrder()))
            .limit(MATRIX_MAX)
            .toList();
    var pairs = new long[largest.size()][largest.size()];
    Map<Integer, Long> bySet = new HashMap<>();
    for (int at = 0; at < contents; at++) {
      int set = setOf(at, largest);
      if (Integer.bitCount(set) < 2) {
        continue;
      }
      if (bySet.size() < SETS_MAX || bySet.containsKey(set)) {
        bySet.merge(set, sizeBytes[at], Long::sum);
      } else {
        addPairs(pairs, set, sizeBytes[at]);
      }
    }
    bySet.forEach((set, bytes) -> addPairs(pairs, set, bytes));
    List<List<Long>> rows = new ArrayList<>();
    for (int row = 0; row < pairs.length; row++) {
      pairs[row][row] = all.get(largest.get(row)).aloneBytes();
      rows.add(Arrays.stream(pairs[row]).boxed().toList());
    }
    return new Space.Matrix(largest, rows);
  }

  private int setOf(int at, List<Integer> largest) {
    int set = 0;
    for (int i = 0; i < largest.size(); i++) {
      int user = largest.get(i);
      set |= (int) (users[at * words + user / 64] >>> user % 64 & 1) << i;
    }
    return set;
  }

  private static void addPairs(long[][] pairs, int set, long bytes) {
    for (int one = set; one != 0; one &= one - 1) {
      for (int other = set; other != 0; other &= other - 1) {
        pairs[Integer.numberOfTrailingZeros(one)][Integer.numberOfTrailingZeros(other)] += bytes;
      }
    }
  }
}
