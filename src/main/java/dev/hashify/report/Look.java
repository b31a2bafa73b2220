package dev.hashify.report;

/// What a text for people may look like.
///
/// @param columns how long a line of a picture may be
/// @param glyphs what it may be drawn with
public record Look(int columns, Glyphs glyphs) {

  /// What can be drawn with.
  public enum Glyphs {
    /// Block characters, which need a terminal that knows UTF-8.
    BLOCKS,
    ASCII
  }
}
