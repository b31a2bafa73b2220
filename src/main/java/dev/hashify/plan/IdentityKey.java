package dev.hashify.plan;

/// The parts of the identity that a user may drop with `--ignore`. Content, size, owner, group,
/// mode, inode flags and project can never be dropped.
public enum IdentityKey {
  NAME(1),
  MTIME(2),
  XATTR(4);

  private final int bit;

  IdentityKey(int bit) {
    this.bit = bit;
  }

  /// A stable bit, for fingerprints.
  int bit() {
    return bit;
  }
}
