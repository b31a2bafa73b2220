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
  UNSUPPORTED_FLAGS(10, "its inode flags differ from those of its likes"),
  NOT_OWNED(11, "owned by someone else, so writers cannot be detected"),
  LINK_LIMIT(12, "the file it would share cannot have more names"),
  OTHER_ATTRIBUTES(
      13, "its label, ACL or other extended attributes differ from those of its likes"),
  OTHER_PATH(14, "its path differs, and overlays are or may be mounted with an index"),
  OTHER_OWNER(15, "its owner or group differs from that of its likes"),
  STORED_OTHERWISE(16, "stored in another way than its equals, so that they cannot share blocks"),
  NOT_PERMITTED(17, "owned by someone else or sealed, so that its blocks cannot be exchanged"),
  FIXED_DIRECTORY(18, "its directory is immutable or append-only"),
  OBJECTS_UNKNOWN(19, "may be shared already: not all of the store could be listed");

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
      case LINKED_FROM_OUTSIDE,
          OWNER_BOUNDARY,
          PROJECT_BOUNDARY,
          UNSUPPORTED_FLAGS,
          OTHER_ATTRIBUTES,
          OTHER_OWNER ->
          true;
      // Depends on who runs the program, too.
      case NOT_OWNED, NOT_PERMITTED -> false;
      // Depends on its equals, too.
      case STORED_OTHERWISE -> false;
      // Shows in the directory and not in the file.
      case FIXED_DIRECTORY -> false;
      case OPEN_FOR_WRITING,
          VANISHED,
          CHANGED,
          NO_LEASES,
          IN_USE,
          INTERRUPTED,
          READ_ONLY,
          OBJECTS_UNKNOWN,
          LINK_LIMIT,
          // Depends on how overlays are mounted.
          OTHER_PATH ->
          false;
    };
  }

  /// Whether it says that the file has likes, from which something else than content keeps it
  /// apart; one without that difference may come.
  public boolean isForWantOfPartner() {
    return switch (this) {
      case PROJECT_BOUNDARY, UNSUPPORTED_FLAGS, OTHER_ATTRIBUTES, OTHER_OWNER -> true;
      case LINKED_FROM_OUTSIDE,
          OPEN_FOR_WRITING,
          VANISHED,
          CHANGED,
          NO_LEASES,
          OWNER_BOUNDARY,
          IN_USE,
          INTERRUPTED,
          READ_ONLY,
          NOT_OWNED,
          LINK_LIMIT,
          OTHER_PATH,
          STORED_OTHERWISE,
          NOT_PERMITTED,
          FIXED_DIRECTORY,
          OBJECTS_UNKNOWN ->
          false;
    };
  }
}
