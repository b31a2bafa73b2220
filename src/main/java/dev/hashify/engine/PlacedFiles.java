package dev.hashify.engine;

import dev.hashify.index.ObjectEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToLongFunction;

/// The files that have to be read, in groups, with their places on the disk. Some 24 bytes a file.
final class PlacedFiles {

  /// A file that has no place of its own: its content is where its inode is, or nowhere.
  static final long NOWHERE = 0;

  /// Places are compared by whole blocks.
  private static final int BLOCK_BITS = 12;

  /// What a number of a file takes of 63 bits, and what is left for its place.
  private static final int NUMBER_BITS = Integer.SIZE - 1;

  private static final int PLACE_BITS = Long.SIZE - 1 - NUMBER_BITS;

  private int[] leaders = new int[64];
  private long[] places = {};
  private int files;

  private int[] groups = new int[16];
  private int[] starts = new int[16];
  private long[] fileBytes = new long[16];
  private int groupCount;

  /// The groups in the order they are taken.
  private int[] order = {};

  private int[] unread = new int[16];
  private int unreadCount;
  private final List<ObjectEntry> objects = new ArrayList<>();

  /// A group of which nothing is read.
  void addUnread(int number) {
    if (unreadCount == unread.length) {
      unread = Arrays.copyOf(unread, unread.length * 2);
    }
    unread[unreadCount++] = number;
  }

  int[] unread() {
    return Arrays.copyOf(unread, unreadCount);
  }

  /// Begins a group; what is added next belongs to it.
  ///
  /// @param number among all groups
  /// @param bytes what each of its files takes in memory
  void begin(int number, long bytes) {
    if (groupCount == groups.length) {
      groups = Arrays.copyOf(groups, groupCount * 2);
      starts = Arrays.copyOf(starts, groupCount * 2);
      fileBytes = Arrays.copyOf(fileBytes, groupCount * 2);
    }
    groups[groupCount] = number;
    starts[groupCount] = files;
    fileBytes[groupCount++] = bytes;
  }

  /// Adds the file that a row of the table leads.
  void add(int leader) {
    if (files == leaders.length) {
      leaders = Arrays.copyOf(leaders, files * 2);
    }
    leaders[files++] = leader;
  }

  /// Adds an object that no path of this run leads to.
  void add(ObjectEntry object) {
    objects.add(object);
    add(-objects.size());
  }

  int leader(int file) {
    return leaders[file];
  }

  Optional<ObjectEntry> object(int file) {
    int at = -leaders[file] - 1;
    return at < 0 ? Optional.empty() : Optional.of(objects.get(at));
  }

  /// Asks for the place of every file, in the order of the table: inodes as the walk met them.
  void place(IntToLongFunction placeOf) {
    long[] byRow = new long[files];
    for (int file = 0; file < files; file++) {
      byRow[file] = ((long) leaders[file] << Integer.SIZE) + file;
    }
    Arrays.sort(byRow);
    places = new long[files];
    for (long each : byRow) {
      places[(int) each] = placeOf.applyAsLong((int) each);
    }
    order = new int[groupCount];
    Arrays.setAll(order, group -> group);
  }

  /// Takes the groups by the place of their first file on the disk.
  void sortGroups() {
    int shift = shift();
    long[] sorted = new long[groupCount];
    for (int group = 0; group < groupCount; group++) {
      long first = Long.MAX_VALUE;
      for (int file = starts[group]; file < end(group); file++) {
        if (places[file] != NOWHERE) {
          first = Math.min(first, places[file]);
        }
      }
      first = first == Long.MAX_VALUE ? NOWHERE : first;
      sorted[group] = placed(first, shift, group);
    }
    Arrays.sort(sorted);
    for (int at = 0; at < groupCount; at++) {
      order[at] = number(sorted[at]);
    }
  }

  /// By how much places are shifted so that they fit: more than a block on disks beyond 16 TiB.
  private int shift() {
    long last = Arrays.stream(places).max().orElse(0);
    return Math.max(BLOCK_BITS, Long.SIZE - Long.numberOfLeadingZeros(last) - PLACE_BITS);
  }

  /// A number that sorts by place and holds which file or group it is.
  private static long placed(long place, int shift, int number) {
    return (place >>> shift << NUMBER_BITS) + number;
  }

  private static int number(long placed) {
    return (int) (placed & Integer.MAX_VALUE);
  }

  private int end(int group) {
    return group + 1 < groupCount ? starts[group + 1] : files;
  }

  int groups() {
    return groupCount;
  }

  /// The number of the group that is taken as number `at`.
  int group(int at) {
    return groups[order[at]];
  }

  /// Where the pass ends that begins with group `from`: before the group that would make it larger
  /// than `bytesMax`, but behind one.
  int endOfPass(int from, long bytesMax) {
    long bytes = 0;
    int at = from;
    while (at < groupCount) {
      int group = order[at];
      bytes += fileBytes[group] * (end(group) - starts[group]);
      if (at > from && bytes > bytesMax) {
        break;
      }
      at++;
    }
    return at;
  }

  /// The files of the groups from `from` to before `to` in the order they lie in.
  ///
  /// @param onceAPlace whether of those of a group that begin at one place only one is wanted
  int[] inOrder(int from, int to, boolean onceAPlace) {
    int count = 0;
    for (int at = from; at < to; at++) {
      count += end(order[at]) - starts[order[at]];
    }
    int shift = shift();
    long[] sorted = new long[count];
    int used = 0;
    for (int at = from; at < to; at++) {
      int group = order[at];
      for (int file = starts[group]; file < end(group); file++) {
        if (!onceAPlace || isFirstAtItsPlace(group, file)) {
          sorted[used++] = placed(places[file], shift, file);
        }
      }
    }
    Arrays.sort(sorted, 0, used);
    return Arrays.stream(sorted, 0, used).mapToInt(PlacedFiles::number).toArray();
  }

  private boolean isFirstAtItsPlace(int group, int file) {
    if (places[file] == NOWHERE) {
      return true;
    }
    for (int other = starts[group]; other < file; other++) {
      if (places[other] == places[file]) {
        return false;
      }
    }
    return true;
  }
}
