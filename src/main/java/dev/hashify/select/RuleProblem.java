package dev.hashify.select;

/// Something odd or wrong in a rule list.
///
/// @param source the name of the list, for people
/// @param line the line, from 1
/// @param message what is the matter and what to write instead, lower case, one line
public record RuleProblem(String source, int line, String message) {

  /// Place and message, as in `caches:7: unclosed '[' …`.
  @Override
  public String toString() {
    return source + ":" + line + ": " + message;
  }
}
