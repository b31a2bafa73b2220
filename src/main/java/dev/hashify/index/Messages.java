package dev.hashify.index;

import dev.hashify.file.Errno;
import dev.hashify.file.PathText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/// Messages in the product's shape, and paths as their bytes.
final class Messages {

  private Messages() {}

  static String of(Path directory, String notDone, String why) {
    return PathText.escape(bytes(directory)) + ": index " + notDone + ": " + why;
  }

  /// The cause of `e` as a phrase. The JDK puts the path before the reason, or instead of it.
  static String text(IOException e) {
    return switch (e) {
      case AccessDeniedException _ -> Errno.EACCES.display();
      case NoSuchFileException _ -> Errno.ENOENT.display();
      case FileAlreadyExistsException _ -> "a file is in its place";
      case FileSystemException withReason when withReason.getReason() != null ->
          withReason.getReason();
      default -> Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
    };
  }

  /// The bytes of the path as the kernel knows them. Only the URI form has them in every locale.
  static byte[] bytes(Path directory) {
    var raw = directory.toAbsolutePath().toUri().getRawPath();
    var bytes = new ByteArrayOutputStream(raw.length());
    for (int at = 0; at < raw.length(); at++) {
      if (raw.charAt(at) == '%') {
        bytes.write(Integer.parseInt(raw, at + 1, at + 3, 16));
        at += 2;
      } else {
        bytes.write(raw.charAt(at));
      }
    }
    byte[] all = bytes.toByteArray();
    // The URI of an existing directory ends with a slash.
    boolean slash = all.length > 1 && all[all.length - 1] == '/';
    return slash ? Arrays.copyOf(all, all.length - 1) : all;
  }
}
