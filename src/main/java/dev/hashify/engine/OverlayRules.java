package dev.hashify.engine;

import dev.hashify.file.TreePath;
import dev.hashify.layers.EngineRecords;
import dev.hashify.layers.LiveOverlays;
import dev.hashify.layers.LiveOverlays.Tree;
import dev.hashify.layers.OverlayDefaults;
import dev.hashify.layers.TreeRecord;
import dev.hashify.os.Linux;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which roots may share under the guard of overlay mounts, and how.
final class OverlayRules {

  private final Linux linux;
  private final UnifyRequest request;

  OverlayRules(Linux linux, UnifyRequest request) {
    this.linux = linux;
    this.request = request;
  }

  /// What was found out.
  ///
  /// @param roots those that may share
  /// @param notes lines about the others, and about what sharing means for these
  /// @param paths whether files of different paths may be one inode
  record Admission(List<OpenRoot> roots, List<String> notes, SharedPaths paths) {
    Admission {
      roots = List.copyOf(roots);
      notes = List.copyOf(notes);
    }
  }

  /// Looks at the roots of one store.
  Admission admit(List<OpenRoot> all) {
    return admit(all, LiveOverlays.read(linux, trees(all)), OverlayDefaults.read());
  }

  Admission admit(List<OpenRoot> all, LiveOverlays live, OverlayDefaults byDefault) {
    var records = new EngineRecords(linux);
    List<OpenRoot> admitted = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (var root : all) {
      Optional<String> objection = objection(root, records.of(root.path()), live);
      if (objection.isPresent()) {
        notes.add(root.given() + ": root left alone: " + objection.get());
      } else {
        admitted.add(root);
        live.mountOf(tree(root))
            .ifPresent(point ->
                notes.add(
                    root.given()
                        + ": a layer of the overlay at "
                        + point
                        + ": its memory and space come back when that is mounted anew"));
      }
    }
    notes.addAll(aboutOwners(admitted));
    if (!live.sawAll()) {
      notes.add("not all mount namespaces could be read: layers may be in use that look unused");
    }
    Optional<String> twoPaths =
        byDefault.objection().or(() -> live.objectionToTwoPaths(trees(admitted), byDefault));
    twoPaths.ifPresent(why -> notes.add("only files of equal paths share: " + why));
    return new Admission(
        admitted, notes, twoPaths.isEmpty() ? SharedPaths.ANY : SharedPaths.EQUAL_ONLY);
  }

  private Optional<String> objection(OpenRoot root, TreeRecord record, LiveOverlays live) {
    Optional<TreePath> writer = live.writerOf(tree(root));
    if (writer.isPresent()) {
      return Optional.of("the overlay at " + writer.get() + " writes to it");
    }
    if (record instanceof TreeRecord.Written(var engine, var _, String why)) {
      return Optional.of("it is, says " + engine.text() + ", " + why);
    }
    Optional<TreePath> mount = live.mountOf(tree(root));
    boolean isWanted = request.flags().contains(UnifyFlag.INCLUDE_MOUNTED);
    return mount.isPresent() && !isWanted
        ? Optional.of(
            "it is a layer of the overlay mounted at "
                + mount.get()
                + "; stop that container, or give --include-mounted")
        : Optional.empty();
  }

  /// The guard is the overlay; past it the files are as writable as any.
  private static List<String> aboutOwners(List<OpenRoot> roots) {
    return roots.stream()
        .filter(root -> root.stat().uid() != 0)
        .map(root ->
            root.given()
                + ": belongs to user "
                + Integer.toUnsignedString(root.stat().uid())
                + ", who can write to its files past the overlay, in all roots that share them")
        .toList();
  }

  /// Whether it is worth while to offer the guard.
  boolean anyIsLayer(List<OpenRoot> roots, EngineRecords records) {
    if (roots.stream()
        .anyMatch(root -> records.of(root.path()) instanceof TreeRecord.ReadOnlyLayer)) {
      return true;
    }
    LiveOverlays live = LiveOverlays.read(linux, trees(roots));
    return roots.stream().anyMatch(root -> live.mountOf(tree(root)).isPresent());
  }

  private static List<Tree> trees(List<OpenRoot> roots) {
    return roots.stream().map(OverlayRules::tree).toList();
  }

  private static Tree tree(OpenRoot root) {
    return new Tree(root.stat().id(), root.path());
  }
}
