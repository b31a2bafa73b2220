package dev.hashify.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.testkit.Chromium;
import dev.hashify.testkit.Chromium.Scheme;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The page as a browser shows it. `look.html` looks at it from outside: contrast of every text,
/// names of every picture, keys, width, and that nothing else is loaded.
class PageInBrowserTest {

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path directory;

  @SuppressWarnings("NullAway.Init")
  private Chromium browser;

  @BeforeEach
  void find() {
    browser = Chromium.in(directory.resolve("browser"));
  }

  /// What is wrong with the page, and in which colours it was shown.
  private String look(String page, int width, Scheme scheme) throws IOException {
    Files.writeString(directory.resolve("page.html"), page);
    try (InputStream in =
        Objects.requireNonNull(PageInBrowserTest.class.getResourceAsStream("look.html"))) {
      String look = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Files.writeString(
          directory.resolve("look.html"), look.replace("@WIDTH@", Integer.toString(width)));
    }
    String document = browser.document(directory.resolve("look.html"), scheme);
    int begin = document.indexOf("<pre id=\"result\">") + "<pre id=\"result\">".length();
    return document.substring(begin, document.indexOf("</pre>", begin));
  }

  @ParameterizedTest
  @CsvSource({"1280, LIGHT", "1280, DARK", "380, LIGHT", "380, DARK"})
  void pageIsReadableForEveryone(int width, Scheme scheme) throws IOException {
    assertEquals(
        "scheme " + scheme.name().toLowerCase(java.util.Locale.ROOT) + "\nend",
        look(ExamplePages.of(100), width, scheme));
  }

  @Test
  void hostileNamesChangeNothing() throws IOException {
    String page = ExamplePages.hostile(ExamplePages.hostileNames());
    assertEquals("scheme light\nend", look(page, 380, Scheme.LIGHT));
    String document = browser.document(directory.resolve("page.html"), Scheme.LIGHT);
    assertFalse(document.contains("id=\"taken\""));
    assertFalse(document.contains("<title>taken"));
    assertTrue(document.contains("&lt;script&gt;document.title='taken'&lt;/script&gt;"));
  }
}
