package dev.hashify.plan;

import dev.hashify.file.PathState;
import dev.hashify.file.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The files that may be equal: inodes of one light key.
///
/// Two steps over a [FileTable], once the walk is over. First the names of each inode are gathered;
/// the one with the bytewise smallest base name leads and gives the key. An inode with a name that
/// was not seen, or that is excluded, is refused whole: sharing some of its names would part them
/// from the others. Then leaders of one key are chained. 4 to 12 bytes a row.
public final class KeyGroups {

  private static final int NONE = -1;

  /// Weights of groups have 31 bits, which leaves as many for their numbers.
  private static final long WEIGHT_MAX = Integer.MAX_VALUE;

  private static final long WEIGHT_UNIT_BYTES = 1024;

  private final FileTable table;
  private final Identity identity;
  private final LongIntMap leaders = new LongIntMap();

  /// From a row of an inode with several names to the next one; only for such rows.
  private final LongIntMap nextName = new LongIntMap();

  private int[] heads = new int[0];
  private int[] nextOfKey = new int[0];
  private int[] groups = new int[0];

  private final Surroundings surroundings;

  private KeyGroups(FileTable table, Identity identity, Surroundings surroundings) {
    this.table = table;
    this.identity = identity;
    this.surroundings = surroundings;
  }

  /// What is known of names and inodes beyond the table.
  public interface Surroundings {

    /// Whether the inode is an object of the store: its names may move one by one.
    boolean isObject(long inode);

    /// How many names the inode has in places that count as inside.
    int namesInside(long inode);

    /// Whether to share inodes although some of their names were not seen.
    boolean splitsLinks();

    /// What to say of a file that has more names than were seen.
    default Refusal whyMoreNames() {
      return Refusal.LINKED_FROM_OUTSIDE;
    }

    /// A number for the inode `inode` found in root `root` that no other file of the table has: on
    /// Btrfs, inode numbers repeat between subvolumes.
    default long fileNumber(int root, long inode) {
      return inode;
    }
  }

  /// Groups the candidates of `table`. Sets the state of the names of refused inodes and the key of
  /// inodes with several names.
  public static KeyGroups of(FileTable table, Identity identity, Surroundings surroundings) {
    var groups = new KeyGroups(table, identity, surroundings);
    groups.gatherNames();
    groups.refuseOutside();
    groups.chainKeys();
    return groups;
  }

  private void gatherNames() {
    for (int row = 0; row < table.rows(); row++) {
      if (table.isCandidate(row) && mayHaveSeveralNames(row)) {
        gatherName(row);
      }
    }
  }

  private long file(int row) {
    return surroundings.fileNumber(table.rootOf(table.directoryOf(row)), table.inode(row));
  }

  private void gatherName(int row) {
    long file = file(row);
    int leader = leaders.get(file, NONE);
    if (leader == NONE) {
      leaders.put(file, row);
    } else if (isBefore(row, leader)) {
      leaders.put(file, row);
      nextName.put(row, leader);
    } else {
      nextName.put(row, nextName.get(leader, NONE));
      nextName.put(leader, row);
    }
  }

  /// By base name; equal names by path, so that the leader does not depend on the order of the
  /// walk.
  private boolean isBefore(int row, int other) {
    int byName = table.compareNames(row, other);
    if (byName != 0) {
      return byName < 0;
    }
    int byRoot =
        Integer.compare(
            table.rootOf(table.directoryOf(row)), table.rootOf(table.directoryOf(other)));
    return byRoot != 0 ? byRoot < 0 : table.path(row).compareTo(table.path(other)) < 0;
  }

  /// An object's path may still say how many names its inode had before it was an object.
  private boolean mayHaveSeveralNames(int row) {
    return table.links(row) > 1 || surroundings.isObject(table.inode(row));
  }

  private boolean isLeader(int row) {
    return !mayHaveSeveralNames(row) || leaders.get(file(row), NONE) == row;
  }

