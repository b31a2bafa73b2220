package dev.hashify.roots;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hashify.file.TreePath;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What of TOML reaches the program, and what it says of text that is none.
class TomlTest {

  private static final TreePath FILE = TreePath.of("/etc/x.conf");

  private static Toml parse(String text) throws ConfigurationException {
    return Toml.parse(FILE, text.getBytes(UTF_8));
  }

  @Test
  void textsAreFoundInTheirTables() throws ConfigurationException {
    Toml toml =
        parse(
            """
            # a comment = "no"
            version = 2\r
            root = '/raw\\path' # behind it
            [storage] # a table
              driver = "overlay"
              "graph root" = "/a \\"b\\" \\u00e9\\t"
              options.first = "dotted"
            [storage.options]
            additionalimagestores = [ "/one", # why
              '/two',
            ]
            mixed = [1, 2.5, [true, "inner"], {k = "v"}]
            empty = []
            size = -1_000
            when = 1979-05-27T07:32:00Z
            [plugins."io.containerd.grpc.v1.cri".containerd]
            long = \"""
            first \\
               second\"""
            table = { a = "x", b.c = 'y' }
            [[registry]]
            location = "a"
            [[registry]]
            location = "b"
            """);
    assertEquals(Optional.of("/raw\\path"), toml.text("root"));
    assertEquals(Optional.of("overlay"), toml.text("storage", "driver"));
    assertEquals(
        TreePath.of("/a \"b\" é\t"),
        ByteText.path(toml.text("storage", "graph root").orElseThrow()));
    assertEquals(Optional.of("dotted"), toml.text("storage", "options", "first"));
    assertEquals(
        List.of("/one", "/two"), toml.texts("storage", "options", "additionalimagestores"));
    assertEquals(List.of("inner"), toml.texts("storage", "options", "mixed"));
    assertEquals(List.of(), toml.texts("storage", "options", "missing"));
    assertEquals(
        Optional.of("first second"),
        toml.text("plugins", "io.containerd.grpc.v1.cri", "containerd", "long"));
    assertEquals(
        Optional.of("y"),
        toml.text("plugins", "io.containerd.grpc.v1.cri", "containerd", "table", "b", "c"));
    assertEquals(Optional.empty(), toml.text("registry", "location"));
  }

  @Test
  void emptyFileSaysNothing() throws ConfigurationException {
    assertEquals(Optional.empty(), parse("").text("root"));
    assertEquals(Optional.empty(), parse("# only this").text("root"));
    assertEquals(Optional.of("x"), parse("root = \"x\"").text("root"));
  }

  @Test
  void pathIsKeptByteForByte() throws ConfigurationException {
    byte[] content = {'r', '=', '\'', '/', (byte) 0xff, (byte) 0xc3, '/', '\''};
    assertEquals(
        TreePath.of(new byte[] {'/', (byte) 0xff, (byte) 0xc3}),
        ByteText.path(Toml.parse(FILE, content).text("r").orElseThrow()));
  }

  @Test
  void numberWhereATextIsNeededIsSaid() throws ConfigurationException {
    Toml toml = parse("[storage]\ngraphroot = 7\nempty = []\n");
    var wrong = assertThrows(ConfigurationException.class, () -> toml.text("storage", "graphroot"));
    assertEquals(
        "graphroot: no text; it stands in quotes: graphroot = \"...\"", wrong.getMessage());
    assertEquals(FILE, wrong.file());
    assertEquals(Optional.empty(), toml.text("storage", "empty"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a = 1;b                     | line 2: expected '='
          a = 1;;driver = overlay     | line 3: expected a value (text stands in quotes)
          a = "x;b = 1                | line 1: the text has no end
          a = '''x;;                  | line 1: the text has no end
          [storage;a = 1              | line 1: expected ']'
          a = "x" "y"                 | line 1: something follows that does not belong there
          a = ["x";"y"]               | line 2: the list a has no ',' or ']' here
          a = ["x",                   | line 1: expected a value (text stands in quotes)
          a = 1;a = 2                 | line 2: a is given a second time
          = 1                         | line 1: expected a key
          a = "\\q"                   | line 1: \\q means nothing
          a = "\\ud8"                 | line 1: 'd8"' is the number of no character
          a = {b = 1                  | line 1: expected '}'
          a = "\\                     | line 1: the text has no end
          """)
  void textThatIsNoTomlIsToldWithItsLine(String text, String message) {
    var wrong =
        assertThrows(ConfigurationException.class, () -> parse(text.strip().replace(';', '\n')));
    assertEquals(message, wrong.getMessage());
    assertEquals(FILE, wrong.file());
  }
}
