/// The rule language: is a path that the walk found a candidate, and which rule said so.
///
/// # The language
///
/// One rule a line:
///
/// | line | of the paths it matches it says |
/// |---|---|
/// | `PATTERN` or `-PATTERN` | leave them as they are ([Verdict#EXCLUDE]) |
/// | `+PATTERN` | share them after all ([Verdict#INCLUDE]) |
/// | `~PATTERN` | as `-`; when a root is cloned, do not carry them over ([Verdict#SKIP]) |
///
/// A line that begins with `#` is a comment, blank lines are ignored. Blanks, tabs and carriage
/// returns at the end of a line are dropped; at the beginning they belong to the pattern. The last
/// line needs no line feed. One sign is taken off, so `--/x` is the pattern `-/x`.
///
/// A pattern is compared with the whole path below the root, which begins with `/`, byte by byte as
/// fnmatch does without flags in the C locale:
///
/// - `*` matches any number of bytes, `?` matches one; **both match `/`** and a leading dot;
/// - `[abc]`, `[a-z]`, `[[:digit:]]` match one byte of the set, `[!abc]` and `[^abc]` one that is
///   not in it; `]` as the first byte and `-` as the first or last stand for themselves;
/// - a backslash takes the special meaning from the next byte, inside brackets too;
/// - a `[` that is never closed stands for itself.
///
/// So `/etc` matches only the directory, `*.pid` any path with that ending, `/usr/*.o` any such
/// path below `/usr` at any depth.
///
/// **The first rule that matches a path decides it. A path that no rule matches takes the verdict
/// of its parent directory; the root itself is included.** Hence `/etc` excludes all that is below,
/// and `+/etc/termcap` lets that one file through wherever it stands, because no rule matches it
/// but this one. Against `/etc/*`, which matches the file itself, it must come first.
///
/// Several lists are one long list in the order given.
///
/// # What is an error, what is a warning
///
/// fnmatch gives every pattern a meaning, so the only errors are NUL bytes and patterns longer than
/// any path; they make the list unusable ([RuleSyntaxException], all of them at once). What can
/// match no path (it begins neither with `/` nor with a wildcard, ends with `/`, names a class that
/// does not exist, …) or was probably meant otherwise (an unclosed `[`) is a warning and changes no
/// verdict.
///
/// # How it is fast
///
/// A walk asks top-down. [RuleSet#root] gives the [DirectoryRules] at the top; entering a directory
/// keeps the rules that can still match something below, by the part of each pattern before its
/// first `*`, and carries on the matching of the others as far as the directory's own path goes; a
/// rule that matches everything below ends the list. The rules for the direct children are found by
/// the last byte of the name. Patterns come in a few shapes ([Glob.Shape]) of which the simple ones
/// are a comparison of bytes; the general one is a row of fixed-length segments, matched without
/// backtracking, so that no pattern is slower than its length times the path's.
///
/// [DirectoryRules#mayIncludeBelow] tells the walk which directories it need not enter at all.
///
/// Nothing here reads a file: lists are given as bytes, paths as names.
@NullMarked
package dev.hashify.select;

import org.jspecify.annotations.NullMarked;
