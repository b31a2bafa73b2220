package dev.hashify.link;

import dev.hashify.file.Errno;
import dev.hashify.file.FileStat;
import dev.hashify.file.TreePath;
import dev.hashify.os.Descriptor;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import java.util.Optional;

/// Takes an exchange back, whether it was done, failed or was done unheard of, and whatever others
/// did to the name meanwhile.
///
/// A temporary is removed only if it is certain what it is: our own file, or the displaced one when
/// the path holds something newer. A file that somebody put at the path right before an exchange
/// goes back there.
final class PutBack {

  /// How often it is tried when others keep changing the name.
  private static final int ROUNDS_MAX = 16;

  private final Linux linux;
  private final Descriptor tmp;

  /// @param tmp where the temporaries are
  PutBack(Linux linux, Descriptor tmp) {
    this.linux = linux;
    this.tmp = tmp;
  }

  /// A name and its temporary, with the two files that belong to them.
  ///
  /// @param base the name
  /// @param file the temporary's name in the store's `tmp`
  /// @param ours the file that was put at the name
  /// @param displaced the file that the name had
  record Exchange(
      OpenDirectory directory, TreePath base, TreePath file, FileStat ours, FileStat displaced) {
    byte[] name() {
      return base.bytes();
    }

    byte[] temporary() {
      return file.bytes();
    }
  }

  /// Whether the displaced file may go when the path holds something newer.
  interface Condition {
    boolean holds() throws ErrnoException;
  }

  /// Takes it back.
  ///
  /// @param isQuiet asked before the displaced file is dropped because whoever put a newer one at
  ///   the path, or removed it, meant to be rid of it; `false` keeps it
  /// @return whether nothing is left in the store's `tmp`
  boolean run(Exchange exchange, Condition isQuiet) throws ErrnoException {
    for (int round = 0; round < ROUNDS_MAX; round++) {
      Optional<FileStat> inTmp = statIfThere(tmp, exchange.temporary());
      if (inTmp.isEmpty()) {
        return true;
      }
      if (inTmp.get().sharesInodeWith(exchange.ours())) {
        linux.names().unlink(tmp, exchange.temporary());
        return true;
      }
      Optional<FileStat> atPath = statIfThere(exchange.directory().descriptor(), exchange.name());
      boolean isOursAtPath = atPath.isPresent() && atPath.get().sharesInodeWith(exchange.ours());
      if (inTmp.get().sharesInodeWith(exchange.displaced()) && !isOursAtPath) {
        if (!isQuiet.holds()) {
          return false;
        }
        linux.names().unlink(tmp, exchange.temporary());
        return true;
      }
      if (atPath.isPresent()) {
        // Our file is there, or the last round took out a new one, which goes back.
        exchange.directory().exchange(exchange.name(), tmp, exchange.temporary());
      } else if (moveBack(exchange)) {
        return true;
      }
    }
    return false;
  }

  /// An exchange took out a file that somebody had just put there, and ours was removed meanwhile.
  private boolean moveBack(Exchange exchange) throws ErrnoException {
    try {
      linux
          .names()
          .renameNoReplace(
              tmp, exchange.temporary(), exchange.directory().descriptor(), exchange.name());
      return true;
    } catch (ErrnoException failed) {
      if (failed.is(Errno.EEXIST)) {
        return false;
      }
      throw failed;
    }
  }

  private Optional<FileStat> statIfThere(Descriptor directory, byte[] name) throws ErrnoException {
    try {
      return Optional.of(linux.stat().of(directory, name));
    } catch (ErrnoException failed) {
      if (failed.is(Errno.ENOENT)) {
        return Optional.empty();
      }
      throw failed;
    }
  }
}
