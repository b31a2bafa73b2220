package dev.hashify.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TreePathTest {

  @ParameterizedTest
  @CsvSource({
    "a/b/c, a/b, c",
    "a, '', a",
    "/a, /, a",
    "/a/b, /a, b",
    "'', '', ''",
    "/, /, ''",
  })
  void parentAndNameMakeThePath(String path, String parent, String name) {
    var whole = TreePath.of(path);
    assertEquals(TreePath.of(parent), whole.parent());
    assertArrayEquals(name.getBytes(StandardCharsets.UTF_8), whole.name());
  }

  @ParameterizedTest
  @CsvSource({"'', a, a", "a, b, a/b", "/, a, /a", "/a/b, c, /a/b/c", "a, b/c, a/b/c"})
  void childHasOneSeparator(String path, String child, String expected) {
    assertEquals(TreePath.of(expected), TreePath.of(path).child(child));
    assertEquals(TreePath.of(expected), TreePath.of(path).resolve(TreePath.of(child)));
  }

  @Test
  void resolvingTheEmptyPathChangesNothing() {
    assertEquals(TreePath.of("a"), TreePath.of("a").resolve(TreePath.EMPTY));
  }

  @ParameterizedTest
  @CsvSource({
    "a, a, true, ''",
    "a, a/b, true, b",
    "a, ab, false, ''",
    "ab, a, false, ''",
    "'', a/b, true, a/b",
    "'', '', true, ''",
    "'', /a, false, ''",
    "/, /a, true, a",
    "/a, /a/b/c, true, b/c",
    "a, /a, false, ''",
    "a/b, a, false, ''",
  })
  void containsByComponents(String path, String other, boolean contains, String rest) {
    var upper = TreePath.of(path);
    var lower = TreePath.of(other);
    assertEquals(contains, upper.contains(lower));
    if (contains) {
      assertEquals(TreePath.of(rest), upper.relativize(lower));
    } else {
      assertThrows(IllegalArgumentException.class, () -> upper.relativize(lower));
    }
  }

  @Test
  void orderIsThatOfUnsignedBytes() {
    var ascii = TreePath.of("z");
    var latin = TreePath.of(new byte[] {(byte) 0xff});
    assertTrue(ascii.compareTo(latin) < 0);
    assertTrue(TreePath.of("a").compareTo(TreePath.of("a/b")) < 0);
    assertTrue(TreePath.of("a-b").compareTo(TreePath.of("a/b")) < 0);
  }

  @Test
  void pathsAreEqualExactlyWhenTheirBytesAre() {
    assertEquals(TreePath.of("ä"), TreePath.of("ä".getBytes(StandardCharsets.UTF_8)));
    assertEquals(TreePath.of("ä").hashCode(), TreePath.of("ä").hashCode());
    // The same text for people, composed and decomposed.
    assertNotEquals(TreePath.of("\u00e4"), TreePath.of("a\u0308"));
    assertNotEquals(TreePath.of("a"), TreePath.of("a/"));
    assertNotEquals(TreePath.of("a"), TreePath.of("./a"));
  }

  @Test
  void bytesAreACopyBothWays() {
    byte[] bytes = {'a', 'b'};
    var path = TreePath.of(bytes);
    bytes[0] = 'x';
    path.bytes()[1] = 'y';
    assertEquals(TreePath.of("ab"), path);
  }

  @Test
  void nulIsInNoPath() {
    assertThrows(IllegalArgumentException.class, () -> TreePath.of("a\0b"));
  }

  @Test
  void childOfARangeTakesOnlyTheRange() {
    byte[] names = "onetwothree".getBytes(StandardCharsets.US_ASCII);
    assertEquals(TreePath.of("d/two"), TreePath.of("d").child(names, 3, 3));
  }

  @Test
  void bytesAreCopiedToTheirPlace() {
    byte[] target = new byte[4];
    TreePath.of("ab").copyTo(target, 1);
    assertArrayEquals(new byte[] {0, 'a', 'b', 0}, target);
    assertEquals('b', TreePath.of("ab").byteAt(1));
    assertEquals(2, TreePath.of("ab").length());
  }

  @Test
  void textIsEscaped() {
    assertEquals("a\\nb/\\xff", TreePath.of(new byte[] {'a', 10, 'b', '/', -1}).toString());
  }
}
