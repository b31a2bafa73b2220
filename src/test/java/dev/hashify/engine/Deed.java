package dev.hashify.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hashify.os.Descriptor;
import dev.hashify.testkit.RealLinux;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.Set;

/// What a program of a root may do to a file.
enum Deed {
  WRITE("write", Kind.TO_THE_FILE),
  APPEND("append", Kind.TO_THE_FILE),
  TRUNCATE("truncate", Kind.TO_THE_FILE),
  MAPPED_STORE("store into a mapping", Kind.TO_THE_FILE),
  CHMOD("chmod", Kind.TO_THE_FILE),
  CHOWN("chown", Kind.TO_THE_FILE),
  SET_TIMES("utimes", Kind.TO_THE_FILE),
  SET_ATTRIBUTE("setxattr", Kind.TO_THE_FILE),
  UNLINK("delete", Kind.TO_THE_NAME),
  RENAME_OVER("replace by rename", Kind.TO_THE_NAME),
  RENAME_AWAY("rename", Kind.TO_THE_NAME),
  LINK("hard link in the root", Kind.TO_OTHER_NAMES),
  LINK_ELSEWHERE("hard link in another root", Kind.TO_OTHER_NAMES),
  HELD_WRITE("write, file open for it since before", Kind.TO_A_FILE_OPEN_BEFORE),
  HELD_MAPPING("store into a mapping from before", Kind.TO_A_FILE_OPEN_BEFORE),
  HELD_CHMOD("chmod, file open since before, kept", Kind.TO_A_FILE_OPEN_BEFORE),
  HELD_CHMOD_REPLACED("chmod, file open since before, replaced", Kind.TO_A_FILE_OPEN_BEFORE);

  /// What a deed is done to.
  enum Kind {
    TO_THE_FILE,
    TO_THE_NAME,
    TO_OTHER_NAMES,
    TO_A_FILE_OPEN_BEFORE
  }

  private final String text;
  private final Kind kind;

  Deed(String text, Kind kind) {
    this.text = text;
    this.kind = kind;
  }

  /// As a table of guards names it.
  String text() {
    return text;
  }

  Kind kind() {
    return kind;
  }

  boolean isHeld() {
    return kind == Kind.TO_A_FILE_OPEN_BEFORE;
  }

  /// Does it, as a program that comes after the sharing.
  ///
  /// @param root of the program
  /// @param name of the file, at the top of the root
  /// @param other another root
  void to(Tree root, String name, Tree other) throws IOException {
    Path file = root.path(name);
    switch (this) {
      case WRITE -> write(file, StandardOpenOption.WRITE);
      case APPEND -> write(file, StandardOpenOption.APPEND);
      case TRUNCATE -> write(file, StandardOpenOption.TRUNCATE_EXISTING);
      case MAPPED_STORE -> {
        try (var arena = Arena.ofConfined()) {
          store(mapped(file, arena));
        }
      }
      case CHMOD -> root.mode(name, 0600);
      case CHOWN -> root.owner(name, 1234, 1234);
      case SET_TIMES -> root.modified(name, 1);
      case SET_ATTRIBUTE -> root.attribute(name, "user.note", "new".getBytes(UTF_8));
      case UNLINK -> Files.delete(file);
      case RENAME_OVER -> {
        root.file(name + ".new", "a new file");
        Files.move(root.path(name + ".new"), file, StandardCopyOption.REPLACE_EXISTING);
      }
      case RENAME_AWAY -> Files.move(file, root.path(name + ".away"));
      case LINK -> Files.createLink(root.path(name + ".linked"), file);
      case LINK_ELSEWHERE -> Files.createLink(other.path(name + ".linked"), file);
      case HELD_WRITE, HELD_MAPPING, HELD_CHMOD, HELD_CHMOD_REPLACED ->
          throw new IllegalStateException("not begun");
    }
  }

  /// A deed of a program that has had the file open since before the sharing.
  interface Held extends AutoCloseable {
    void go() throws IOException;

    @Override
    void close() throws IOException;
  }

  /// Opens what a held deed needs.
  Held begin(Tree root, String name) throws IOException {
    Path file = root.path(name);
    return switch (this) {
      case HELD_WRITE -> new HeldWrite(FileChannel.open(file, StandardOpenOption.WRITE));
      case HELD_MAPPING -> HeldMapping.of(file);
      case HELD_CHMOD, HELD_CHMOD_REPLACED -> new HeldChmod(root.open(name));
      case WRITE,
          APPEND,
          TRUNCATE,
          MAPPED_STORE,
          CHMOD,
          CHOWN,
          SET_TIMES,
          SET_ATTRIBUTE,
          UNLINK,
          RENAME_OVER,
          RENAME_AWAY,
          LINK,
          LINK_ELSEWHERE ->
          throw new IllegalStateException(this + " opens nothing before");
    };
  }

  private record HeldWrite(FileChannel channel) implements Held {
    @Override
    public void go() throws IOException {
      channel.write(ByteBuffer.wrap("X".getBytes(UTF_8)), 0);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /// A mapping outlives the descriptor it was made of.
  private record HeldMapping(Arena arena, MemorySegment mapping) implements Held {
    @SuppressWarnings("MustBeClosed") // close() closes it
    static HeldMapping of(Path file) throws IOException {
      var arena = Arena.ofConfined();
      return new HeldMapping(arena, mapped(file, arena));
    }

    @Override
    public void go() {
      store(mapping);
    }

    @Override
    public void close() {
      arena.close();
    }
  }

  private record HeldChmod(Descriptor file) implements Held {
    @Override
    public void go() throws IOException {
      RealLinux.LINUX.attributes().setMode(file, 0600);
    }

    @Override
    public void close() {
      file.close();
    }
  }

  private static void write(Path file, StandardOpenOption how) throws IOException {
    Set<StandardOpenOption> options = EnumSet.of(StandardOpenOption.WRITE, how);
    try (var channel = FileChannel.open(file, options)) {
      channel.write(ByteBuffer.wrap("X".getBytes(UTF_8)));
    }
  }

  private static MemorySegment mapped(Path file, Arena arena) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return channel.map(MapMode.READ_WRITE, 0, 1, arena);
    }
  }

  private static void store(MemorySegment mapping) {
    mapping.set(ValueLayout.JAVA_BYTE, 0, (byte) 'X');
  }
}
