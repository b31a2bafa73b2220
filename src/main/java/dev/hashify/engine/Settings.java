package dev.hashify.engine;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.hashify.file.TreePath;
import dev.hashify.index.Fingerprint;
import dev.hashify.plan.Identity;
import dev.hashify.select.RuleSet;
import java.util.List;

/// What of a request decides the state of a path, and its fingerprint for the index.
///
/// @param identity what must be equal
/// @param minSizeBytes smaller files are skipped
/// @param includesPrivileged whether set-id files are candidates
/// @param splitsLinks whether an inode may be shared although some of its names were not seen
/// @param inside directories whose names count as seen
record Settings(
    Identity identity,
    long minSizeBytes,
    boolean includesPrivileged,
    boolean splitsLinks,
    List<TreePath> inside) {

  /// Change it when the meaning of recorded states changes.
  private static final int VERSION = 1;

  /// The settings for a store.
  ///
  /// @param extent what files share: decides what of them must be equal
  static Settings of(UnifyRequest request, Identity.Extent extent) {
    return new Settings(
        new Identity(request.ignored(), extent),
        request.minSizeBytes(),
        request.flags().contains(UnifyFlag.INCLUDE_PRIVILEGED),
        request.flags().contains(UnifyFlag.SPLIT_LINKS),
        request.inside().stream().sorted().distinct().toList());
  }

  /// Whether files share blocks and keep their inodes.
  boolean sharesBlocks() {
    return identity.extent() == Identity.Extent.BLOCKS;
  }

  /// What the record of a directory must name to be believed: the same store, rules, options and
  /// path.
  Fingerprint context(long store, RuleSet rules, TreePath path) {
    byte[] bytes = path.bytes();
    HashStream128 stream = options().putLong(store);
    stream.putLong(rules.fingerprint().high()).putLong(rules.fingerprint().low());
    stream.putBytes(bytes).putInt(bytes.length);
    return fingerprint(stream);
  }

  /// The options alone, for what is kept per set of options.
  Fingerprint optionsFingerprint() {
    return fingerprint(options());
  }

  private HashStream128 options() {
    HashStream128 stream =
        Hashing.xxh3_128()
            .hashStream()
            .putInt(VERSION)
            .putInt(identity.bits())
            .putLong(minSizeBytes)
            .putBoolean(includesPrivileged)
            .putBoolean(splitsLinks)
            .putInt(inside.size());
    for (var path : inside) {
      stream.putInt(path.length()).putBytes(path.bytes());
    }
    return stream;
  }

  private static Fingerprint fingerprint(HashStream128 stream) {
    HashValue128 value = stream.get();
    return new Fingerprint(value.getMostSignificantBits(), value.getLeastSignificantBits());
  }
}
