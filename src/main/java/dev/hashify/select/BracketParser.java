package dev.hashify.select;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Reads one bracket expression of a pattern, such as `[!a-z[:digit:]]`, as glibc's fnmatch does in
/// the C locale.
///
/// A backslash quotes the next byte, inside brackets too. Where glibc's answer for a bracket that
/// is never closed depends on the text (it may match or not, by how far it got), the bracket is
/// always literal here.
final class BracketParser {

  /// What a bracket expression turned out to be.
  sealed interface Bracket {

    /// A set, and the position after the closing bracket.
    record Closed(ByteSet set, int end) implements Bracket {}

    /// There is no closing bracket.
    record Unclosed() implements Bracket {}

    /// Names a class or an element that does not exist; fnmatch then never matches.
    record Malformed(String name) implements Bracket {}
  }

  private final byte[] pattern;
  private final ByteSet set = new ByteSet();
  private int at;
  private Optional<String> unknownName = Optional.empty();

  private BracketParser(byte[] pattern, int at) {
    this.pattern = pattern;
    this.at = at;
  }

  /// Reads the expression that opens at `open`.
  static Bracket parse(byte[] pattern, int open) {
    return new BracketParser(pattern, open + 1).parse();
  }

  private Bracket parse() {
    boolean negated = byteAt(at) == '!' || byteAt(at) == '^';
    if (negated) {
      at++;
    }
    int first = at;
    while (at == first || byteAt(at) != ']') {
      if (at >= pattern.length || !readItem()) {
        return new Bracket.Unclosed();
      }
    }
    if (unknownName.isPresent()) {
      return new Bracket.Malformed(unknownName.get());
    }
    if (negated) {
      set.complement();
    }
    return new Bracket.Closed(set, at + 1);
  }

  /// Reads one class, range or byte; false at the end of the pattern.
  private boolean readItem() {
    if (opensNamed(':')) {
      readClass();
      return true;
    }
    if (opensNamed('=')) {
      int value = readEquivalent();
      set.add(value);
      return true;
    }
    int low = readByte();
    if (low < 0) {
      return false;
    }
    boolean range = byteAt(at) == '-' && at + 1 < pattern.length && byteAt(at + 1) != ']';
    if (!range) {
      set.add(low);
      return true;
    }
    at++;
    int high = readByte();
    if (high < 0) {
      return false;
    }
    set.addRange(low, high);
    return true;
  }

  /// Whether a well-formed `[:name:]`, `[=c=]` or `[.c.]` begins here; what is not well formed is a
  /// plain `[`.
  private boolean opensNamed(char mark) {
    if (byteAt(at) != '[' || byteAt(at + 1) != mark) {
      return false;
    }
    int close = closeOf(mark);
    return switch (mark) {
      case ':' -> close > 0 && onlyLetters(at + 2, close);
      case '=' -> close == at + 3;
      default -> close > 0;
    };
  }

  private int closeOf(char mark) {
    for (int i = at + 2 + (mark == ':' ? 0 : 1); i + 1 < pattern.length; i++) {
      if (pattern[i] == mark && pattern[i + 1] == ']') {
        return i;
      }
    }
    return -1;
  }

  /// glibc takes a to y for the letters of a class name; no class has a z.
  private boolean onlyLetters(int from, int to) {
    for (int i = from; i < to; i++) {
      if (pattern[i] < 'a' || pattern[i] >= 'z') {
        return false;
      }
    }
    return true;
  }

  private void readClass() {
    int close = closeOf(':');
    String name = text(at + 2, close);
    CharacterClass.named(name)
        .ifPresentOrElse(
            members -> set.addAll(members::contains),
            () -> unknownName = Optional.of("[:" + name + ":]"));
    at = close + 2;
  }

  private int readEquivalent() {
    int value = pattern[at + 2] & 0xff;
    at += 5;
    return value;
  }

  /// Reads a byte that stands for itself, quoted, or as a collating element; -1 at the end.
  private int readByte() {
    if (at >= pattern.length) {
      return -1;
    }
    if (opensNamed('.')) {
      return readCollating();
    }
    if (pattern[at] == '\\') {
      at++;
      if (at >= pattern.length) {
        return -1;
      }
    }
    return pattern[at++] & 0xff;
  }

  private int readCollating() {
    int close = closeOf('.');
    if (close != at + 3) {
      unknownName = Optional.of("[." + text(at + 2, close) + ".]");
    }
    int value = pattern[at + 2] & 0xff;
    at = close + 2;
    return value;
  }

  private String text(int from, int to) {
    return new String(pattern, from, to - from, StandardCharsets.ISO_8859_1);
  }

  /// The byte at `index`, or -1 beyond the end.
  private int byteAt(int index) {
    return index < pattern.length ? pattern[index] & 0xff : -1;
  }
}
