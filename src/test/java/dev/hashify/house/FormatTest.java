package dev.hashify.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import dev.hashify.house.SourceTree.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Every Java source is formatted by google-java-format in Google style.
///
/// It runs here, on the JDK of the toolchain, and not in a Maven plugin: a plugin would run in
/// Maven's own JVM, and that may be too old to parse `_` and `///`.
///
/// With `-Dformat.write=true` it writes what it would demand; `.ci/format` does that.
class FormatTest {

  @Test
  void everySourceIsFormatted() throws IOException, FormatterException {
    List<TextFile> sources = SourceTree.javaFiles();
    assertFalse(sources.isEmpty(), "no source was looked at");
    var formatter = new Formatter();
    var unformatted = new ArrayList<String>();

    for (TextFile source : sources) {
      String formatted = formatter.formatSourceAndFixImports(source.text());
      if (!formatted.equals(source.text())) {
        if (Boolean.getBoolean("format.write")) {
          Files.writeString(SourceTree.resolve(source.path()), formatted);
        } else {
          unformatted.add(source.path());
        }
      }
    }

    assertEquals(List.of(), unformatted, "not formatted; run .ci/format");
  }
}
