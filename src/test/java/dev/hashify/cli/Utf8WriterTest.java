package dev.hashify.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class Utf8WriterTest {

  @Test
  void writesWhatAnyWriterOfTheJdkWould() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var writer = new Utf8Writer(bytes)) {
      writer.append("plain ").append('c').append("naïve 統一 \ud83d\ude00", 2, 11);
      writer.write("of this the middle", 3, 4);
      writer.write(new char[] {'x', 'é', 'y'}, 1, 1);
      writer.append(null);
    }
    assertEquals("plain cïve 統一 \ud83d\ude00thisénull", bytes.toString(UTF_8));
  }

  @Test
  void flushHandsOnWhatIsBuffered() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var writer = new Utf8Writer(bytes)) {
      writer.append("line\n");
      assertEquals(0, bytes.size());
      writer.flush();
      assertEquals("line\n", bytes.toString(UTF_8));
    }
  }
}
