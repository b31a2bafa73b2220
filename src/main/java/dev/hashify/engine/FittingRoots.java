package dev.hashify.engine;

import dev.hashify.engine.StoreOpener.Placement;
import dev.hashify.file.FileProblem;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which roots of a store can take part, once it is known how they share.
///
/// @param placement the store with the roots left
/// @param problems of those that are left out and should not be
/// @param notes on those that are left out because they are to be
record FittingRoots(Placement placement, List<FileProblem> problems, List<String> notes) {

  FittingRoots {
    problems = List.copyOf(problems);
    notes = List.copyOf(notes);
  }

  /// For hard links and private copies, which are made in the store: those on the store's own Btrfs
  /// subvolume. Elsewhere than on Btrfs that is all of them.
  static FittingRoots forInodes(Placement placement) {
    List<OpenRoot> fitting = new ArrayList<>();
    List<FileProblem> problems = new ArrayList<>();
    for (var root : placement.roots()) {
      if (root.stat().device() == placement.device()) {
        fitting.add(root);
      } else {
        problems.add(
            new FileProblem(
                root.given(),
                "root not used",
                "it is on another Btrfs subvolume than the store at "
                    + placement.path()
                    + ", and no name can be moved from one to the other",
                "the other roots are done; for hard links give a --store inside its subvolume"));
      }
    }
    return new FittingRoots(placement.with(fitting), problems, List.of());
  }

  /// For reflinks, which cross subvolumes: all but those that are read-only. The kernel would share
  /// blocks of these too, but what somebody made read-only, to send it or to go back to it, is
  /// theirs.
  static FittingRoots forBlocks(Linux linux, Placement placement) {
    List<OpenRoot> fitting = new ArrayList<>();
    List<FileProblem> problems = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (var root : placement.roots()) {
      try {
        if (linux.volumes().isReadOnlySubvolume(root.descriptor())) {
          notes.add(root.given() + ": left alone: a read-only Btrfs subvolume");
        } else {
          fitting.add(root);
        }
      } catch (ErrnoException failed) {
        problems.add(
            new FileProblem(
                root.given(), "root not used", failed.why(), "the other roots are done"));
      }
    }
    return new FittingRoots(placement.with(fitting), problems, notes);
  }

  /// Why no root is left, if none is.
  Optional<String> whyNone() {
    if (!placement.roots().isEmpty()) {
      return Optional.empty();
    }
    return problems.isEmpty()
        ? notes.stream().findFirst()
        : Optional.of(problems.getFirst().toString());
  }
}
