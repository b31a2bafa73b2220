package dev.hashify.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What the programs printed about a tree of a few files, shortened.
class OutputFormatTest {

  @Test
  void anEmptyLineEndsAGroupOfJdupesAndYadf() throws IOException {
    assertGroups(
        OutputFormat.FDUPES,
        """
        /t/a/.h/x
        /t/a/x

        /t/a/q"\\1
        /t/b/q

        """,
        List.of("/t/a/.h/x", "/t/a/x"),
        List.of("/t/a/q\"\\1", "/t/b/q"));
  }

  @Test
  void theLastGroupNeedsNoEmptyLine() throws IOException {
    assertGroups(OutputFormat.FDUPES, "/t/a\n/t/b", List.of("/t/a", "/t/b"));
  }

  @Test
  void fclonesEscapesBackslashesAndBytesThatAreNoText() throws IOException {
    assertGroups(
        OutputFormat.FCLONES,
        """
        /t/a/q"\\\\1
        /t/b/\\xE4

        """,
        List.of("/t/a/q\"\\1", "/t/b/\u00e4"));
  }

  @Test
  void rdfindMembersOfAGroupHaveItsNumberNegative() throws IOException {
    assertGroups(
        OutputFormat.RDFIND,
        """
        # Automatically generated
        # duptype id depth size device inode priority name
        DUPTYPE_FIRST_OCCURRENCE 3 0 25 65024 10151872 5 /t/a/x
        DUPTYPE_OUTSIDE_TREE -3 0 25 65024 10151878 6 /t/b/y z
        DUPTYPE_FIRST_OCCURRENCE 4 0 4 65024 10151881 5 /t/a/q
        DUPTYPE_WITHIN_SAME_TREE -4 1 4 65024 10151887 5 /t/a/.h/q
        # end of file
        """,
        List.of("/t/a/x", "/t/b/y z"),
        List.of("/t/a/q", "/t/a/.h/q"));
  }

  @Test
  void rmlintFilesOfOneChecksumAreAGroup() throws IOException {
    assertGroups(
        OutputFormat.RMLINT,
        """
        [
        {
          "description": "rmlint json-dump of lint files",
          "checksum_type": "blake2b"
        }, {
          "type": "duplicate_file",
          "checksum": "8a3a",
          "path": "/t/a/q\\"\\\\1",
          "is_original": true
        }, {
          "type": "duplicate_file",
          "checksum": "5676",
          "path": "/t/a/x"
        }, {
          "type": "duplicate_file",
          "checksum": "8a3a",
          "path": "/t/b/q"
        }]
        """,
        List.of("/t/a/q\"\\1", "/t/b/q"),
        List.of("/t/a/x"));
  }

  @Test
  void hardlinkSaysWhatItWouldLinkToWhat() throws IOException {
    assertGroups(
        OutputFormat.HARDLINK,
        """
        Skipped /t/a/e (smaller than configured size)
        [DryRun] Linking /t/a/xl to /t/b/y (1) (-25 B)
        Mode:                     dry-run
        """,
        List.of("/t/a/xl", "/t/b/y (1)"));
  }

  @Test
  void hashifyNamesTheKeeperOfEachPath() throws IOException {
    assertGroups(
        OutputFormat.HASHIFY,
        """
        {"event":"would-share","path":"/t/b/x","keeper":"/t/a/\\u00e4","reclaimedBytes":25}
        {"event":"skip","path":"/t/a/sym","reason":"not-a-regular-file"}
        {"event":"would-share","path":"/t/?","pathBase64":"L3Qv5A==","keeper":"/t/a","x":1}
        {"event":"summary","dryRun":true}
        """,
        List.of("/t/a/\u00c3\u00a4", "/t/b/x"),
        List.of("/t/a", "/t/\u00e4"));
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  private static void assertGroups(OutputFormat format, String output, List<String>... expected)
      throws IOException {
    Set<List<String>> groups = new HashSet<>();
    format.read(new BufferedReader(new StringReader(output)), groups::add);
    assertEquals(Set.of(expected), groups);
  }
}
