package dev.hashify.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hashify.file.TreePath;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentTextTest {

  @ParameterizedTest
  @CsvSource({
    "/srv/a, /srv/a",
    "/srv/a/, /srv/a",
    "//srv///a//, /srv/a",
    "/, /",
    "///, /",
    "a, a",
    "a//b/, a/b",
    "./a, ./a"
  })
  void rootHasOneForm(String argument, String path) {
    assertEquals(TreePath.of(path), ArgumentText.path(argument));
  }
}
