package dev.hashify.engine;

import dev.hashify.file.TreePath;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import dev.hashify.os.ProcessTable;
import dev.hashify.os.ProcessTable.Place;
import dev.hashify.os.VolumeCalls.Volume;
import dev.hashify.select.RuleSet;
import dev.hashify.store.Guard;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The moments in which objects are without the immutable flag: when they get or lose names, and
/// when they are released.
///
/// A program that opens an object for writing then has passed the kernel's check. On ext4 its
/// writes fail once the flag is on again; on XFS and Btrfs they do not (measured), and would show
/// in every root. So there the programs of all roots that share objects must be at rest.
final class GuardWindow {

  private final Linux linux;
  private final Guard guard;

  GuardWindow(Linux linux, Guard guard) {
    this.linux = linux;
    this.guard = guard;
  }

  /// What a run is to know when it goes on.
  ///
  /// @param note a line for people, if not all programs could be looked at. Whoever may set the
  ///   flag at all sees all programs but those that a security module hides even from him; to
  ///   refuse for these would be to refuse wherever there is such a module
  /// @param resting the roots that must stay at rest, the frozen ones included; none if it does not
  ///   matter
  record Entry(Optional<String> note, Optional<RestingRoots> resting) {
    static final Entry FREE = new Entry(Optional.empty(), Optional.empty());
  }

  /// Refuses to open it while programs use roots.
  ///
  /// @param frozen roots whose programs are stopped meanwhile: those that run in them. Who reaches
  ///   in from outside goes on, so there must be none.
  /// @param others further roots that are to be at rest; those that are gone are left out
  Entry require(List<TreePath> frozen, List<TreePath> others)
      throws RunException.Unusable, ErrnoException {
    if (guard != Guard.IMMUTABLE) {
      return Entry.FREE;
    }
    var noRules = RuleSet.of(List.of());
    List<RootRequest> wanted =
        Stream.concat(frozen.stream(), others.stream())
            .map(path -> new RootRequest(path, noRules))
            .toList();
    try (var roots = OpenRoots.open(linux, wanted)) {
      return require(roots.all(), Set.copyOf(frozen));
    }
  }

  private Entry require(List<OpenRoot> roots, Set<TreePath> frozen)
      throws RunException.Unusable, ErrnoException {
    if (roots.isEmpty()
        || linux.volumes().of(roots.getFirst().descriptor()).type() == Volume.EXT4) {
      return Entry.FREE;
    }
    RootProcesses processes = RootProcesses.read(roots);
    Set<String> busy =
        processes.busy().stream()
            .filter(root -> !(frozen.contains(root.root()) && root.others().isEmpty()))
            .map(RootProcesses.OfRoot::line)
            .collect(Collectors.toSet());
    if (!busy.isEmpty()) {
      throw new RunException.Unusable(
          "guard immutable: no file was touched, because on this file system a program that has a"
              + " file open goes on writing to it: "
              + String.join("; ", busy.stream().sorted().toList())
              + (frozen.isEmpty()
                  ? "; stop them, or give --freeze, which stops those that run in the given roots"
                  : "; stop them: only those that run in the given roots are frozen"));
    }
    Optional<String> note =
        processes.sawAll()
            ? Optional.empty()
            : Optional.of(
                "guard immutable: not all programs could be looked at; one that has a shared file"
                    + " open for writing goes on writing to it");
    return new Entry(note, Optional.of(resting(roots)));
  }

  private static RestingRoots resting(List<OpenRoot> roots) throws RunException.Unusable {
    Map<TreePath, Place> places = new LinkedHashMap<>();
    try {
      for (var root : roots) {
        places.put(root.given(), RootProcesses.place(root));
      }
    } catch (IOException failed) {
      throw new RunException.Unusable(
          "guard immutable: /proc cannot be read: "
              + failed.getMessage()
              + "; nothing was touched");
    }
    return new RestingRoots(ProcessTable.ofHost(), places);
  }
}
