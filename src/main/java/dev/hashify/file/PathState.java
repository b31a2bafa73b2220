package dev.hashify.file;

import java.util.Optional;

/// What became of a path, in one byte: the form in which millions of outcomes are kept and written.
///
/// `0` unsettled, `1` unique, `2` shared, `3` problem, `4` cloned, `0x20`+code skipped, `0x40`+code
/// refused.
public final class PathState {

  /// Not decided yet, or to be decided anew.
  public static final byte UNSETTLED = 0;

  /// No partner.
  public static final byte UNIQUE = 1;

  /// Its inode is an object of the store.
  public static final byte SHARED = 2;

  /// Something failed; to be tried again.
  public static final byte PROBLEM = 3;

  /// Its blocks are those of its equals, under an inode of its own. Nothing of the file shows it,
  /// so unlike [#SHARED] it is believed only while every time of the file is as it was.
  public static final byte CLONED = 4;

  private static final int SKIPPED = 0x20;
  private static final int REFUSED = 0x40;
  private static final int CODE_MASK = 0x1f;

  private static final SkipReason[] SKIPS = new SkipReason[CODE_MASK + 1];
  private static final Refusal[] REFUSALS = new Refusal[CODE_MASK + 1];

  static {
    for (var reason : SkipReason.values()) {
      SKIPS[reason.code()] = reason;
    }
    for (var refusal : Refusal.values()) {
      REFUSALS[refusal.code()] = refusal;
    }
  }

  private PathState() {}

  public static byte skipped(SkipReason reason) {
    return (byte) (SKIPPED | reason.code());
  }

  public static byte refused(Refusal refusal) {
    return (byte) (REFUSED | refusal.code());
  }

  /// The reason, if `state` says skipped.
  public static Optional<SkipReason> skipReason(byte state) {
    return (state & ~CODE_MASK) == SKIPPED
        ? Optional.ofNullable(SKIPS[state & CODE_MASK])
        : Optional.empty();
  }

  /// The reason, if `state` says refused.
  public static Optional<Refusal> refusal(byte state) {
    return (state & ~CODE_MASK) == REFUSED
        ? Optional.ofNullable(REFUSALS[state & CODE_MASK])
        : Optional.empty();
  }

  /// Whether the path has no partner among the files there were: none at all, or none but such as
  /// something else than content keeps apart. Either is over once a new file is equal to it.
  public static boolean isAlone(byte state) {
    return state == UNIQUE || refusal(state).map(Refusal::isForWantOfPartner).orElse(false);
  }

  /// Whether the answer still holds on the next run if neither the file nor the rules changed.
  public static boolean isSettled(byte state) {
    return switch (state) {
      case UNSETTLED, PROBLEM -> false;
      case UNIQUE, SHARED, CLONED -> true;
      default ->
          skipReason(state).isPresent() || refusal(state).map(Refusal::isLasting).orElse(false);
    };
  }
}
