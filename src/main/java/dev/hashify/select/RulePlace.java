package dev.hashify.select;

/// Where a rule stands.
///
/// @param source the name of the list, for people: a file name or an option
/// @param line the line, from 1
record RulePlace(String source, int line) {}
