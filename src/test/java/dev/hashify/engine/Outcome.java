package dev.hashify.engine;

import dev.hashify.file.Errno;

/// What became of a [Deed] to a file that roots share.
sealed interface Outcome {

  /// As a table of guards says it.
  String text();

  /// Outcomes that need no more words.
  enum Plain implements Outcome {
    /// The root where it was done has a file of its own now.
    PRIVATE("private copy"),

    /// It was done to a name, which is the root's own.
    THERE_ONLY("there only"),

    CHANGES_ALL("**changes all**"),

    /// It was done to a file that no path leads to any more.
    LOST("seen by nobody"),

    /// Whoever has the file open so keeps it from being shared.
    NOT_SHARED("keeps it unshared");

    private final String text;

    Plain(String text) {
      this.text = text;
    }

    @Override
    public String text() {
      return text;
    }
  }

  /// It was refused, and nobody sees anything of it.
  record Fails(Errno errno) implements Outcome {
    @Override
    public String text() {
      return errno.name();
    }
  }
}
