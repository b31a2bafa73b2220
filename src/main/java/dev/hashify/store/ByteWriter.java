package dev.hashify.store;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Appends big-endian numbers and length-prefixed bytes.
final class ByteWriter {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  void putRaw(byte[] bytes) {
    out.writeBytes(bytes);
  }

  void putInt(int value) {
    putRaw(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
  }

  void putLong(long value) {
    putRaw(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
  }

  void putBytes(byte[] bytes) {
    putInt(bytes.length);
    putRaw(bytes);
  }

  void putText(String ascii) {
    putBytes(ascii.getBytes(StandardCharsets.US_ASCII));
  }

  byte[] bytes() {
    return out.toByteArray();
  }
}
