package dev.hashify.file;

import java.util.Locale;

/// A number of bytes, so that it cannot be mistaken for a number of files.
///
/// @param bytes 0 or more
public record ByteCount(long bytes) {

  public static final ByteCount ZERO = new ByteCount(0);

  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  public ByteCount {
    if (bytes < 0) {
      throw new IllegalArgumentException("bytes (" + bytes + ") must not be negative");
    }
  }

  public ByteCount plus(ByteCount other) {
    return new ByteCount(Math.addExact(bytes, other.bytes));
  }

  /// For people: `18.2 GiB`, `512 B`; three digits at most before the point, one after.
  @Override
  public String toString() {
    double value = bytes;
    int unit = 0;
    // 1023.95 would be printed as 1024.0 of the smaller unit.
    while (value >= 1023.95 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
  }
}
