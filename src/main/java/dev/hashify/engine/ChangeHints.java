package dev.hashify.engine;

import dev.hashify.file.PathState;
import dev.hashify.file.Refusal;
import dev.hashify.file.SkipReason;
import dev.hashify.file.TreePath;
import dev.hashify.report.PathExplanation.Content;
import dev.hashify.report.PathExplanation.Like;
import dev.hashify.store.Guard;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What to do to have a path decided otherwise, in words.
final class ChangeHints {

  private static final Set<String> DROPPABLE = Set.of("name", "mtime", "xattr");

  private static final String LOOKS_AGAIN = "nothing: the next run looks at it again";

  private ChangeHints() {}

  /// Hints for a file in a state.
  ///
  /// @param below its path below the root
  static List<String> of(byte state, TreePath below, Guard guard, List<Like> likes) {
    List<String> hints = new ArrayList<>();
    switch (state) {
      case PathState.SHARED, PathState.CLONED -> {
        hints.add(
            "'hashify break PATH' gives it a private copy; "
                + rule('-', below)
                + " leaves it alone from then on");
        if (guard == Guard.IMMUTABLE) {
          hints.add("'hashify release ROOT' takes the guard off, so that it can be deleted");
        }
      }
      case PathState.UNIQUE, PathState.UNSETTLED -> {}
      case PathState.PROBLEM -> hints.add("remove the cause; the next run tries again");
      default -> {
        PathState.skipReason(state).flatMap(reason -> skipped(reason, below)).ifPresent(hints::add);
        PathState.refusal(state).flatMap(ChangeHints::refused).ifPresent(hints::add);
      }
    }
    if (!PathState.skipReason(state).isPresent()) {
      // One for each set of differences: the nearest.
      Set<List<String>> seen = new HashSet<>();
      likes.stream()
          .filter(like -> like.content() == Content.EQUAL && seen.add(like.differences()))
          .forEach(like -> like(like).ifPresent(hints::add));
    }
    return hints.stream().distinct().toList();
  }

  private static Optional<String> like(Like like) {
    if (like.differences().isEmpty()) {
      return Optional.empty();
    }
    String differences = String.join(",", like.differences());
    return canBeDropped(like.differences())
        ? Optional.of(
            "'hashify unify --ignore " + differences + "' would let it share with " + like.path())
        : Optional.empty();
  }

  /// Whether `--ignore` can drop all of these parts of the identity.
  static boolean canBeDropped(List<String> differences) {
    return DROPPABLE.containsAll(differences);
  }

  private static Optional<String> skipped(SkipReason reason, TreePath below) {
    return Optional.ofNullable(
        switch (reason) {
          case EXCLUDED -> rule('+', below) + ", before the rule above, takes it";
          case TOO_SMALL -> "'--min-size N' takes smaller files";
          case PRIVILEGED -> "'--include-privileged' takes such files";
          case IMMUTABLE -> "'chattr -i' or '-a', by whoever set it";
          case MOUNT_POINT -> "name what is mounted there as a root of its own";
          case INLINE -> "'--share hardlink' with a guard shares such files, too";
          case SPECIAL_FILE, EMPTY, VERITY, NO_OWN_CONTENT, SWAP_FILE, ENCRYPTED, NO_BLOCKS -> null;
        });
  }

  private static Optional<String> refused(Refusal refusal) {
    return Optional.ofNullable(
        switch (refusal) {
          case LINKED_FROM_OUTSIDE ->
              "give all roots that have its names, or '--inside DIR' for where they are;"
                  + " '--split-links' parts it from them";
          case OPEN_FOR_WRITING -> "stop the program that writes to it; the next run looks again";
          case VANISHED, CHANGED, INTERRUPTED, OBJECTS_UNKNOWN -> LOOKS_AGAIN;
          case IN_USE -> "leave out '--skip-in-use', or stop the program that uses it";
          case READ_ONLY -> "mount its file system for writing";
          case NOT_OWNED, NOT_PERMITTED -> "run as root";
          case FIXED_DIRECTORY -> "'chattr -i -a' of its directory";
          case UNSUPPORTED_FLAGS -> "make 'lsattr' the same for both";
          case PROJECT_BOUNDARY -> "make 'lsattr -p' the same for both";
          case OTHER_ATTRIBUTES -> "make 'getfattr -d -m -' the same for both, or '--ignore xattr'";
          case OTHER_OWNER -> "make owner and group the same for both";
          case OTHER_PATH -> "mount overlays without index and nfs_export";
          case STORED_OTHERWISE, LINK_LIMIT, NO_LEASES, OWNER_BOUNDARY -> null;
        });
  }

  /// A rule that matches this path and no other.
  private static String rule(char sign, TreePath below) {
    var pattern = new StringBuilder();
    for (byte b : below.bytes()) {
      boolean isSpecial = b == '*' || b == '?' || b == '[' || b == '\\';
      pattern.append(isSpecial ? "\\" : "").append((char) (b & 0xff));
    }
    boolean isPlain = below.toString().equals(new String(below.bytes(), StandardCharsets.UTF_8));
    String text =
        new String(
            pattern.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    return isPlain
        ? "the rule '" + sign + "/" + text + "'"
        : "a rule that begins with " + sign + " and matches /" + below;
  }

  /// The stable word of an enum's constant.
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
