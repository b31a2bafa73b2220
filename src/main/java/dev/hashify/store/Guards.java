package dev.hashify.store;

import dev.hashify.os.AttributeCalls;
import dev.hashify.os.Descriptor;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.InodeFlags;
import dev.hashify.os.Linux;

/// Setting and clearing the immutable flag, all other flags left as they are.
final class Guards {

  private final AttributeCalls attributes;

  Guards(Linux linux) {
    attributes = linux.attributes();
  }

  void protect(Descriptor file) throws ErrnoException {
    int flags = attributes.flags(file);
    if ((flags & InodeFlags.IMMUTABLE) == 0) {
      attributes.setFlags(file, flags | InodeFlags.IMMUTABLE);
    }
  }

  void unprotect(Descriptor file) throws ErrnoException {
    int flags = attributes.flags(file);
    if ((flags & InodeFlags.IMMUTABLE) != 0) {
      attributes.setFlags(file, flags & ~InodeFlags.IMMUTABLE);
    }
  }
}
