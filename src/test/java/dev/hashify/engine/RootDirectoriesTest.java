package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hashify.file.TreePath;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootDirectoriesTest {

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path directory;

  @Test
  void everyDirectoryIsARootInTheOrderOfBytes() throws IOException {
    Files.createDirectory(directory.resolve("b"));
    Files.createDirectory(directory.resolve("B"));
    Files.createDirectory(Path.of(URI.create(directory.toUri() + "%ff")));
    Files.createDirectory(directory.resolve(".hashify"));
    Files.createDirectory(directory.resolve("lost+found"));
    Files.createFile(directory.resolve("file"));
    Files.createSymbolicLink(directory.resolve("link"), directory.resolve("b"));

    TreePath parent = TreePath.of(directory.toString());
    assertEquals(
        List.of(parent.child("B"), parent.child("b"), parent.child(new byte[] {(byte) 0xff})),
        RootDirectories.in(parent));
  }

  @Test
  void directoryThatIsMissingIsToldWithoutItsPath() {
    var failure =
        assertThrows(
            IOException.class, () -> RootDirectories.in(TreePath.of(directory + "/missing")));
    assertEquals("no such file or directory (ENOENT)", failure.getMessage());
  }
}
