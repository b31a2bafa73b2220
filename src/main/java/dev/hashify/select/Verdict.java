package dev.hashify.select;

/// What a rule says of the paths it matches.
public enum Verdict {
  /// The file may be shared.
  INCLUDE('+'),
  /// The file stays as it is.
  EXCLUDE('-'),
  /// As [#EXCLUDE]; and when a root is cloned, the file is not carried over.
  SKIP('~');

  private final char sign;

  Verdict(char sign) {
    this.sign = sign;
  }

  /// The sign before a pattern that says this; also its stable code in fingerprints.
  public char sign() {
    return sign;
  }
}
