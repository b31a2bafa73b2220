package dev.hashify.cli;

import dev.hashify.file.Errno;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/// The causes of failures of `java.nio.file` in the words of the rest of the program.
final class Causes {

  private Causes() {}

  static String of(IOException failure) {
    return switch (failure) {
      case NoSuchFileException _ -> Errno.ENOENT.display();
      case AccessDeniedException _ -> Errno.EACCES.display();
      case FileAlreadyExistsException _ -> Errno.EEXIST.display();
      case NotDirectoryException _ -> Errno.ENOTDIR.display();
      case FileSystemException other when other.getReason() != null ->
          decapitalized(other.getReason());
      default -> decapitalized(String.valueOf(failure.getMessage()));
    };
  }

  private static String decapitalized(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }
}
