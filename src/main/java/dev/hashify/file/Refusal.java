package dev.hashify.file;

/// Why a path that was considered was left as it was.
///
/// None of these is an error: nothing is wrong with the file, sharing it just would not be safe or
/// is not allowed now. The codes are written into the index; a code is never given a second
/// meaning.
public enum Refusal {
  LINKED_FROM_OUTSIDE(0, "has a name outside the given roots or in an excluded place"),
  OPEN_FOR_WRITING(1, "open for writing"),
  VANISHED(2, "vanished meanwhile"),
  CHANGED(3, "changed meanwhile"),
  NO_LEASES(4, "this file system has no leases, so writers cannot be detected"),
  OWNER_BOUNDARY(5, "its owner cannot be kept"),
  PROJECT_BOUNDARY(6, "its directory belongs to another project quota"),
  IN_USE(7, "in use by a running program"),
  INTERRUPTED(8, "the run was stopped before"),
  READ_ONLY(9, "on a read-only mount"),
  UNSUPPORTED_FLAGS(10, "has inode flags that a shared inode cannot have"),
  NOT_OWNED(11, "owned by someone else, so writers cannot be detected"),
  LINK_LIMIT(12, "the file it would share cannot have more names");

  private final int code;
  private final String text;

  Refusal(int code, String text) {
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

  /// Whether the same answer holds next time as long as the file does not change. The other answers
  /// depend on the moment, so the path is considered anew on the next run.
  public boolean isLasting() {
    return switch (this) {
      case LINKED_FROM_OUTSIDE, OWNER_BOUNDARY, PROJECT_BOUNDARY, UNSUPPORTED_FLAGS -> true;
      // Depends on who runs the program, too.
      case NOT_OWNED -> false;
      case OPEN_FOR_WRITING,
          VANISHED,
          CHANGED,
          NO_LEASES,
          IN_USE,
          INTERRUPTED,
          READ_ONLY,
          LINK_LIMIT ->
          false;
    };
  }
}
