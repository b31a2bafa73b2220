package dev.hashify.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.hashify.file.ContentId;
import dev.hashify.file.FileAttributes;
import dev.hashify.file.TreePath;
import dev.hashify.os.Linux;
import dev.hashify.os.SystemCalls;
import dev.hashify.testkit.RealLinux;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/// A tree with a store in it:
///
/// ```
/// store/      the store
/// root/       files to adopt
/// ```
record StoreTree(Tree tree) implements AutoCloseable {

  static final LockHolder WHO =
      new LockHolder(4121, Instant.parse("2026-11-22T03:00:00Z"), "hashify unify /srv");

  static final long KEY = 0x0123_4567_89ab_cdefL;

  static StoreTree on(TestVolume volume) throws IOException {
    return new StoreTree(volume.tree().directory("root"));
  }

  TreePath path() {
    return tree.hostPath().child("store");
  }

  Store change() throws StoreException {
    return open(RealLinux.LINUX, Access.CHANGE);
  }

  Store change(SystemCalls calls) throws StoreException {
    return open(new Linux(calls), Access.CHANGE);
  }

  Store read() throws StoreException {
    return open(RealLinux.LINUX, Access.READ);
  }

  private Store open(Linux linux, Access access) throws StoreException {
    return Store.open(linux, path(), access, WHO);
  }

  static ObjectName nameOf(String content) {
    return new ObjectName(ContentId.of(DigestUtils.sha256(content)), KEY, 0);
  }

  /// The path of an object below the tree.
  static String at(ObjectName name) {
    return "store/objects/" + name.text();
  }

  /// Makes a file and adopts it.
  ObjectName adopted(Store store, String path, String content) throws IOException {
    tree.file(path, content);
    ObjectName name = nameOf(content);
    try (var file = tree.open(path)) {
      assertInstanceOf(Adoption.Adopted.class, store.adopt(file, name));
    }
    return name;
  }

  void protect(Store store, ObjectName name) throws IOException {
    try (var file = store.open(name).orElseThrow()) {
      store.protect(file.descriptor());
    }
  }

  boolean isImmutable(String path) throws IOException {
    return (tree.stat(path).attributes() & FileAttributes.IMMUTABLE) != 0;
  }

  /// All objects, foreign entries and problems, one line each.
  static List<String> contents(Store store) throws IOException {
    List<String> lines = new ArrayList<>();
    store.forEachObject(
        new ObjectVisitor() {
          @Override
          public Visit object(StoredObject object) {
            lines.add("object " + object.name() + " " + object.links());
            return Visit.GO_ON;
          }

          @Override
          public void foreign(TreePath path, String what) {
            lines.add("foreign " + store.path().relativize(path) + " " + what);
          }

          @Override
          public void problem(dev.hashify.file.FileProblem problem) {
            lines.add("problem " + problem);
          }
        });
    lines.sort(null);
    return lines;
  }

  void assertReads(String path, String content) throws IOException {
    assertEquals(content, tree.text(path), path);
  }

  @Override
  public void close() throws IOException {
    tree.close();
  }
}
