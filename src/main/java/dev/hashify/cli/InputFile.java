package dev.hashify.cli;

import dev.hashify.file.TreePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import org.apache.commons.io.IOUtils;
import org.apache.commons.io.input.BoundedInputStream;

/// Reads the small files that a user names: rule lists and lists of arguments.
final class InputFile {

  /// No list that people write comes near; a device or a log named by mistake ends here.
  private static final int BYTES_MAX = 4 << 20;

  private InputFile() {}

  /// The whole content.
  ///
  /// @throws IOException if it cannot be read or is larger than 4 MiB; [Causes] has the words
  static byte[] read(TreePath path) throws IOException {
    try (InputStream file = Files.newInputStream(HostPaths.of(path))) {
      return readBounded(file);
    }
  }

  private static byte[] readBounded(InputStream file) throws IOException {
    var bounded =
        BoundedInputStream.builder().setInputStream(file).setMaxCount(BYTES_MAX + 1L).get();
    byte[] content = IOUtils.toByteArray(bounded);
    if (content.length > BYTES_MAX) {
      throw new IOException("larger than 4 MiB");
    }
    return content;
  }
}
