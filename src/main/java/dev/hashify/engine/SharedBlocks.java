package dev.hashify.engine;

import dev.hashify.engine.Breaking.Together;
import dev.hashify.file.DirectoryListing;
import dev.hashify.file.Errno;
import dev.hashify.file.FileAttributes;
import dev.hashify.file.FileProblem;
import dev.hashify.file.FileStat;
import dev.hashify.file.PathState;
import dev.hashify.file.TreePath;
import dev.hashify.index.DirectoryRecord;
import dev.hashify.index.IndexException;
import dev.hashify.index.IndexReader;
import dev.hashify.link.SharedFile;
import dev.hashify.os.CloneCalls.Placing;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import dev.hashify.plan.MemberPath;
import dev.hashify.store.LinkedNames.NameInDirectory;
import dev.hashify.walk.DirectoryVisitor;
import dev.hashify.walk.WalkItem;
import dev.hashify.walk.Walker;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Finds the files below some paths that share blocks because a run made them: those the index
/// calls so, and those that are named. A file whose blocks only a snapshot has besides is left
/// unless it is named: a copy of it would give nothing back and take space. One thread.
final class SharedBlocks {

  private final Linux linux;
  private final StoreSession session;
  private final List<OpenRoot> roots;
  private final List<TreePath> wholes;
  private final List<TreePath> files;
  private final List<FileProblem> problems = new ArrayList<>();
  private final List<TreePath> refused = new ArrayList<>();
  private final Map<Long, Found> found = new LinkedHashMap<>();
  private final Set<NameInDirectory> seen = new HashSet<>();

  /// @param roots all directories opened, by number
  /// @param paths what was named
  /// @param files those of `paths` that are no directories
  SharedBlocks(
      Linux linux,
      StoreSession session,
      List<OpenRoot> roots,
      List<TreePath> paths,
      List<TreePath> files) {
    this.linux = linux;
    this.session = session;
    this.roots = roots;
    this.wholes = paths.stream().filter(path -> !files.contains(path)).toList();
    this.files = files;
  }

  /// A file with the names found.
  private record Found(int links, List<MemberPath> names) {}

  /// The files to break, each with all its names.
  List<Together> collect(List<OpenRoot> served, BooleanSupplier isCancelled)
      throws IndexException, ErrnoException, InterruptedException {
    try (var reader = session.index().reader()) {
      List<WalkItem<Integer>> starts = new ArrayList<>();
      for (var root : served) {
        var start =
            new WalkItem<>(root.number(), TreePath.EMPTY, root.stat().inode(), root.number());
        if (wholes.contains(root.given())) {
          starts.add(start);
        } else {
          named(root, start);
        }
      }
      new Walker<Integer>(linux, 1, isCancelled)
          .walk(roots.stream().map(OpenRoot::descriptor).toList(), starts, () -> new Visit(reader));
    }
    List<Together> all = new ArrayList<>();
    for (var entry : found.entrySet()) {
      together(entry.getKey(), entry.getValue()).ifPresent(all::add);
    }
    return all;
  }

  /// The files named that lie directly in the directory opened for them.
  private void named(OpenRoot root, WalkItem<Integer> item) throws ErrnoException {
    var listing = new DirectoryListing();
    try (var directory = linux.open().directoryBeneath(root.descriptor(), TreePath.EMPTY)) {
      linux.stat().list(directory, listing);
    }
    for (int i = 0; i < listing.count(); i++) {
      TreePath name = TreePath.of(listing.name(i));
      if (listing.isRegular(i) && files.stream().anyMatch(file -> isIn(file, root, name))) {
        add(item, listing, i);
      }
    }
  }

  private static boolean isIn(TreePath file, OpenRoot root, TreePath name) {
    TreePath parent = file.parent().isEmpty() ? TreePath.of(".") : file.parent();
    return TreePath.of(file.name()).equals(name) && parent.equals(root.given());
  }

  private void add(WalkItem<Integer> item, DirectoryListing listing, int i) {
    TreePath name = TreePath.of(listing.name(i));
    if (!seen.add(new NameInDirectory(item.inode(), name))) {
      // Paths that were given may lie in each other.
      return;
    }
    var path = new MemberPath(0, item.root(), item.path(), name);
    found
        .computeIfAbsent(listing.inode(i), _ -> new Found(listing.links(i), new ArrayList<>()))
        .names()
        .add(path);
  }

