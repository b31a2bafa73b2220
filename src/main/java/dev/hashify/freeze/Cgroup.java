package dev.hashify.freeze;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// One cgroup of the v2 hierarchy (Documentation/admin-guide/cgroup-v2.rst).
///
/// @param directory its directory below the mount
record Cgroup(Path directory) {

  private static final String FREEZE = "cgroup.freeze";

  /// What to ask of the kernel.
  enum Wish {
    FREEZE("1"),
    THAW("0");

    private final String word;

    Wish(String word) {
      this.word = word;
    }
  }

  /// The processes of it and of all below it. A process id of 0 is one that our process namespace
  /// does not show.
  ///
  /// @throws IOException if it cannot be read: a threaded cgroup does not tell its processes
  List<Integer> processes() throws IOException {
    List<Integer> found = new ArrayList<>();
    collect(directory, found);
    return found;
  }

  private static void collect(Path at, List<Integer> found) throws IOException {
    try {
      for (String line : Files.readAllLines(at.resolve("cgroup.procs"))) {
        found.add(Integer.parseInt(line.strip()));
      }
      try (DirectoryStream<Path> children = Files.newDirectoryStream(at, Files::isDirectory)) {
        for (Path child : children) {
          collect(child, found);
        }
      }
    } catch (NoSuchFileException _) {
      // Removed meanwhile, so it was empty.
    } catch (DirectoryIteratorException failed) {
      throw failed.getCause();
    }
  }

  /// Whether it can be frozen at all: the root of the hierarchy cannot.
  boolean hasFreezer() {
    return Files.isRegularFile(directory.resolve(FREEZE), LinkOption.NOFOLLOW_LINKS);
  }

  /// Whether somebody asked for it to be frozen. One below a frozen cgroup need not be.
  boolean isAskedToFreeze() throws IOException {
    return Files.readString(directory.resolve(FREEZE)).strip().equals("1");
  }

  /// Whether all its processes stand still.
  boolean isFrozen() throws IOException {
    return Files.readString(directory.resolve("cgroup.events"))
        .lines()
        .anyMatch("frozen 1"::equals);
  }

  /// Asks for it. Freezing takes a moment, see [#isFrozen].
  void ask(Wish wish) throws IOException {
    Files.write(
        directory.resolve(FREEZE),
        wish.word.getBytes(StandardCharsets.US_ASCII),
        StandardOpenOption.WRITE);
  }

  /// Thaws it; one that is gone needs no thawing.
  void thaw() throws IOException {
    try {
      ask(Wish.THAW);
    } catch (NoSuchFileException _) {
      // It is gone, and its processes with it.
    }
  }

  /// The number the kernel gives a cgroup; another one of the same name has another.
  long inode() throws IOException {
    return Files.getAttribute(directory, "unix:ino") instanceof Long inode ? inode : -1;
  }

  @Override
  public String toString() {
    return directory.toString();
  }
}
