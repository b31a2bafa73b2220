package dev.hashify.file;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The extended attributes of a file: ACLs, security labels, capabilities and what users set.
///
/// Held sorted by name, so that equal sets are equal whatever order the kernel lists them in.
public final class ExtendedAttributes {

  /// No attributes, as nearly all files have.
  public static final ExtendedAttributes NONE = new ExtendedAttributes(List.of());

  /// The attribute that holds file capabilities (linux/xattr.h).
  private static final String CAPABILITY = "security.capability";

  private final List<Attribute> attributes;

  private ExtendedAttributes(List<Attribute> attributes) {
    this.attributes = attributes;
  }

  /// One attribute: its full name, as `user.comment`, and its value.
  public static final class Attribute implements Comparable<Attribute> {
    private final byte[] name;
    private final byte[] value;

    public Attribute(byte[] name, byte[] value) {
      this.name = name.clone();
      this.value = value.clone();
    }

    public byte[] name() {
      return name.clone();
    }

    public byte[] value() {
      return value.clone();
    }

    /// Whether the name is `text` or, if that ends with a dot, begins with it.
    public boolean isNamed(String text) {
      if (text.endsWith(".")) {
        return name.length >= text.length()
            && text.equals(
                new String(name, 0, text.length(), java.nio.charset.StandardCharsets.ISO_8859_1));
      }
      return text.equals(new String(name, java.nio.charset.StandardCharsets.ISO_8859_1));
    }

    @Override
    public int compareTo(Attribute other) {
      int byName = Arrays.compareUnsigned(name, other.name);
      return byName != 0 ? byName : Arrays.compareUnsigned(value, other.value);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Attribute attribute && compareTo(attribute) == 0;
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(name) + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
      return PathText.escape(name) + "=" + PathText.escape(value);
    }
  }

  public static ExtendedAttributes of(List<Attribute> attributes) {
    if (attributes.isEmpty()) {
      return NONE;
    }
    var sorted = new ArrayList<>(attributes);
    sorted.sort(null);
    return new ExtendedAttributes(List.copyOf(sorted));
  }

  public List<Attribute> all() {
    return attributes;
  }

  public boolean isEmpty() {
    return attributes.isEmpty();
  }

  /// Whether there is one of this name, or with this prefix if it ends with a dot.
  public boolean has(String name) {
    for (var attribute : attributes) {
      if (attribute.isNamed(name)) {
        return true;
      }
    }
    return false;
  }

  /// Whether running the file gives capabilities.
  public boolean hasCapabilities() {
    return has(CAPABILITY);
  }

  /// All names and values, each with its length before it, so that no two sets have the same bytes.
  public byte[] canonical() {
    int size = 0;
    for (var attribute : attributes) {
      size += 8 + attribute.name.length + attribute.value.length;
    }
    ByteBuffer bytes = ByteBuffer.allocate(size);
    for (var attribute : attributes) {
      bytes.putInt(attribute.name.length).put(attribute.name);
      bytes.putInt(attribute.value.length).put(attribute.value);
    }
    return bytes.array();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ExtendedAttributes set && attributes.equals(set.attributes);
  }

  @Override
  public int hashCode() {
    return attributes.hashCode();
  }

  @Override
  public String toString() {
    return attributes.toString();
  }
}
