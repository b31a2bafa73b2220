package dev.hashify.hash;

import dev.hashify.os.ErrnoException;
import dev.hashify.os.OpenFile;

/// Asked now and then while a long file is read whether to go on: its lease may be wanted back.
@FunctionalInterface
public interface ReadWatch {

  /// Reads on whatever happens.
  ReadWatch ALWAYS = _ -> true;

  /// Whether reading `file` may go on.
  boolean mayGoOn(OpenFile file) throws ErrnoException;
}
