package dev.hashify.roots;

import dev.hashify.file.TreePath;
import dev.hashify.os.ErrnoException;

/// An engine's own configuration or directory cannot be used, so its roots are not known.
final class ConfigurationException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient TreePath file;

  ConfigurationException(TreePath file, int line, String what) {
    super("line " + line + ": " + what);
    this.file = file;
  }

  ConfigurationException(TreePath file, String what) {
    super(what);
    this.file = file;
  }

  ConfigurationException(TreePath file, ErrnoException cause) {
    super(cause.why(), cause);
    this.file = file;
  }

  TreePath file() {
    return file;
  }
}
