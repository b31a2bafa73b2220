package dev.hashify.engine;

import dev.hashify.file.Errno;
import dev.hashify.file.TreePath;
import dev.hashify.layers.EngineRecords;
import dev.hashify.layers.TreeRecord;
import dev.hashify.os.Descriptor;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import dev.hashify.os.VolumeCalls.Volume;
import dev.hashify.report.RunMode;
import dev.hashify.store.Guard;
import dev.hashify.store.SealProbe;
import dev.hashify.store.StoreFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decides how the roots of a store share.
///
/// Nothing is chosen for the user that lets a write leak or makes a running system fail. A store
/// that has been given a guard by which no write leaks keeps it without being asked again, as long
/// as it holds for the roots of today: it is never silently dropped for another.
final class GuardPolicy {

  private final Linux linux;
  private final UnifyRequest request;
  private final EngineRecords records;

  GuardPolicy(Linux linux, UnifyRequest request) {
    this.linux = linux;
    this.request = request;
    records = new EngineRecords(linux);
  }

  /// What is to be decided.
  ///
  /// @param place where the store is or will be
  /// @param roots at least one
  /// @param recorded what the store says of earlier runs, if there is one
  record Question(TreePath place, List<OpenRoot> roots, Optional<StoreFormat> recorded) {
    Question {
      roots = List.copyOf(roots);
    }
  }

  /// The decision for the roots of one store.
  GuardDecision decide(Question question) {
    return switch (request.guard()) {
      // Whoever names it vouches for trees that no engine knows; OverlayRules looks at each root.
      case OVERLAY -> new GuardDecision.Taken(Guard.OVERLAY);
      case VERITY -> ifPossible(Guard.VERITY, verity(question));
      case IMMUTABLE -> ifPossible(Guard.IMMUTABLE, immutable(question));
      case NONE -> new GuardDecision.Taken(Guard.NONE);
      case AUTO -> automatic(question);
    };
  }

  private static GuardDecision ifPossible(Guard guard, Optional<String> objection) {
    return objection.isEmpty()
        ? new GuardDecision.Taken(guard)
        : new GuardDecision.Impossible("--guard " + guard.text() + ": " + objection.get());
  }

  private GuardDecision automatic(Question question) {
    Optional<Guard> kept =
        question.recorded().map(StoreFormat::guard).filter(guard -> guard != Guard.NONE);
    if (kept.isPresent()) {
      return recorded(kept.get(), question);
    }
    return areAllLayers(question)
        ? new GuardDecision.Taken(Guard.OVERLAY)
        : new GuardDecision.UserMustChoose(choices(question));
  }

  private GuardDecision recorded(Guard guard, Question question) {
    Optional<String> objection =
        switch (guard) {
          case OVERLAY -> notALayer(question);
          case VERITY -> verity(question);
          case IMMUTABLE -> immutable(question);
          case FILE_SYSTEM, NONE -> Optional.empty();
        };
    return objection.isEmpty()
        ? new GuardDecision.Taken(guard)
        : new GuardDecision.Impossible(
            question.place()
                + ": guard "
                + guard.text()
                + ", which its objects have, does not hold for these roots: "
                + objection.get()
                + "; give these roots another --store, or name a --guard");
  }

  private boolean areAllLayers(Question question) {
    return notALayer(question).isEmpty();
  }

  /// The first root that is no read-only layer by its engine's records.
  private Optional<String> notALayer(Question question) {
    for (var root : question.roots()) {
      switch (records.of(root.path())) {
        case TreeRecord.ReadOnlyLayer _ -> {}
        case TreeRecord.Managed(var engine, var _, String why) -> {
          return Optional.of(root.given() + " is, says " + engine.text() + ", " + why);
        }
        case TreeRecord.Written(var engine, var _, String why) -> {
          return Optional.of(root.given() + " is, says " + engine.text() + ", " + why);
        }
        case TreeRecord.Unmanaged() -> {
          return Optional.of(root.given() + " is no image layer by any engine's records");
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> verity(Question question) {
    return request.mode() == RunMode.REAL ? tried(question.place()) : asked(question);
  }

  private Optional<String> asked(Question question) {
    return linux.verity().isKnown(question.roots().getFirst().descriptor())
        ? Optional.empty()
        : Optional.of(SealProbe.UNKNOWN);
  }

  /// Nothing but a sealed file shows that files can be sealed.
  private Optional<String> tried(TreePath place) {
    try (var directory = nearest(place)) {
      return new SealProbe(linux).objection(directory);
    } catch (ErrnoException failed) {
      return Optional.of(place + ": not tried: " + failed.why());
    }
  }

  private Descriptor nearest(TreePath place) throws ErrnoException {
    try {
      return linux.open().directory(place);
    } catch (ErrnoException failed) {
      if (!failed.is(Errno.ENOENT)) {
        throw failed;
      }
      TreePath parent = place.parent().isEmpty() ? TreePath.of(".") : place.parent();
      return linux.open().directory(parent);
    }
  }

  /// A container engine that cannot remove a file of a layer leaves it half removed, and trips over
  /// it ever after.
  private Optional<String> immutable(Question question) {
    for (var root : question.roots()) {
      Optional<String> manager =
          switch (records.of(root.path())) {
            case TreeRecord.ReadOnlyLayer(var engine, var home) ->
                Optional.of(engine.text() + " at " + home);
            case TreeRecord.Managed(var engine, var home, var _) ->
                Optional.of(engine.text() + " at " + home);
            case TreeRecord.Written(var engine, var home, var _) ->
                Optional.of(engine.text() + " at " + home);
            case TreeRecord.Unmanaged() -> Optional.empty();
          };
      if (manager.isPresent()) {
        return Optional.of(
            root.given()
                + " is managed by "
                + manager.get()
                + ", where removing an image (`podman rmi`) would fail half way, and every later"
                + " command with it; for read-only layers there is --guard overlay");
      }
    }
    return Optional.empty();
  }

  /// Whether Btrfs keeps a sealed file from being truncated only a real try tells, and kernels so
  /// far do not: what would most likely be refused is no guard at hand.
  private boolean isOnBtrfs(Question question) {
    try {
      return linux.volumes().of(question.roots().getFirst().descriptor()).type() == Volume.BTRFS;
    } catch (ErrnoException _) {
      return true;
    }
  }

  private List<String> choices(Question question) {
    List<String> choices = new ArrayList<>();
    if (immutable(question).isEmpty()) {
      choices.add(
          "--guard immutable: a write into a shared file fails (EPERM) in every root; so does"
              + " upgrading or deleting one until `hashify release ROOT`: for stopped, read-only"
              + " or archived roots");
    }
    if (new OverlayRules(linux, request).anyIsLayer(question.roots(), records)) {
      choices.add(
          "--guard overlay: a write in a container makes a private copy above the layer; upgrades"
              + " and deleting work as ever: only for roots that are lower layers of overlay mounts"
              + " and that nobody writes to past these");
    }
    if (asked(question).isEmpty() && !isOnBtrfs(question)) {
      choices.add(
          "--guard verity: a write into a shared file fails (EPERM) in every root, for good: a seal"
              + " cannot be taken off again; upgrades and deleting work as ever, because they"
              + " replace files; owner, mode and times of a shared file change in all roots");
    }
    choices.add(
        "--guard none: a write into a shared file in one root changes it in all; upgrades and"
            + " deleting work as ever, because they replace files: for roots whose programs never"
            + " write in place");
    return choices;
  }
}
