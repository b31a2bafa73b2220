package dev.hashify.plan;

import java.util.Arrays;

/// Numbers for the few combinations of mode, owner, group and attributes that a tree has, so that a
/// row holds four bytes instead of sixteen.
final class FileKinds {

  private int[] columns = new int[4 * 64];
  private int[] table = new int[256];
  private int count;

  /// The number of this combination, made on first sight.
  int of(int mode, int uid, int gid, int attributes) {
    if (count * 2 >= table.length) {
      grow();
    }
    int slot = slot(mode, uid, gid, attributes);
    while (table[slot] != 0) {
      int kind = table[slot] - 1;
      if (mode(kind) == mode
          && uid(kind) == uid
          && gid(kind) == gid
          && attributes(kind) == attributes) {
        return kind;
      }
      slot = (slot + 1) & (table.length - 1);
    }
    if ((count + 1) * 4 > columns.length) {
      columns = Arrays.copyOf(columns, columns.length * 2);
    }
    columns[count * 4] = mode;
    columns[count * 4 + 1] = uid;
    columns[count * 4 + 2] = gid;
    columns[count * 4 + 3] = attributes;
    table[slot] = ++count;
    return count - 1;
  }

  private void grow() {
    table = new int[table.length * 2];
    for (int kind = 0; kind < count; kind++) {
      int slot = slot(mode(kind), uid(kind), gid(kind), attributes(kind));
      while (table[slot] != 0) {
        slot = (slot + 1) & (table.length - 1);
      }
      table[slot] = kind + 1;
    }
  }

  private int slot(int mode, int uid, int gid, int attributes) {
    int hash = ((mode * 31 + uid) * 31 + gid) * 31 + attributes;
    return (hash ^ (hash >>> 15)) * 0x2c1b_3c6d & (table.length - 1);
  }

  int mode(int kind) {
    return columns[kind * 4];
  }

  int uid(int kind) {
    return columns[kind * 4 + 1];
  }

  int gid(int kind) {
    return columns[kind * 4 + 2];
  }

  int attributes(int kind) {
    return columns[kind * 4 + 3];
  }
}
