package dev.hashify.os;

import dev.hashify.file.Errno;
import dev.hashify.file.ExtendedAttributes;
import dev.hashify.file.ExtendedAttributes.Attribute;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Owner, mode, times, extended attributes, inode flags and project of open files.
public final class AttributeCalls {

  /// `_IOR('f', 1, long)` and `_IOW('f', 2, long)` of linux/fs.h; despite the type the kernel moves
  /// 32 bits.
  private static final long GET_FLAGS = 0x8008_6601L;

  private static final long SET_FLAGS = 0x4008_6602L;

  /// `_IOR('X', 31, struct fsxattr)` of linux/fs.h, 28 bytes.
  private static final long FS_GET_XATTR = 0x801c_581fL;

  /// `UTIME_OMIT` (linux/stat.h): leave this time as it is.
  private static final long OMIT = (1L << 30) - 2;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final Kernel kernel;

  AttributeCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  /// All extended attributes that the caller may see. None where the file system has none.
  public ExtendedAttributes extended(Descriptor file) throws ErrnoException {
    Memory memory = Memory.ofThread();
    long list = memory.xattrList();
    long length = kernel.raw(SystemCall.FLISTXATTR, file.number(), list, Memory.XATTR_BYTES, 0, 0);
    if (length == 0 || length == -Errno.EOPNOTSUPP.number()) {
      return ExtendedAttributes.NONE;
    }
    if (length < 0) {
      throw new ErrnoException(SystemCall.FLISTXATTR, (int) -length);
    }
    List<Attribute> attributes = new ArrayList<>();
    int from = 0;
    byte[] names = Memory.bytes(list, (int) length);
    for (int i = 0; i < names.length; i++) {
      if (names[i] == 0) {
        byte[] value = value(file, list + from, memory);
        attributes.add(new Attribute(Arrays.copyOfRange(names, from, i), value));
        from = i + 1;
      }
    }
    return ExtendedAttributes.of(attributes);
  }

  private byte[] value(Descriptor file, long name, Memory memory) throws ErrnoException {
    long at = memory.xattrValue();
    long length =
        kernel.check(SystemCall.FGETXATTR, file.number(), name, at, Memory.XATTR_BYTES, 0);
    return Memory.bytes(at, (int) length);
  }

  /// Sets one extended attribute.
  ///
  /// @throws IllegalArgumentException if the value is larger than any that Linux takes, 64 KiB
  public void setExtended(Descriptor file, Attribute attribute) throws ErrnoException {
    Memory memory = Memory.ofThread();
    byte[] value = attribute.value();
    if (value.length > Memory.XATTR_BYTES) {
      throw new IllegalArgumentException("attribute value of " + value.length + " bytes");
    }
    long at = memory.xattrValue();
    Memory.copyIn(value, 0, value.length, at);
    Memory.putName(memory.firstPath, attribute.name());
    kernel.check(SystemCall.FSETXATTR, file.number(), memory.firstPath, at, value.length, 0);
  }

  public void setMode(Descriptor file, int permissions) throws ErrnoException {
    kernel.check(SystemCall.FCHMOD, file.number(), permissions, 0);
  }

  /// Sets owner and group. Clears set-id bits, so set the mode afterwards.
  public void setOwner(Descriptor file, int uid, int gid) throws ErrnoException {
    kernel.check(SystemCall.FCHOWN, file.number(), uid, gid);
  }

  /// Sets the modification time, leaving the access time as it is.
  public void setModified(Descriptor file, long modifiedNanos) throws ErrnoException {
    Memory memory = Memory.ofThread();
    long at = memory.structure;
    Memory.putLong(at, 0);
    Memory.putLong(at + 8, OMIT);
    Memory.putLong(at + 16, Math.floorDiv(modifiedNanos, NANOS_PER_SECOND));
    Memory.putLong(at + 24, Math.floorMod(modifiedNanos, NANOS_PER_SECOND));
    kernel.check(SystemCall.UTIMENSAT, file.number(), 0, at, 0, 0);
  }

  /// The inode flags that `lsattr` shows (`FS_*_FL` of linux/fs.h); 0 where the file system has
  /// none.
  public int flags(Descriptor file) throws ErrnoException {
    Memory memory = Memory.ofThread();
    Memory.putLong(memory.structure, 0);
    long result = kernel.raw(SystemCall.IOCTL, file.number(), GET_FLAGS, memory.structure, 0, 0);
    if (isUnsupported(result)) {
      return 0;
    }
    if (result < 0) {
      throw new ErrnoException(SystemCall.IOCTL, (int) -result);
    }
    return Memory.getInt(memory.structure);
  }

  /// Sets all inode flags.
  public void setFlags(Descriptor file, int flags) throws ErrnoException {
    Memory memory = Memory.ofThread();
    Memory.putLong(memory.structure, flags & 0xffff_ffffL);
    kernel.check(SystemCall.IOCTL, file.number(), SET_FLAGS, memory.structure);
  }

  /// The project quota id; 0 where there are none.
  public int project(Descriptor file) throws ErrnoException {
    Memory memory = Memory.ofThread();
    Memory.clear(memory.structure, 32);
    long result = kernel.raw(SystemCall.IOCTL, file.number(), FS_GET_XATTR, memory.structure, 0, 0);
    if (isUnsupported(result)) {
      return 0;
    }
    if (result < 0) {
      throw new ErrnoException(SystemCall.IOCTL, (int) -result);
    }
    return Memory.getInt(memory.structure + 12);
  }

  private static boolean isUnsupported(long result) {
    return result == -Errno.ENOTTY.number()
        || result == -Errno.EOPNOTSUPP.number()
        || result == -Errno.ENOSYS.number();
  }
}
