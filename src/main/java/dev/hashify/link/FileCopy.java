package dev.hashify.link;

import dev.hashify.file.ExtendedAttributes;
import dev.hashify.file.FileMode;
import dev.hashify.file.FileStat;
import dev.hashify.os.Descriptor;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.InodeFlags;
import dev.hashify.os.Linux;
import dev.hashify.os.OpenFile;
import dev.hashify.os.ReadBuffer;

/// Makes a private copy of a file with everything a user can see of it: bytes, holes, owner, mode,
/// extended attributes, modification time, inode flags.
final class FileCopy implements AutoCloseable {

  private final Linux linux;
  private final ReadBuffer buffer = new ReadBuffer();

  private final Blocks blocks;

  /// Where the blocks of a copy come from.
  enum Blocks {
    /// The source's, where the file system can: the copy is there to have an inode of its own.
    CLONED_IF_POSSIBLE,
    /// Its own: the copy is there to have them.
    OWN
  }

  FileCopy(Linux linux, Blocks blocks) {
    this.linux = linux;
    this.blocks = blocks;
  }

  /// Fills `copy`, a new empty file, from `source`.
  ///
  /// @return the extended attributes that were copied
  /// @throws ErrnoException if something of it cannot be copied; `copy` is of no use then
  ExtendedAttributes make(OpenFile source, Descriptor copy) throws ErrnoException {
    boolean isCloned =
        blocks == Blocks.CLONED_IF_POSSIBLE
            && linux.content().cloneContent(source.descriptor(), copy);
    if (!isCloned) {
      copyData(source, copy);
    }
    FileStat stat = source.stat();
    linux.attributes().setOwner(copy, stat.uid(), stat.gid());
    ExtendedAttributes extended = linux.attributes().extended(source.descriptor());
    for (var attribute : extended.all()) {
      linux.attributes().setExtended(copy, attribute);
    }
    // After the owner, whose change clears set-id bits; after ACLs, which are the group bits.
    linux.attributes().setMode(copy, stat.mode() & FileMode.PERMISSION_MASK);
    copyFlags(source, copy);
    linux.attributes().setModified(copy, stat.modifiedNanos());
    return extended;
  }

  private void copyData(OpenFile source, Descriptor copy) throws ErrnoException {
    long size = source.sizeBytes();
    linux.content().truncate(copy, size);
    long from = linux.content().nextData(source.descriptor(), 0);
    while (from >= 0 && from < size) {
      long to = linux.content().nextHole(source.descriptor(), from);
      copyRange(source, copy, from, to < 0 ? size : Math.min(to, size));
      from = to < 0 || to >= size ? -1 : linux.content().nextData(source.descriptor(), to);
    }
  }

  private void copyRange(OpenFile source, Descriptor copy, long from, long to)
      throws ErrnoException {
    long at = from;
    while (at < to) {
      int length = (int) Math.min(ReadBuffer.SIZE_BYTES, to - at);
      int read = linux.content().read(source.descriptor(), buffer, length, at);
      linux.content().write(copy, buffer, read, at);
      if (read < length) {
        // The file became shorter: its stat is looked at afterwards, and the copy is not used.
        return;
      }
      at += length;
    }
  }

  /// The immutable flag is our guard, not the user's.
  private void copyFlags(OpenFile source, Descriptor copy) throws ErrnoException {
    int wanted = InodeFlags.MEANINGFUL & ~(InodeFlags.IMMUTABLE | InodeFlags.VERITY);
    int flags = linux.attributes().flags(source.descriptor()) & wanted;
    int now = linux.attributes().flags(copy);
    if ((now & wanted) != flags) {
      linux.attributes().setFlags(copy, (now & ~wanted) | flags);
    }
  }

  @Override
  public void close() {
    buffer.close();
  }
}
