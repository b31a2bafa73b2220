package dev.hashify.link;

import dev.hashify.file.Errno;
import dev.hashify.file.FileProblem;
import dev.hashify.file.FileStat;
import dev.hashify.file.Refusal;
import dev.hashify.hash.SameBytes;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import dev.hashify.store.Adoption;
import dev.hashify.store.ObjectName;
import dev.hashify.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Turns keepers into objects. A keeper that is one already is looked at and left.
final class AdoptionStep {

  /// How many generations are tried before something must be wrong. Each holds tens of thousands of
  /// names.
  private static final int GENERATIONS_MAX = 10_000;

  private final Linux linux;
  private final Store store;
  private final List<LinkRoot> roots;
  private final List<AdoptedObject> adopted = new ArrayList<>();
  private List<LinkOutcome> ends = List.of();

  AdoptionStep(Linux linux, Store store, List<LinkRoot> roots) {
    this.linux = linux;
    this.store = store;
    this.roots = roots;
  }

  /// The keepers that became objects.
  List<AdoptedObject> adopted() {
    return adopted;
  }

  /// What became of the group last given, if it cannot go on.
  List<LinkOutcome> ends() {
    return ends;
  }

  /// The group with its object's name; empty if it cannot go on.
  Optional<ShareGroup> adopt(ShareGroup group) {
    try {
      Keeper keeper = group.keeper();
      FileStat now = linux.stat().of(keeper.file().descriptor());
      if (isChanged(keeper, now) || !linux.leases().isUndisturbed(keeper.file().descriptor())) {
        return ended(
            group, duplicate -> new LinkOutcome.Refused(duplicate.member(), Refusal.CHANGED));
      }
      return keeper.isObject() ? Optional.of(group) : Optional.of(adoptFile(group, now));
    } catch (ErrnoException failed) {
      if (failed.is(Errno.EMLINK)) {
        return ended(group, duplicate -> new LinkOutcome.ObjectFull(duplicate.member()));
      }
      if (failed.is(Errno.ENOENT) && hasNoName(group.keeper())) {
        return ended(
            group, duplicate -> new LinkOutcome.Refused(duplicate.member(), Refusal.CHANGED));
      }
      Optional<Refusal> policy =
          Refusals.ofLinking(linux, store.tmp(), group.keeper().file(), failed);
      if (policy.isPresent()) {
        return ended(group, duplicate -> new LinkOutcome.Refused(duplicate.member(), policy.get()));
      }
      return ended(group, duplicate -> failed(duplicate, failed));
    }
  }

  /// Somebody removed or replaced the keeper meanwhile.
  private boolean hasNoName(Keeper keeper) {
    try {
      return linux.stat().of(keeper.file().descriptor()).links() == 0;
    } catch (ErrnoException _) {
      return false;
    }
  }

  /// Nothing of ours has moved the change time of a file that is no object yet.
  private static boolean isChanged(Keeper keeper, FileStat now) {
    return !SameBytes.isSameVersion(keeper.file().stat(), now)
        || (!keeper.isObject() && keeper.file().stat().changedNanos() != now.changedNanos());
  }

  /// After the link nothing is asked of the kernel that could fail: an object that the index is not
  /// told of would look like a file with names outside the roots.
  private ShareGroup adoptFile(ShareGroup group, FileStat now) throws ErrnoException {
    Keeper keeper = group.keeper();
    ObjectName name = keeper.objectName();
    for (int generation = 0; generation < GENERATIONS_MAX; generation++) {
      ObjectName candidate = name.withGeneration(generation);
      switch (store.adopt(keeper.file().descriptor(), candidate)) {
        case Adoption.Adopted() -> {
          adopted.add(new AdoptedObject(candidate, now));
          return withObject(group, candidate);
        }
        case Adoption.AlreadyThere(FileStat there) -> {
          if (there.sharesInodeWith(keeper.file().stat())) {
            adopted.add(new AdoptedObject(candidate, there));
            return withObject(group, candidate);
          }
          // Another file of this name: full, or different in what only its inode tells.
        }
      }
    }
    throw new IllegalStateException("no generation left for " + name);
  }

  private static ShareGroup withObject(ShareGroup group, ObjectName name) {
    Keeper keeper = group.keeper();
    return new ShareGroup(
        new Keeper(keeper.file(), keeper.attributes(), Optional.of(name), keeper.member()),
        group.duplicates());
  }

  private Optional<ShareGroup> ended(ShareGroup group, Function<Duplicate, LinkOutcome> end) {
    ends = group.duplicates().stream().map(end).toList();
    return Optional.empty();
  }

  private LinkOutcome failed(Duplicate duplicate, ErrnoException failed) {
    var name = duplicate.member().names().getFirst();
    return new LinkOutcome.Failed(
        duplicate.member(),
        new FileProblem(
            roots.get(name.root()).path().resolve(name.path()),
            "not shared: its keeper could not be made an object",
            failed.why(),
            "left as it was"));
  }
}
