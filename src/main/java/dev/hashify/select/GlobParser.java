package dev.hashify.select;

import java.util.ArrayList;
import java.util.List;

/// Turns a pattern as written into a [Glob] and says what is odd about it.
///
/// Every pattern has a meaning, as for fnmatch; a flaw is a reason to believe that it is not the
/// meaning its author had in mind.
final class GlobParser {

  /// A pattern and its flaws, as phrases for people.
  record Parsed(Glob glob, List<String> flaws) {
    Parsed {
      flaws = List.copyOf(flaws);
    }
  }

  private final byte[] pattern;
  private final List<Segment> segments = new ArrayList<>();
  private final List<Element> elements = new ArrayList<>();
  private final List<String> flaws = new ArrayList<>();
  private boolean malformed;
  private int at;

  private GlobParser(byte[] pattern) {
    this.pattern = pattern;
  }

  static Parsed parse(byte[] pattern) {
    return new GlobParser(pattern).parse();
  }

  private Parsed parse() {
    while (at < pattern.length) {
      readElement();
    }
    endSegment();
    Glob glob = Glob.of(segments);
    if (malformed) {
      glob = new Glob(glob.segments(), Glob.Shape.NEVER);
    } else {
      findWhatNoPathMatches(glob);
    }
    return new Parsed(glob, flaws);
  }

  private void readElement() {
    switch (pattern[at]) {
      case '*' -> {
        // The second of two stars adds nothing.
        if (!elements.isEmpty() || segments.isEmpty()) {
          endSegment();
        }
        at++;
      }
      case '?' -> {
        elements.add(new Element.AnyByte());
        at++;
      }
      case '[' -> readBracket();
      case '\\' -> readQuoted();
      default -> addLiteral();
    }
  }

  private void addLiteral() {
    elements.add(new Element.Literal(pattern[at++] & 0xff));
  }

  private void readQuoted() {
    at++;
    if (at == pattern.length) {
      malformed = true;
      flaws.add("ends with a backslash that quotes nothing, so it matches no path");
    } else {
      addLiteral();
    }
  }

  private void readBracket() {
    switch (BracketParser.parse(pattern, at)) {
      case BracketParser.Bracket.Closed(ByteSet set, int end) -> {
        if (set.count() == 0) {
          flaws.add("a range ends before it begins, so the bracket matches nothing");
        }
        // [x] is the usual way to quote x, so it shall not make a pattern dearer.
        elements.add(set.count() == 1 ? new Element.Literal(set.first()) : new Element.OneOf(set));
        at = end;
      }
      case BracketParser.Bracket.Unclosed() -> {
        flaws.add("unclosed '[' is taken literally; to match a literal bracket write '[[]'");
        addLiteral();
      }
      case BracketParser.Bracket.Malformed(String name) -> {
        malformed = true;
        flaws.add("there is no " + name + ", so it matches no path");
        at = pattern.length;
      }
    }
  }

  private void endSegment() {
    segments.add(Segment.of(elements));
    elements.clear();
  }

  private void findWhatNoPathMatches(Glob glob) {
    if (glob.head().isEmpty() && !glob.hasStar()) {
      flaws.add("there is no pattern, so it matches no path");
    } else if (!glob.head().isEmpty() && !glob.head().accepts(0, (byte) '/')) {
      flaws.add(
          "cannot match the '/' with which every path begins, so it matches no path;"
              + " write '/NAME' for the top of a root, '*/NAME' for any place");
    } else if (glob.lastByte() == '/') {
      flaws.add(
          "ends with '/' as no path does, so it matches no path;"
              + " write '/NAME' for a directory and all below it");
    } else if (glob.segments().stream().anyMatch(GlobParser::hasDoubleSlash)) {
      flaws.add("has '//' as no path does, so it matches no path");
    }
  }

  private static boolean hasDoubleSlash(Segment segment) {
    for (int i = 1; i < segment.length(); i++) {
      if (segment.literalAt(i) == '/' && segment.literalAt(i - 1) == '/') {
        return true;
      }
    }
    return false;
  }
}