  private TreePath hostPath(MemberPath name) {
    return roots.get(name.root()).path().resolve(name.path());
  }

  /// A copy for some names of a file would part them from the others for good.
  private Optional<Together> together(long inode, Found file) {
    MemberPath first = file.names().getFirst();
    try {
      Optional<FileStat> shared = shared(first, inode);
      if (shared.isEmpty()) {
        return Optional.empty();
      }
      boolean isSealed = (shared.get().attributes() & FileAttributes.IMMUTABLE) != 0;
      if (isSealed || file.links() != file.names().size()) {
        file.names().forEach(name -> refused.add(hostPath(name)));
        return Optional.empty();
      }
      return Optional.of(
          new Together(SharedFile.NO_OBJECT, inode, file.names(), shared.get().allocatedBytes()));
    } catch (ErrnoException failed) {
      problems.add(
          new FileProblem(
              hostPath(first), "not given a private copy", failed.why(), "it is shared as before"));
      return Optional.empty();
    }
  }

  /// The stat of the file if it is the one that was found and some of its blocks are shared.
  private Optional<FileStat> shared(MemberPath name, long inode) throws ErrnoException {
    OpenRoot root = roots.get(name.root());
    try (var directory = linux.open().directoryBeneath(root.descriptor(), name.directory());
        var file = linux.open().file(directory, name.name().bytes())) {
      FileStat stat = linux.stat().of(file);
      boolean isShared =
          stat.inode() == inode
              && linux.clones().extents(file, stat.sizeBytes(), Placing.PLACE_FIRST).hasShared();
      return isShared ? Optional.of(stat) : Optional.empty();
    } catch (ErrnoException failed) {
      if (failed.is(Errno.ENOENT)) {
        return Optional.empty();
      }
      throw failed;
    }
  }

  private final class Visit implements DirectoryVisitor<Integer> {
    private final IndexReader reader;

    Visit(IndexReader reader) {
      this.reader = reader;
    }

    @Override
    public void visit(
        WalkItem<Integer> item, DirectoryListing listing, Consumer<WalkItem<Integer>> descend) {
      DirectoryRecord record = record(item);
      long storeInode = session.requireStore().directoryInode();
      for (int i = 0; i < listing.count(); i++) {
        if (listing.isDirectory(i)) {
          if (listing.inode(i) != storeInode) {
            TreePath below = item.path().child(listing.name(i));
            descend.accept(new WalkItem<>(item.root(), below, listing.inode(i), item.context()));
          }
        } else if (listing.failure(i).isPresent()) {
          String why = listing.failure(i).map(Errno::display).orElse("");
          problem(item, listing.name(i), "cannot be looked at", why);
        } else if (record != null && isCloned(record, record.find(listing, i))) {
          add(item, listing, i);
        }
      }
    }

    /// What was shared right after it was written is left undecided, see [IndexUpdate].
    private static boolean isCloned(DirectoryRecord record, int at) {
      return at >= 0
          && (record.state(at) == PathState.CLONED || record.state(at) == PathState.UNSETTLED);
    }

    private @Nullable DirectoryRecord record(WalkItem<Integer> item) {
      try {
        return reader.directory(roots.get(item.root()).volume(), item.inode());
      } catch (IndexException failed) {
        throw new IndexUnusableError(failed);
      }
    }

    private void problem(WalkItem<Integer> item, byte[] name, String notDone, String why) {
      TreePath directory = roots.get(item.root()).path().resolve(item.path());
      problems.add(
          new FileProblem(
              name.length == 0 ? directory : directory.child(name),
              notDone,
              why,
              "left as it was"));
    }

    @Override
    public void boundary(WalkItem<Integer> directory) {
      // Another mount has a store of its own, and private copies do not cross subvolumes.
    }

    @Override
    public void vanished(WalkItem<Integer> directory) {
      // What is gone shares nothing.
    }

    @Override
    public void unreadable(WalkItem<Integer> directory, ErrnoException cause) {
      problem(directory, new byte[0], "cannot be listed", cause.why());
    }

    @Override
    public void close() {}
  }

  List<FileProblem> problems() {
    return problems;
  }

  List<TreePath> refused() {
    return refused;
  }
}
