package dev.hashify.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NextCommandTest {

  private static final List<String> IMMUTABLE =
      List.of("--guard immutable: safe", "--guard none: x");

  private static List<String> words(String typed) {
    return Arrays.asList(typed.split(" ", -1));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "unify -n /a,                  unify --guard immutable /a",
    "unify /a --dry-run,           unify --guard immutable /a",
    "unify -nv /a,                 unify --guard immutable -v /a",
    "unify -n --guard auto /a,     unify --guard immutable /a",
    "unify -n --guard=auto /a,     unify --guard immutable /a",
    "unify -n -- -n --guard,       unify --guard immutable -- -n --guard",
    "unify /a,                     unify --guard immutable /a"
  })
  void dryRunGoesAndTheGuardComes(String typed, String next) {
    assertEquals("hashify " + next, new NextCommand(words(typed), words(typed)).line(IMMUTABLE));
  }

  @Test
  void guardThatWasChosenStays() {
    List<String> typed = words("unify -n --guard none /a");
    assertEquals("hashify unify --guard none /a", new NextCommand(typed, typed).line(List.of()));
  }

  @Test
  void fileOfArgumentsStaysAFile() {
    assertEquals(
        "hashify unify @/roots",
        new NextCommand(words("unify -n @/roots"), words("unify -n /a /b")).line(List.of()));
  }

  @Test
  void dryRunAskedForInAFileIsTakenOutOfWhatTheFileSays() {
    assertEquals(
        "hashify unify /a @@b",
        new NextCommand(words("unify @/roots"), words("unify -n /a @b")).line(List.of()));
  }

  @Test
  void wordsAreQuotedForTheShell() {
    assertEquals("/srv/a-1_2", ShellWord.quote("/srv/a-1_2"));
    assertEquals("''", ShellWord.quote(""));
    assertEquals("'a b'", ShellWord.quote("a b"));
    assertEquals("'it'\\''s'", ShellWord.quote("it's"));
    assertEquals("'a\\b$x'", ShellWord.quote("a\\b$x"));
    assertEquals("'\u00e9'", ShellWord.quote(ArgumentText.of("\u00e9")));
    assertEquals("$'a\\012\\377\\'7'", ShellWord.quote("a\n\u00ff'7"));
  }
}
