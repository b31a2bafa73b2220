package dev.hashify.store;

import dev.hashify.file.ContentId;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/// The name of an object: what it holds and whom it may be shared with.
///
/// @param content the SHA-256 of its bytes
/// @param key the other identity keys, digested
/// @param generation from 0 on; the next one begins when an inode has as many names as it can have
public record ObjectName(ContentId content, long key, int generation) {

  /// How many hexadecimal digits of the content id name the shard.
  private static final int SHARD_DIGITS = 2;

  private static final int FILE_DIGITS = 2 * ContentId.LENGTH_BYTES - SHARD_DIGITS;
  private static final int KEY_DIGITS = 16;

  public ObjectName {
    if (generation < 0) {
      throw new IllegalArgumentException("generation (" + generation + ") must not be negative");
    }
  }

  /// Reads the one canonical form of [#shard] and [#fileName]; empty for anything else.
  public static Optional<ObjectName> parse(String shard, String fileName) {
    int keyStart = FILE_DIGITS + 1;
    int generationStart = keyStart + KEY_DIGITS + 1;
    if (shard.length() != SHARD_DIGITS || fileName.length() <= generationStart) {
      return Optional.empty();
    }
    try {
      var name =
          new ObjectName(
              ContentId.parse(shard + fileName.substring(0, FILE_DIGITS)),
              HexFormat.fromHexDigitsToLong(fileName, keyStart, keyStart + KEY_DIGITS),
              Integer.parseInt(fileName.substring(generationStart)));
      boolean canonical = name.shard().equals(shard) && name.fileName().equals(fileName);
      return canonical ? Optional.of(name) : Optional.empty();
    } catch (IllegalArgumentException notAnObject) {
      return Optional.empty();
    }
  }

  /// Reads what [#text] writes; empty for anything else.
  public static Optional<ObjectName> parse(String text) {
    boolean hasShard = text.length() > SHARD_DIGITS && text.charAt(SHARD_DIGITS) == '/';
    return hasShard
        ? parse(text.substring(0, SHARD_DIGITS), text.substring(SHARD_DIGITS + 1))
        : Optional.empty();
  }

  /// The directory below `objects`.
  public String shard() {
    return content.toString().substring(0, SHARD_DIGITS);
  }

  /// The name inside the shard.
  public String fileName() {
    String rest = content.toString().substring(SHARD_DIGITS);
    return rest + "-" + HexFormat.of().toHexDigits(key) + "-" + generation;
  }

  byte[] fileNameBytes() {
    return fileName().getBytes(StandardCharsets.US_ASCII);
  }

  /// Shard and name as one, `ab/cd...-0011223344556677-0`.
  public String text() {
    return shard() + "/" + fileName();
  }

  /// The same content and key in another generation.
  public ObjectName withGeneration(int other) {
    return new ObjectName(content, key, other);
  }

  @Override
  public String toString() {
    return text();
  }
}
