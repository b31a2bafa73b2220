package dev.hashify.store;

import dev.hashify.file.ExtendedAttributes;
import dev.hashify.file.FileStat;
import java.util.zip.CRC32C;

/// The file that a path had before its batch, as the journal remembers it: enough to tell later
/// whether anybody has changed it since.
///
/// @param device its device; only comparable before the next reboot
/// @param attributesCrc a checksum of its extended attributes, see [#of]
public record DisplacedFile(
    long device,
    long inode,
    long sizeBytes,
    long modifiedNanos,
    int mode,
    int uid,
    int gid,
    int attributesCrc) {

  public DisplacedFile {
    if (sizeBytes < 0) {
      throw new IllegalArgumentException("size (" + sizeBytes + ") must not be negative");
    }
  }

  /// A file as it is.
  public static DisplacedFile of(FileStat stat, ExtendedAttributes attributes) {
    var crc = new CRC32C();
    crc.update(attributes.canonical());
    return new DisplacedFile(
        stat.device(),
        stat.inode(),
        stat.sizeBytes(),
        stat.modifiedNanos(),
        stat.mode(),
        stat.uid(),
        stat.gid(),
        (int) crc.getValue());
  }

  /// Whether the file is as it was, as far as its stat and its attributes show. Whoever writes to
  /// it moves its modification time; a change of mode, owner or attributes shows in these.
  public boolean isUnchanged(FileStat now, ExtendedAttributes attributesNow) {
    return equals(of(now, attributesNow).onDevice(device));
  }

  private DisplacedFile onDevice(long other) {
    return new DisplacedFile(other, inode, sizeBytes, modifiedNanos, mode, uid, gid, attributesCrc);
  }

  /// Whether another file has the same owner and mode as this one had.
  public boolean hasOwnerAndModeOf(FileStat other) {
    return mode == other.mode() && uid == other.uid() && gid == other.gid();
  }
}
