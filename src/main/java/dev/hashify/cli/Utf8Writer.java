package dev.hashify.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/// Text as UTF-8, buffered. What is written must be whole characters: no half of a pair.
///
/// A string of ASCII goes on as the bytes it is made of. The JDK's writers take it apart into
/// characters and encode these one by one, which is a good part of a run that reports every path.
final class Utf8Writer extends Writer {

  private static final int BUFFER_BYTES = 1 << 16;

  private final OutputStream out;

  Utf8Writer(OutputStream out) {
    this.out = new BufferedOutputStream(out, BUFFER_BYTES);
  }

  @Override
  public void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void write(String text, int from, int length) throws IOException {
    write(text.substring(from, from + length));
  }

  @Override
  public void write(char[] characters, int from, int length) throws IOException {
    write(new String(characters, from, length));
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