  private void refuseOutside() {
    byte refused = PathState.refused(surroundings.whyMoreNames());
    for (int row = 0; row < table.rows(); row++) {
      if (!table.isCandidate(row) || !mayHaveSeveralNames(row) || !isLeader(row)) {
        continue;
      }
      table.setKey(row, fullKey(row));
      int[] names = namesOf(row);
      if (hasOthers(row, names.length) && !surroundings.splitsLinks()) {
        for (int name : names) {
          table.setState(name, refused);
        }
      } else if (isAnyUnsettled(names)) {
        // A directory that moved has its files looked at anew, not their other names.
        for (int name : names) {
          table.setState(name, PathState.UNSETTLED);
        }
      }
    }
  }

  /// Whether the file has names that are neither among its `names` in the table nor inside.
  private boolean hasOthers(int row, int names) {
    long inode = table.inode(row);
    return names + surroundings.namesInside(inode) < table.links(row)
        && !surroundings.isObject(inode);
  }

  /// Whether the names of the file that `leader` leads are to be parted from others of it.
  ///
  /// @param names how many it leads, see [#namesOf]
  public boolean isSplit(int leader, int names) {
    return names < table.links(leader) && hasOthers(leader, names);
  }

  private boolean isAnyUnsettled(int[] names) {
    for (int name : names) {
      if (table.state(name) == PathState.UNSETTLED) {
        return true;
      }
    }
    return false;
  }

  private long fullKey(int row) {
    return identity.key(
        table.nameHash(row, identity),
        table.sizeBytes(row),
        table.mode(row),
        table.uid(row),
        table.gid(row),
        table.modifiedNanos(row));
  }

  private void chainKeys() {
    int candidates = 0;
    for (int row = 0; row < table.rows(); row++) {
      if (table.isCandidate(row) && isLeader(row)) {
        candidates++;
      }
    }
    int size = Math.max(16, Integer.highestOneBit(Math.max(1, candidates)) * 2);
    if (size < candidates * 4L / 3) {
      size *= 2;
    }
    heads = new int[size];
    Arrays.fill(heads, NONE);
    nextOfKey = new int[table.rows()];
    int found = 0;
    int[] firsts = new int[candidates];
    for (int row = 0; row < table.rows(); row++) {
      if (table.isCandidate(row) && isLeader(row)) {
        int slot = slot(table.key(row));
        nextOfKey[row] = heads[slot];
        if (heads[slot] == NONE) {
          firsts[found++] = slot;
        }
        heads[slot] = row;
      }
    }
    groups = Arrays.copyOf(firsts, found);
  }

  private int slot(long key) {
    int mask = heads.length - 1;
    int slot = (int) (key >>> 20) & mask;
    while (heads[slot] != NONE && table.key(heads[slot]) != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /// Numbers the groups anew, those first whose files take most if all of them turn out to be
  /// equal.
  public void largestFirst() {
    long[] order = new long[groups.length];
    for (int i = 0; i < groups.length; i++) {
      int members = 0;
      for (int row = heads[groups[i]]; row != NONE; row = nextOfKey[row]) {
        members++;
      }
      long size = Math.min(WEIGHT_MAX, table.sizeBytes(heads[groups[i]]) / WEIGHT_UNIT_BYTES);
      long weight = Math.min(WEIGHT_MAX, (size + 1) * (members - 1));
      // Ascending by what is left of the greatest weight: the heaviest first, then as they were.
      order[i] = (WEIGHT_MAX - weight) << Integer.SIZE | i;
    }
    Arrays.sort(order);
    int[] sorted = new int[groups.length];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = groups[(int) order[i]];
    }
    groups = sorted;
  }

  /// The number of different keys.
  public int count() {
    return groups.length;
  }

  /// The leading rows of group `number`, at least one; in ascending order.
  public int[] group(int number) {
    int length = 0;
    for (int row = heads[groups[number]]; row != NONE; row = nextOfKey[row]) {
      length++;
    }
    int[] rows = new int[length];
    for (int row = heads[groups[number]]; row != NONE; row = nextOfKey[row]) {
      rows[--length] = row;
    }
    return rows;
  }

  /// All rows that are names of the inode that `leader` leads, the leader first.
  public int[] namesOf(int leader) {
    if (!mayHaveSeveralNames(leader)) {
      return new int[] {leader};
    }
    List<Integer> names = new ArrayList<>();
    for (int row = leader; row != NONE; row = nextName.get(row, NONE)) {
      names.add(row);
    }
    return names.stream().mapToInt(Integer::intValue).toArray();
  }
}
