package dev.hashify.file;

/// Why a path was not considered at all.
///
/// The codes are written into the index; a code is never given a second meaning.
public enum SkipReason {
  SPECIAL_FILE(0, "not a regular file"),
  EXCLUDED(1, "excluded by a rule"),
  EMPTY(2, "empty"),
  TOO_SMALL(3, "smaller than the minimum size"),
  PRIVILEGED(4, "set-uid, set-gid or with file capabilities"),
  IMMUTABLE(5, "made immutable or append-only by someone else"),
  VERITY(6, "sealed by fs-verity by someone else"),
  NO_OWN_CONTENT(7, "no content of its own (overlay metadata copy)"),
  SWAP_FILE(8, "used as swap space"),
  MOUNT_POINT(9, "something is mounted on it"),
  ENCRYPTED(10, "encrypted by the file system"),
  INLINE(11, "so small that its content has no blocks to share"),
  NO_BLOCKS(12, "a hole from start to end, no blocks to share");

  private final int code;
  private final String text;

  SkipReason(int code, String text) {
    this.code = code;
    this.text = text;
  }

  /// The stable number, 0 to 31.
  public int code() {
    return code;
  }

  /// The reason as a phrase for people.
  public String text() {
    return text;
  }
}
