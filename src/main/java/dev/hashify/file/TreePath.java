package dev.hashify.file;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A path as the kernel knows it: bytes, components separated by `/`.
///
/// Used both for paths below a root (no leading `/`; [#EMPTY] is the root itself) and for paths of
/// the host. No normalisation, no I/O, no encoding: two paths are equal when their bytes are. The
/// order is that of unsigned bytes, the same everywhere and in every locale.
public final class TreePath implements Comparable<TreePath> {

  /// The path of no components: the root itself.
  public static final TreePath EMPTY = new TreePath(new byte[0]);

  private final byte[] bytes;

  private TreePath(byte[] bytes) {
    this.bytes = bytes;
  }

  /// A path of a copy of `bytes`.
  ///
  /// @throws IllegalArgumentException if there is a NUL byte, which no path can contain
  public static TreePath of(byte[] bytes) {
    for (byte b : bytes) {
      if (b == 0) {
        throw new IllegalArgumentException("a path cannot contain a NUL byte");
      }
    }
    return new TreePath(bytes.clone());
  }

  /// A path of the UTF-8 bytes of `text`, for names that are ours or that a user typed.
  public static TreePath of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /// The path's bytes; a copy, so that the path stays as it is.
  public byte[] bytes() {
    return bytes.clone();
  }

  /// The number of bytes.
  public int length() {
    return bytes.length;
  }

  /// The byte at `index`, from 0.
  public byte byteAt(int index) {
    return bytes[index];
  }

  public boolean isEmpty() {
    return bytes.length == 0;
  }

  public boolean isAbsolute() {
    return bytes.length > 0 && bytes[0] == '/';
  }

  /// This path with one more component.
  public TreePath child(byte[] name) {
    return child(name, 0, name.length);
  }

  /// This path with one more component, given as a range of an array.
  public TreePath child(byte[] names, int from, int length) {
    boolean separator = bytes.length > 0 && bytes[bytes.length - 1] != '/';
    int start = bytes.length + (separator ? 1 : 0);
    byte[] joined = Arrays.copyOf(bytes, start + length);
    if (separator) {
      joined[bytes.length] = '/';
    }
    System.arraycopy(names, from, joined, start, length);
    return new TreePath(joined);
  }

  /// This path with one more component.
  public TreePath child(String name) {
    return child(name.getBytes(StandardCharsets.UTF_8));
  }

  /// This path followed by `relative`; this path itself if `relative` is empty.
  public TreePath resolve(TreePath relative) {
    return relative.isEmpty() ? this : child(relative.bytes);
  }

  /// The last component; empty for the empty path and for `/`.
  public byte[] name() {
    return Arrays.copyOfRange(bytes, nameStart(), bytes.length);
  }

  /// Everything before the last component, without the separator; [#EMPTY] if there is none, `/`
  /// for a child of `/`.
  public TreePath parent() {
    int end = nameStart();
    if (end == 0) {
      return EMPTY;
    }
    return new TreePath(Arrays.copyOf(bytes, end == 1 ? 1 : end - 1));
  }

  /// Whether `other` is this path or lies below it, by components.
  public boolean contains(TreePath other) {
    if (isEmpty()) {
      return !other.isAbsolute();
    }
    if (other.bytes.length < bytes.length
        || Arrays.mismatch(bytes, 0, bytes.length, other.bytes, 0, bytes.length) >= 0) {
      return false;
    }
    return other.bytes.length == bytes.length
        || bytes[bytes.length - 1] == '/'
        || other.bytes[bytes.length] == '/';
  }

  /// What remains of `other` below this path.
  ///
  /// @throws IllegalArgumentException if `other` is not this path and does not lie below it
  public TreePath relativize(TreePath other) {
    if (!contains(other)) {
      throw new IllegalArgumentException(other + " is not below " + this);
    }
    int from = bytes.length;
    if (from < other.bytes.length && other.bytes[from] == '/') {
      from++;
    }
    return new TreePath(Arrays.copyOfRange(other.bytes, from, other.bytes.length));
  }

  private int nameStart() {
    int at = bytes.length;
    while (at > 0 && bytes[at - 1] != '/') {
      at--;
    }
    return at;
  }

  /// Copies the bytes into `target` from `offset` on.
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, bytes.length);
  }

  @Override
  public int compareTo(TreePath other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TreePath path && Arrays.equals(bytes, path.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /// The path for people: escaped, one line, not to be turned back into a path.
  @Override
  public String toString() {
    return PathText.escape(bytes);
  }
}
