package dev.hashify.store;

import static dev.hashify.store.Layout.bytes;

import dev.hashify.file.DirectoryListing;
import dev.hashify.file.Errno;
import dev.hashify.file.FileProblem;
import dev.hashify.file.TreePath;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import dev.hashify.store.ObjectVisitor.Visit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// One look at all objects.
final class ObjectWalk {

  private static final Pattern SHARD = Pattern.compile("[0-9a-f]{2}");

  private final Store store;
  private final Linux linux;
  private final ObjectVisitor visitor;
  private final TreePath objects;
  private final DirectoryListing listing = new DirectoryListing();

  ObjectWalk(Store store, ObjectVisitor visitor) {
    this.store = store;
    this.linux = store.linux();
    this.visitor = visitor;
    this.objects = store.path().child(Layout.OBJECTS);
  }

  void run() throws ErrnoException {
    for (String shard : shards()) {
      if (visit(shard) == Visit.STOP) {
        return;
      }
    }
  }

  private List<String> shards() throws ErrnoException {
    try (var own = linux.open().subdirectory(store.directory(), bytes(Layout.OBJECTS))) {
      linux.stat().list(own, listing);
    }
    List<String> shards = new ArrayList<>();
    for (int i = 0; i < listing.count(); i++) {
      String name = new String(listing.name(i), StandardCharsets.ISO_8859_1);
      if (listing.isDirectory(i) && SHARD.matcher(name).matches()) {
        shards.add(name);
      } else {
        visitor.foreign(objects.child(listing.name(i)), "not a shard");
      }
    }
    shards.sort(null);
    return shards;
  }

  private Visit visit(String shard) {
    try (var directory = store.shards().forListing(shard)) {
      linux.stat().list(directory, listing);
    } catch (ErrnoException failed) {
      String left = "its objects were not looked at";
      visitor.problem(
          new FileProblem(objects.child(shard), "cannot be listed", failed.why(), left));
      return Visit.GO_ON;
    }
    for (int i = 0; i < listing.count(); i++) {
      if (visit(shard, i) == Visit.STOP) {
        return Visit.STOP;
      }
    }
    return Visit.GO_ON;
  }

  private Visit visit(String shard, int at) {
    String fileName = new String(listing.name(at), StandardCharsets.ISO_8859_1);
    Optional<ObjectName> name = ObjectName.parse(shard, fileName);
    TreePath path = objects.child(shard).child(listing.name(at));
    if (name.isEmpty() || !listing.isRegular(at)) {
      visitor.foreign(path, name.isEmpty() ? "not the name of an object" : "not a regular file");
      return Visit.GO_ON;
    }
    if (listing.isVanished(at)) {
      return Visit.GO_ON;
    }
    Optional<Errno> failure = listing.failure(at);
    if (failure.isPresent()) {
      String why = failure.get().display();
      visitor.problem(new FileProblem(path, "not looked at", why, "left as it was"));
      return Visit.GO_ON;
    }
    return visitor.object(StoredObject.of(name.get(), listing, at));
  }
}
