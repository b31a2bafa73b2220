package dev.hashify.store;

import dev.hashify.file.Errno;
import dev.hashify.file.FileAttributes;
import dev.hashify.file.FileStat;
import dev.hashify.os.AttributeCalls;
import dev.hashify.os.Descriptor;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.InodeFlags;
import dev.hashify.os.LeaseCalls;
import dev.hashify.os.Linux;
import dev.hashify.os.StatCalls;
import dev.hashify.os.SystemCall;
import dev.hashify.os.VerityCalls;
import java.util.concurrent.locks.LockSupport;

/// Putting guards on files, and taking off what can be taken off; all other flags are left as they
/// are.
final class Guards {

  /// A program that has just opened the file for writing may be about to close it again.
  private static final int SEAL_TRIES = 4;

  private static final long NANOS_BETWEEN_TRIES = 2_000_000;

  private final AttributeCalls attributes;
  private final VerityCalls verity;
  private final LeaseCalls leases;
  private final StatCalls stat;

  Guards(Linux linux) {
    attributes = linux.attributes();
    verity = linux.verity();
    leases = linux.leases();
    stat = linux.stat();
  }

  /// Puts the guard on a file; nothing happens if it is on, or is none that a file can have.
  ///
  /// @throws ErrnoException ETXTBSY if the file cannot be sealed because somebody has it open for
  ///   writing and does not close it
  void put(Guard guard, Descriptor file) throws ErrnoException {
    switch (guard) {
      case IMMUTABLE -> protect(file);
      case VERITY -> seal(file);
      case OVERLAY, FILE_SYSTEM, NONE -> {}
    }
  }

  private void seal(Descriptor file) throws ErrnoException {
    for (int tries = 1; true; tries++) {
      try {
        sealOnce(file);
        return;
      } catch (ErrnoException failed) {
        if (!failed.is(Errno.ETXTBSY) || tries == SEAL_TRIES) {
          throw failed;
        }
        LockSupport.parkNanos(NANOS_BETWEEN_TRIES);
      }
    }
  }

  /// Seals, and puts the modification time back, which ext4 moves when it begins, whether or not it
  /// then succeeds.
  ///
  /// The lease keeps a writer away who could otherwise come and go between the look at the time and
  /// the seal, and whose time would be taken back with ours.
  private void sealOnce(Descriptor file) throws ErrnoException {
    if (leases.take(file) == LeaseCalls.Grant.HAS_WRITERS) {
      throw new ErrnoException(SystemCall.FCNTL, Errno.ETXTBSY.number());
    }
    FileStat before = stat.of(file);
    if ((before.attributes() & FileAttributes.VERITY) != 0) {
      return;
    }
    try {
      verity.seal(file);
    } catch (ErrnoException failed) {
      // A file that is open for writing is refused before anything is done to it, and its time is
      // its writer's.
      if (!failed.is(Errno.ETXTBSY)) {
        putBackTime(file, before);
      }
      throw failed;
    }
    putBackTime(file, before);
  }

  /// Not asking first whether it moved is one call less that can fail before it is back; and what
  /// fails once, on a bad connection to a disk, say, may not fail again.
  private void putBackTime(Descriptor file, FileStat before) throws ErrnoException {
    try {
      attributes.setModified(file, before.modifiedNanos());
    } catch (ErrnoException _) {
      attributes.setModified(file, before.modifiedNanos());
    }
  }

  void protect(Descriptor file) throws ErrnoException {
    int flags = attributes.flags(file);
    if ((flags & InodeFlags.IMMUTABLE) == 0) {
      attributes.setFlags(file, flags | InodeFlags.IMMUTABLE);
    }
  }

  /// A seal stays: there is no call that takes one off.
  void unprotect(Descriptor file) throws ErrnoException {
    int flags = attributes.flags(file);
    if ((flags & InodeFlags.IMMUTABLE) != 0) {
      attributes.setFlags(file, flags & ~InodeFlags.IMMUTABLE);
    }
  }
}
