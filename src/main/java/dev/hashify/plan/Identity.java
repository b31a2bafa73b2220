package dev.hashify.plan;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.EnumSet;
import java.util.Set;

/// What must be equal for two files to share, as far as a directory listing can tell.
///
/// The light key is a 64-bit hash of name, size, type and permissions, owner, group and mtime, each
/// in a field of fixed width (the name by its own hash). Files of different light keys never share;
/// files of equal light keys are compared in full before anything is decided, so a collision costs
/// time only. Where files share blocks and not an inode, the key is that of name and size alone. It
/// is written into the names of objects and into the index: change [#VERSION] if it changes.
public final class Identity {

  /// The version of the key's encoding, part of every key.
  private static final long VERSION = 1;

  private static final Hasher64 NAMES = Hashing.xxh3_64();

  /// Beside the bits of [IdentityKey]: of all metadata only name and size count.
  private static final int CONTENT_ONLY = 0x100;

  private final Set<IdentityKey> ignored;
  private final Extent extent;

  /// What is asked for each of millions of files.
  private final boolean ignoresName;

  private final boolean ignoresTime;
  private final int bits;

  /// How much of a file sharing makes common.
  public enum Extent {
    /// The inode, with all its metadata.
    INODE,
    /// The blocks; every file keeps its own metadata, so nothing of it has to be equal.
    BLOCKS
  }

  public Identity(Set<IdentityKey> ignored) {
    this(ignored, Extent.INODE);
  }

  public Identity(Set<IdentityKey> ignored, Extent extent) {
    this.ignored = ignored.isEmpty() ? EnumSet.noneOf(IdentityKey.class) : EnumSet.copyOf(ignored);
    this.extent = extent;
    ignoresName = this.ignored.contains(IdentityKey.NAME);
    ignoresTime = this.ignored.contains(IdentityKey.MTIME);
    int all = extent == Extent.BLOCKS ? CONTENT_ONLY : 0;
    for (var key : this.ignored) {
      all |= key.bit();
    }
    bits = all;
  }

  /// How much of a file its equals will have in common.
  public Extent extent() {
    return extent;
  }

  public boolean ignores(IdentityKey key) {
    return ignored.contains(key);
  }

  /// A number for all that decides which files are equal, for fingerprints of options.
  public int bits() {
    return bits;
  }

  /// The part of the key that the name gives; 0 if names are ignored.
  public long nameHash(byte[] names, int from, int length) {
    return ignoresName ? 0 : NAMES.hashBytesToLong(names, from, length);
  }

  /// The light key.
  public long key(long nameHash, long sizeBytes, int mode, int uid, int gid, long modifiedNanos) {
    long key = mix(VERSION + bits, nameHash);
    key = mix(key, sizeBytes);
    if (extent == Extent.BLOCKS) {
      return key;
    }
    key = mix(key, ((long) uid << 32) | (gid & 0xffff_ffffL));
    key = mix(key, mode);
    return ignoresTime ? key : mix(key, modifiedNanos);
  }

  /// The finalizer of MurmurHash3 (Appleby, public domain) over a running state.
  private static long mix(long state, long value) {
    long x = (state * 0x9E37_79B9_7F4A_7C15L) ^ value;
    x = (x ^ (x >>> 33)) * 0xff51_afd7_ed55_8ccdL;
    x = (x ^ (x >>> 33)) * 0xc4ce_b9fe_1a85_ec53L;
    return x ^ (x >>> 33);
  }
}
