package dev.hashify.cli;

import dev.hashify.file.TreePath;
import java.net.URI;
import java.nio.file.Path;

/// Paths of the host for `java.nio.file`, byte for byte.
///
/// A path made of text is encoded by the locale, and under `LC_ALL=C` nearly nothing can be
/// encoded. A URI is taken as bytes.
final class HostPaths {

  /// The working directory, as the kernel knows it: what the JVM knows went through the locale.
  private static final TreePath WORKING_DIRECTORY = TreePath.of("/proc/self/cwd");

  private HostPaths() {}

  static Path of(TreePath path) {
    TreePath absolute = path.isAbsolute() ? path : WORKING_DIRECTORY.resolve(path);
    var uri = new StringBuilder("file://");
    for (byte b : absolute.bytes()) {
      if (isPlain(b)) {
        uri.append((char) b);
      } else {
        uri.append(String.format("%%%02x", b & 0xff));
      }
    }
    return Path.of(URI.create(uri.toString()));
  }

  private static boolean isPlain(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || b == '/'
        || b == '.'
        || b == '-'
        || b == '_';
  }
}
