package dev.hashify.file;

import java.util.Arrays;
import java.util.HexFormat;

/// The SHA-256 of a file's content.
///
/// It covers content only: files of equal ids may differ in owner, mode, times and extended
/// attributes.
public final class ContentId implements Comparable<ContentId> {

  /// The length of a SHA-256 digest (FIPS 180-4).
  public static final int LENGTH_BYTES = 32;

  private final byte[] digest;

  private ContentId(byte[] digest) {
    this.digest = digest;
  }

  /// The id of a digest of [#LENGTH_BYTES] bytes.
  public static ContentId of(byte[] digest) {
    if (digest.length != LENGTH_BYTES) {
      throw new IllegalArgumentException(
          "digest length (" + digest.length + ") must be " + LENGTH_BYTES);
    }
    return new ContentId(digest.clone());
  }

  /// Reads what [#toString] writes.
  ///
  /// @throws IllegalArgumentException if it is not 64 hexadecimal digits
  public static ContentId parse(String hex) {
    return of(HexFormat.of().parseHex(hex));
  }

  public byte[] bytes() {
    return digest.clone();
  }

  @Override
  public int compareTo(ContentId other) {
    return Arrays.compareUnsigned(digest, other.digest);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ContentId id && Arrays.equals(digest, id.digest);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(digest);
  }

  /// 64 lower-case hexadecimal digits.
  @Override
  public String toString() {
    return HexFormat.of().formatHex(digest);
  }
}
