package dev.hashify.testkit;

import dev.hashify.file.Errno;
import dev.hashify.file.TreePath;
import dev.hashify.os.ErrnoException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Makes roots that look like containers of one distribution: much in common, some of it different
/// in a way that matters. The same seed makes the same roots.
///
/// Sizes lie around the limits that matter: the smallest file considered, a page, one read.
public final class RandomTree {

  /// How large the roots are.
  ///
  /// @param filesPerRoot about; hard links and sparse files included
  /// @param deviating one of how many shared files differs from its siblings in some metadata
  public record Shape(int roots, int filesPerRoot, int deviating) {

    /// Three roots of 60 files.
    public static final Shape SMALL = new Shape(3, 60, 4);
  }

  private static final int[] SIZES = {
    0, 1, 15, 16, 17, 100, 4095, 4096, 4097, 262_143, 262_144, 262_145
  };

  /// 2026-01-02 03:04:05.123456789 UTC.
  private static final long BASE_NANOS = 1_767_323_045_123_456_789L;

  private static final long SECOND = 1_000_000_000L;

  private static final byte[][] HOSTILE_NAMES = {
    "new\nline".getBytes(StandardCharsets.US_ASCII),
    "\u001b[31mred".getBytes(StandardCharsets.US_ASCII),
    {(byte) 0xff, (byte) 0xfe, 'x'},
    {'c', 'u', 't', (byte) 0xe2, (byte) 0x82},
    "-rf".getBytes(StandardCharsets.US_ASCII),
    "x".repeat(255).getBytes(StandardCharsets.US_ASCII),
    "back\\slash \"quoted\" 'too'".getBytes(StandardCharsets.US_ASCII),
    "\u202egnp.exe".getBytes(StandardCharsets.UTF_8),
    "*?[a]".getBytes(StandardCharsets.US_ASCII),
    " ".getBytes(StandardCharsets.US_ASCII),
  };

  private static final String[] DIRECTORIES = {
    "", "etc", "usr/bin", "usr/lib", "usr/lib/x86_64-linux-gnu", "usr/share/doc/a", "var/lib/b"
  };

  private final Random random;
  private final Shape shape;

  private RandomTree(long seed, Shape shape) {
    this.random = new Random(seed);
    this.shape = shape;
  }

  /// Makes the roots `root-0`, `root-1`, … in `parent`.
  public static List<Tree> make(long seed, Shape shape, Path parent) throws IOException {
    return new RandomTree(seed, shape).make(parent);
  }

  /// The names that text handling stumbles over.
  public static List<byte[]> hostileNames() {
    return List.of(HOSTILE_NAMES);
  }

  private List<Tree> make(Path parent) throws IOException {
    List<Tree> roots = new ArrayList<>();
    for (int i = 0; i < shape.roots; i++) {
      roots.add(Tree.in(parent.resolve("root-" + i)));
    }
    for (int i = 0; i < shape.filesPerRoot; i++) {
      makeFamily(roots, i);
    }
    for (var root : roots) {
      for (String directory : DIRECTORIES) {
        root.directory(directory).modified(directory, BASE_NANOS - random.nextInt(1000) * SECOND);
      }
    }
    return roots;
  }

  /// One file in all roots, in some, or in one, with the same content in most of them.
  private void makeFamily(List<Tree> roots, int number) throws IOException {
    TreePath path = path(number);
    byte[] content = content(SIZES[random.nextInt(SIZES.length)]);
    int mode = random.nextInt(5) == 0 ? 0755 : 0644;
    boolean common = random.nextInt(10) < 7;
    int only = random.nextInt(roots.size());
    for (int i = 0; i < roots.size(); i++) {
      if (!common && i != only && random.nextBoolean()) {
        continue;
      }
      Tree root = roots.get(i);
      if (random.nextInt(25) == 0) {
        root.sparse("var/sparse-" + number, 1 << 20, 0, 512 << 10);
      }
      byte[] mine = random.nextInt(12) == 0 ? changed(content) : content;
      TreePath at = random.nextInt(15) == 0 ? path.parent().child("other-" + number) : path;
      root.bytes(at, mine).mode(at, mode).modified(at, BASE_NANOS);
      if (random.nextInt(shape.deviating) == 0) {
        deviate(root, at);
      }
      if (random.nextInt(10) == 0) {
        root.hardLink(at, TreePath.of("links").child("link-" + number));
      }
    }
  }

  private TreePath path(int number) {
    String directory = DIRECTORIES[random.nextInt(DIRECTORIES.length)];
    TreePath parent = TreePath.of(directory);
    if (random.nextInt(8) == 0) {
      // A directory of its own, so that the same hostile name can come again.
      byte[] hostile = HOSTILE_NAMES[random.nextInt(HOSTILE_NAMES.length)];
      return parent.child("d" + number).child(hostile);
    }
    return parent.child("file-" + number);
  }

  private void deviate(Tree root, TreePath path) throws IOException {
    switch (random.nextInt(7)) {
      case 0 -> root.modified(path, BASE_NANOS + 1);
      case 1 -> root.modified(path, BASE_NANOS + SECOND);
      case 2 -> root.mode(path, 0600);
      case 3 -> root.mode(path, 04755);
      case 4 -> attribute(root, path);
      case 5 -> owner(root, path, 1000, 1000);
      default -> owner(root, path, 0, 50);
    }
  }

  private static void attribute(Tree root, TreePath path) throws IOException {
    try {
      root.attribute(path, "user.comment", new byte[] {'a', 0, 'b'});
    } catch (ErrnoException e) {
      if (!e.is(Errno.EOPNOTSUPP)) {
        throw e;
      }
    }
  }

  private static void owner(Tree root, TreePath path, int uid, int gid) throws IOException {
    try {
      root.owner(path, uid, gid);
    } catch (ErrnoException e) {
      // Without privileges all files have one owner.
      if (!e.is(Errno.EPERM)) {
        throw e;
      }
    }
  }

  private byte[] content(int sizeBytes) {
    byte[] content = new byte[sizeBytes];
    random.nextBytes(content);
    return content;
  }

  /// The same length, one byte different, at any place.
  private byte[] changed(byte[] content) {
    byte[] copy = content.clone();
    if (copy.length > 0) {
      copy[random.nextInt(copy.length)] ^= 1;
    }
    return copy;
  }
}
