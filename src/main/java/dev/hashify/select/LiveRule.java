package dev.hashify.select;

import java.util.List;

/// A rule in a directory at or below which it can still match something, with as much of the
/// matching as the directory's own path decides already done.
///
/// Immutable; the same object serves in all directories that add nothing to what is known, so that
/// equal sets of rules can be told by identity.
final class LiveRule {

  private final Decision.ByRule decision;
  private final Glob glob;
  private final int lengthMin;
  private final int lastByte;
  private final int lastSlash;

  /// How many segments the directory's path has consumed for good. 0 as long as the head is not yet
  /// matched in full.
  private final int segmentsDone;

  /// Where the path behind those segments goes on.
  private final int resumeAt;

  private LiveRule(Decision.ByRule decision, int segmentsDone, int resumeAt) {
    this.decision = decision;
    this.glob = decision.rule().glob();
    this.lengthMin = glob.lengthMin();
    this.lastByte = glob.lastByte();
    this.lastSlash = glob.head().lastSlash();
    this.segmentsDone = segmentsDone;
    this.resumeAt = resumeAt;
  }

  /// The rule before anything is known of the path.
  static LiveRule of(Rule rule) {
    return new LiveRule(new Decision.ByRule(rule), 0, 0);
  }

  Decision.ByRule decision() {
    return decision;
  }

  /// The byte with which a matching path ends, or -1 if there are several.
  int lastByte() {
    return lastByte;
  }

  /// Whether no directory tells it anything, so that it is the same everywhere.
  boolean isSettled() {
    return glob.shape() == Glob.Shape.SUFFIX;
  }

  /// Whether it can match anything below a subdirectory of the directory it was made for.
  ///
  /// @param directory the path of the subdirectory, `/` at both ends
  /// @param known how many of its bytes are the path of the directory above
  boolean canMatchBelow(byte[] directory, int known) {
    return glob.shape() != Glob.Shape.NEVER && (segmentsDone > 0 || headAgrees(directory, known));
  }

  private boolean headAgrees(byte[] directory, int known) {
    Segment head = glob.head();
    if (!glob.hasStar() && head.length() <= directory.length) {
      return false;
    }
    int to = Math.min(head.length(), directory.length);
    return to <= known || head.matchesPart(known, to - known, directory, known);
  }

  /// The rule for what is below `directory`; this one if nothing more is known there.
  ///
  /// A segment found in full within the directory's path is at its first place in every path below,
  /// so it need not be looked for again.
  ///
  /// @param directory the path of the subdirectory, `/` at both ends
  /// @param known how many of its bytes are the path of the directory above
  LiveRule advance(byte[] directory, int known) {
    if (glob.shape() != Glob.Shape.GENERAL) {
      return this;
    }
    List<Segment> segments = glob.segments();
    int done = segmentsDone;
    int at = resumeAt;
    if (done == 0) {
      if (segments.size() == 1 || glob.head().length() > directory.length) {
        return this;
      }
      done = 1;
      at = glob.head().length();
    } else if (done < segments.size() - 1) {
      // The path of the directory above has been searched already.
      at = Math.max(at, known - segments.get(done).length() + 1);
    }
    while (done < segments.size() - 1) {
      int found = find(segments.get(done), directory, at);
      if (found < 0) {
        break;
      }
      at = found + segments.get(done).length();
      done++;
    }
    return done == segmentsDone ? this : new LiveRule(decision, done, at);
  }

  private static int find(Segment segment, byte[] text, int from) {
    for (int at = from; at + segment.length() <= text.length; at++) {
      if (segment.matchesPart(0, segment.length(), text, at)) {
        return at;
      }
    }
    return -1;
  }

  /// Whether it matches every path below `directory`.
  boolean matchesAllBelow(byte[] directory) {
    if (!glob.hasStar() || !glob.tail().isEmpty()) {
      return false;
    }
    return switch (glob.shape()) {
      case PREFIX -> glob.head().length() <= directory.length;
      case GENERAL -> segmentsDone == glob.segments().size() - 1;
      // `*` alone has both shapes and is PREFIX.
      case EXACT, SUFFIX, NEVER -> false;
    };
  }

  /// Whether it can match a direct child of a directory whose path has `directoryLength` bytes. A
  /// child's name has no `/`, so a pattern that asks for one behind the directory's path is for
  /// deeper paths.
  boolean canMatchChild(int directoryLength) {
    return segmentsDone > 0 || lastSlash < directoryLength;
  }

  /// Whether it matches the child of `directory` whose name is the `length` bytes from `from` on.
  boolean matches(byte[] directory, byte[] names, int from, int length) {
    int total = directory.length + length;
    if (total < lengthMin) {
      return false;
    }
    return switch (glob.shape()) {
      case EXACT -> total == lengthMin && headMatches(directory, names, from);
      case PREFIX -> headMatches(directory, names, from);
      case SUFFIX -> glob.tail().matchesAcross(directory, names, from, total - lengthMin);
      case GENERAL -> matchesGeneral(directory, names, from, length);
      case NEVER -> false;
    };
  }

  /// What the directory's path has of the head was compared on entering it.
  private boolean headMatches(byte[] directory, byte[] names, int from) {
    int known = directory.length;
    int rest = glob.head().length() - known;
    return rest <= 0 || glob.head().matchesPart(known, rest, names, from);
  }

  private boolean matchesGeneral(byte[] directory, byte[] names, int from, int length) {
    int total = directory.length + length;
    if (!glob.hasStar()) {
      return total == lengthMin && headMatches(directory, names, from);
    }
    int tailAt = total - glob.tail().length();
    if (!glob.tail().matchesAcross(directory, names, from, tailAt)) {
      return false;
    }
    int at = resumeAt;
    int next = segmentsDone;
    if (next == 0) {
      if (!headMatches(directory, names, from)) {
        return false;
      }
      at = glob.head().length();
      next = 1;
    }
    List<Segment> segments = glob.segments();
    boolean first = true;
    for (; next < segments.size() - 1; next++) {
      Segment segment = segments.get(next);
      // Entering the directory has shown that the next segment is not in its path as a whole.
      int start = first ? Math.max(at, directory.length - segment.length() + 1) : at;
      at = findAcross(segment, directory, names, from, start, tailAt);
      if (at < 0) {
        return false;
      }
      first = false;
    }
    return at <= tailAt;
  }

  /// The end of the first place of `segment` between `start` and `end`, or -1.
  private static int findAcross(
      Segment segment, byte[] directory, byte[] names, int from, int start, int end) {
    for (int at = start; at + segment.length() <= end; at++) {
      if (segment.matchesAcross(directory, names, from, at)) {
        return at + segment.length();
      }
    }
    return -1;
  }
}
