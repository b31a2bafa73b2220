package dev.hashify.engine;

import dev.hashify.file.DirectoryListing;
import dev.hashify.file.FileMode;
import dev.hashify.file.TreePath;
import dev.hashify.index.DirectoryRecord;
import dev.hashify.plan.Identity;
import dev.hashify.plan.IdentityKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A path to explain: what is there now, beside what is recorded of it.
///
/// @param path the real path
/// @param root the recorded root that it lies in
/// @param directory its directory below the root
/// @param directoryInode that of the directory
/// @param listing its directory as it is now
/// @param row its entry there; -1 if it is gone
/// @param record what is recorded of its directory; null if nothing is
/// @param recordedRow its entry there by its name; -1 if it has none
/// @param found its relatives, once they are looked for
record PathInQuestion(
    TreePath path,
    SettledRoots.Entry root,
    TreePath directory,
    long directoryInode,
    DirectoryListing listing,
    int row,
    @Nullable DirectoryRecord record,
    int recordedRow,
    Relatives.Found found) {

  /// Finds the path in its directory and in what is recorded of that.
  static PathInQuestion of(
      TreePath path, SettledRoots.Entry root, Listed listed, @Nullable DirectoryRecord record) {
    byte[] name = path.name();
    int row = -1;
    for (int i = 0; i < listed.listing().count(); i++) {
      if (Arrays.equals(listed.listing().name(i), name) && !listed.listing().isVanished(i)) {
        row = i;
      }
    }
    int recordedRow = -1;
    for (int at = 0; record != null && at < record.count(); at++) {
      if (Arrays.equals(record.name(at), name)) {
        recordedRow = at;
      }
    }
    return new PathInQuestion(
        path,
        root,
        root.path().relativize(path.parent()),
        listed.inode(),
        listed.listing(),
        row,
        record,
        recordedRow,
        new Relatives.Found());
  }

  /// A directory as it is now.
  record Listed(long inode, DirectoryListing listing) {}

  TreePath below() {
    return root.path().relativize(path);
  }

  boolean isNamed(byte[] name) {
    return Arrays.equals(path.name(), name);
  }

  boolean isThere() {
    return row >= 0;
  }

  /// Whether it is a file whose relatives can be looked for.
  boolean isReadable() {
    return isThere() && listing.failure(row).isEmpty() && listing.isRegular(row);
  }

  long sizeBytes() {
    return isReadable() ? listing.sizeBytes(row) : -1;
  }

  long inode() {
    return isThere() ? listing.inode(row) : 0;
  }

  /// Whether it is as it was recorded.
  boolean isAsRecorded() {
    return record != null && isThere() && record.find(listing, row) == recordedRow;
  }

  /// What has happened to it since it was recorded.
  List<String> changes() {
    List<String> changes = new ArrayList<>();
    if (record == null || recordedRow < 0 || !isThere() || isAsRecorded()) {
      return changes;
    }
    int at = recordedRow;
    if (record.inode(at) != listing.inode(row)) {
      changes.add("replaced by another file");
    }
    if (record.sizeBytes(at) != listing.sizeBytes(row)) {
      changes.add("size was " + record.sizeBytes(at));
    }
    addIf(changes, record.modifiedNanos(at) != listing.modifiedNanos(row), "mtime moved");
    addIf(changes, record.mode(at) != listing.mode(row), "mode changed");
    addIf(changes, isOfOtherOwner(record, at), "owner changed");
    addIf(changes, record.attributes(at) != listing.attributes(row), "inode flags changed");
    addIf(changes, record.links(at) != listing.links(row), "number of links changed");
    addIf(changes, changes.isEmpty(), "touched: its ctime moved");
    return changes;
  }

  private static void addIf(List<String> changes, boolean is, String what) {
    if (is) {
      changes.add(what);
    }
  }

  /// What differs between it and a recorded file of its size, of what must be equal.
  List<String> differences(DirectoryRecord other, int at, Identity identity) {
    List<String> differences = new ArrayList<>();
    addIf(differences, !identity.ignores(IdentityKey.NAME) && !isNamed(other.name(at)), "name");
    if (identity.extent() == Identity.Extent.BLOCKS) {
      return differences;
    }
    addIf(
        differences,
        !identity.ignores(IdentityKey.MTIME)
            && other.modifiedNanos(at) != listing.modifiedNanos(row),
        "mtime");
    addIf(differences, isOfOtherOwner(other, at), "owner");
    int permissions = other.mode(at) ^ listing.mode(row);
    addIf(differences, (permissions & FileMode.PERMISSION_MASK) != 0, "mode");
    return differences;
  }

  private boolean isOfOtherOwner(DirectoryRecord other, int at) {
    return other.uid(at) != listing.uid(row) || other.gid(at) != listing.gid(row);
  }
}
