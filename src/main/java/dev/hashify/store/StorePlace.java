package dev.hashify.store;

import dev.hashify.file.TreePath;
import dev.hashify.os.Mount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where the store of a root lies, decided from what is known without looking further.
///
/// Hard links need one mount, so there is one store per mount: the one the user gave on that mount,
/// else `.hashify` at its top, `/var/lib/hashify` on the mount at `/`. A place inside a root would
/// be deleted with that root, so it is only taken if the user names it.
public sealed interface StorePlace {

  /// The name at the top of a mount.
  String NAME = ".hashify";

  /// Where Linux programs keep their state (Filesystem Hierarchy Standard 5.8).
  TreePath FOR_SLASH = TreePath.of("/var/lib/hashify");

  /// The answer for people; for all but [At] with what to do.
  String text();

  /// The store belongs here.
  record At(TreePath path, Origin origin) implements StorePlace {
    @Override
    public String text() {
      return path.toString();
    }
  }

  /// Who chose the place.
  enum Origin {
    GIVEN,
    TOP_OF_MOUNT
  }

  /// The place would lie inside a root, itself included.
  record InsideRoot(TreePath path, TreePath root) implements StorePlace {
    @Override
    public String text() {
      return path
          + ": no store made: it would lie inside the root "
          + root
          + "; give --store DIR on the same mount";
    }
  }

  /// Something else is mounted over the place.
  record OnOtherMount(TreePath path, TreePath root) implements StorePlace {
    @Override
    public String text() {
      return path
          + ": no store made: on another mount than the root "
          + root
          + "; give --store DIR on the same mount";
    }
  }

  /// More than one given store is on the root's mount.
  record SeveralGiven(TreePath root, List<TreePath> stores) implements StorePlace {
    public SeveralGiven {
      stores = List.copyOf(stores);
    }

    @Override
    public String text() {
      return root
          + ": no store chosen: several given ones are on its mount ("
          + String.join(", ", stores.stream().map(TreePath::toString).toList())
          + "); give one --store per mount";
    }
  }

  /// The mount table does not know the root's mount.
  record UnknownMount(TreePath root, long mountId) implements StorePlace {
    @Override
    public String text() {
      return root
          + ": no store chosen: its mount ("
          + mountId
          + ") is not in the mount table; give --store DIR on the same mount";
    }
  }

  /// A `--store` of the user.
  ///
  /// @param mountId the mount it is on, or that of its parent directory if it is yet to be made
  record GivenStore(TreePath path, long mountId) {}

  /// A root, by its real absolute path.
  record PlacedRoot(TreePath path, long mountId) {}

  /// The place for `root`.
  ///
  /// @param mounts the mount table, in its order: later mounts cover earlier ones
  /// @param given all `--store` directories
  /// @param roots the real absolute paths of all roots of the run
  static StorePlace of(
      List<Mount> mounts, PlacedRoot root, List<GivenStore> given, List<TreePath> roots) {
    List<TreePath> onMount = new ArrayList<>();
    for (var store : given) {
      if (store.mountId() == root.mountId()) {
        onMount.add(store.path());
      }
    }
    if (onMount.size() > 1) {
      return new SeveralGiven(root.path(), onMount);
    }
    return onMount.isEmpty()
        ? atTop(mounts, root, roots)
        : new At(onMount.getFirst(), Origin.GIVEN);
  }

  private static StorePlace atTop(List<Mount> mounts, PlacedRoot root, List<TreePath> roots) {
    Optional<Mount> mount =
        mounts.stream().filter(candidate -> candidate.id() == root.mountId()).findFirst();
    if (mount.isEmpty()) {
      return new UnknownMount(root.path(), root.mountId());
    }
    TreePath top = mount.get().point();
    TreePath path = top.equals(TreePath.of("/")) ? FOR_SLASH : top.child(NAME);
    for (TreePath candidate : roots) {
      if (candidate.contains(path)) {
        return new InsideRoot(path, candidate);
      }
    }
    return mountOf(mounts, path) == root.mountId()
        ? new At(path, Origin.TOP_OF_MOUNT)
        : new OnOtherMount(path, root.path());
  }

  /// The id of the mount that `path` is on.
  private static long mountOf(List<Mount> mounts, TreePath path) {
    long id = -1;
    int longest = -1;
    for (var mount : mounts) {
      if (mount.point().contains(path) && mount.point().length() >= longest) {
        longest = mount.point().length();
        id = mount.id();
      }
    }
    return id;
  }
}
