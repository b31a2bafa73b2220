package dev.hashify.link;

import dev.hashify.file.Errno;
import dev.hashify.file.FileProblem;
import dev.hashify.file.FileStat;
import dev.hashify.file.Refusal;
import dev.hashify.file.TreePath;
import dev.hashify.hash.SameBytes;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.LeaseCalls.Grant;
import dev.hashify.os.Linux;
import dev.hashify.os.SystemCall;
import dev.hashify.plan.MemberPath;
import dev.hashify.store.Guard;
import dev.hashify.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Replaces all names of one duplicate by names of an object, or none of them.
///
/// The protocol, and why each step is there, is in the package's documentation. A replacement goes
/// through [#exchangeAll], then, once for the batch, [#objectionAtEnd] and [#drop]; after any
/// refusal or failure the names are put back.
final class Replacement {

  private final Linux linux;
  private final Store store;
  private final ShareGroup group;
  private final Duplicate duplicate;
  private final List<Step> steps;

  /// The names that are exchanged: temporaries that hold the displaced inode.
  private final List<Step> exchanged = new ArrayList<>();

  private Optional<LinkOutcome> end = Optional.empty();
  private boolean leftBehind;

  /// One name and the temporary it is exchanged with.
  record Step(MemberPath path, TreePath hostPath, OpenDirectory directory, TreePath temporaryName) {
    byte[] name() {
      return path.name().bytes();
    }

    byte[] temporary() {
      return temporaryName.bytes();
    }
  }

  Replacement(Linux linux, Store store, ShareGroup group, Duplicate duplicate, List<Step> steps) {
    this.linux = linux;
    this.store = store;
    this.group = group;
    this.duplicate = duplicate;
    this.steps = steps;
  }

  Duplicate duplicate() {
    return duplicate;
  }

  ShareGroup group() {
    return group;
  }

  List<Step> steps() {
    return steps;
  }

  /// What became of it, once that is known.
  Optional<LinkOutcome> end() {
    return end;
  }

  /// Whether something of it lies in the store's `tmp` that only the journal explains.
  boolean isLeftBehind() {
    return leftBehind;
  }

  /// Exchanges all names; puts those done back if one cannot be.
  void exchangeAll() {
    for (var step : steps) {
      if (end.isPresent()) {
        return;
      }
      try {
        exchange(step);
      } catch (ErrnoException failed) {
        fail(step, failed);
      }
    }
  }

  private void exchange(Step step) throws ErrnoException {
    Optional<Refusal> objection = objectionBefore(step);
    if (objection.isPresent()) {
      refuse(objection.get());
      return;
    }
    store.linkTo(group.keeper().objectName(), step.temporary());
    FileStat linked = linux.stat().of(store.tmp(), step.temporary());
    FileStat object = group.keeper().file().stat();
    // The object's name may have been given to another file by whoever can write to the store. Two
    // names of one inode must not be exchanged: nothing would move, and dropping what came out
    // would be counted as the duplicate's end.
    if (!linked.sharesInodeWith(object) || linked.sharesInodeWith(duplicate.file().stat())) {
      linux.names().unlink(store.tmp(), step.temporary());
      refuse(Refusal.CHANGED);
      return;
    }
    // What was done to the keeper since it was compared was meant for its own paths only.
    Optional<Refusal> changed = objectionToKeeper();
    if (changed.isPresent() || !linux.leases().isUndisturbed(duplicate.file().descriptor())) {
      refuse(changed.orElse(Refusal.OPEN_FOR_WRITING));
      return;
    }
    step.directory().exchange(step.name(), store.tmp(), step.temporary());
    exchanged.add(step);
    objectionAfter(step).ifPresent(this::refuse);
  }

  /// Looks at the name before anything is done to it.
  private Optional<Refusal> objectionBefore(Step step) throws ErrnoException {
    FileStat now;
    try {
      now = linux.stat().of(step.directory().descriptor(), step.name());
    } catch (ErrnoException failed) {
      if (failed.is(Errno.ENOENT)) {
        return Optional.of(Refusal.VANISHED);
      }
      throw failed;
    }
    FileStat then = duplicate.receipt().duplicate();
    if (!SameBytes.isSameVersion(then, now) || now.links() != then.links()) {
      return Optional.of(Refusal.CHANGED);
    }
    // Our own exchanges of its other names move the change time, and so does taking the guard off
    // an object; its metadata is looked at once more after the exchange.
    boolean isOursToMove = !exchanged.isEmpty() || duplicate.object().isPresent();
    boolean isTouched = !isOursToMove && now.changedNanos() != then.changedNanos();
    return isTouched ? Optional.of(Refusal.CHANGED) : Optional.empty();
  }

  /// Looks at what came out of the exchange.
  private Optional<Refusal> objectionAfter(Step step) throws ErrnoException {
    if (isOpenForWriting()) {
      return Optional.of(Refusal.OPEN_FOR_WRITING);
    }
    return objectionTo(linux.stat().of(store.tmp(), step.temporary()));
  }

  /// Asks the kernel anew for writers.
  private boolean isOpenForWriting() throws ErrnoException {
    var file = duplicate.file().descriptor();
    return !linux.leases().isUndisturbed(file) || linux.leases().take(file) != Grant.TAKEN;
  }

  /// Whether `now` is the duplicate as it was, also in what stat does not show.
  private Optional<Refusal> objectionTo(FileStat now) throws ErrnoException {
    var file = duplicate.file().descriptor();
    FileStat then = duplicate.receipt().duplicate();
    boolean isSame =
        SameBytes.isSameVersion(then, now)
            && now.links() == then.links()
            && linux.attributes().extended(file).equals(duplicate.attributes());
    return isSame ? Optional.empty() : Optional.of(Refusal.CHANGED);
  }

  /// The last look, when all exchanges of the batch are over and objects are guarded again: a
  /// writer that had found the old file before the exchange shows by now.
  ///
  /// An open of the object for writing is no objection if no guard is on the object: whoever opened
  /// it through the path would then write to the keeper alone, and the path would lose the write.
  /// Such a write comes after the sharing, and changes all that share, as without a guard it must.
  ///
  /// @return why the names must be put back, if they must; [#refuse] does it
  Optional<Refusal> objectionAtEnd(Guard guard) {
    if (end.isPresent()) {
      return Optional.empty();
    }
    try {
      if (isOpenForWriting()) {
        return Optional.of(Refusal.OPEN_FOR_WRITING);
      }
      Optional<Refusal> objection = objectionTo(linux.stat().of(duplicate.file().descriptor()));
      return objection.isEmpty() && guard.isOnInode() ? objectionToKeeper() : objection;
    } catch (ErrnoException _) {
      // What cannot be asked is not known, and what is not known is not done.
      return Optional.of(Refusal.CHANGED);
    }
  }

  /// What is done to the keeper now is done to all who share it: what its owner did before, or what
  /// somebody did who took it for the file he knew, is not for the others.
  private Optional<Refusal> objectionToKeeper() throws ErrnoException {
    var keeper = group.keeper();
    var file = keeper.file().descriptor();
    if (!linux.leases().isUndisturbed(file)) {
      return Optional.of(Refusal.OPEN_FOR_WRITING);
    }
    boolean isSame =
        SameBytes.isSameVersion(duplicate.receipt().keeper(), linux.stat().of(file))
            && linux.attributes().extended(file).equals(keeper.attributes());
    return isSame ? Optional.empty() : Optional.of(Refusal.CHANGED);
  }

  /// Drops the displaced inode.
  ///
  /// @param mayShareBlocks whether it must be asked which of its blocks others have, too
  void drop(boolean mayShareBlocks) {
    if (end.isPresent()) {
      return;
    }
    try {
      for (var step : steps) {
        linux.names().unlink(store.tmp(), step.temporary());
      }
      end =
          Optional.of(
              new LinkOutcome.Shared(
                  duplicate.member(), duplicate.receipt().keeper(), reclaimed(mayShareBlocks)));
    } catch (ErrnoException failed) {
      // The paths are names of the object; what could not be dropped is found by the next run.
      leftBehind = true;
      end =
          Optional.of(
              new LinkOutcome.Failed(
                  duplicate.member(),
                  new FileProblem(
                      steps.getFirst().hostPath(),
                      "shared, but the replaced file was not dropped",
                      failed.why(),
                      "the next run drops it")));
    }
  }

  /// The last look found it with as many names as it had when it was compared.
  private long reclaimed(boolean mayShareBlocks) {
    boolean isWhole = duplicate.receipt().duplicate().links() == steps.size();
    return isWhole ? linux.clones().ownBytes(duplicate.file(), mayShareBlocks) : 0;
  }

  /// Ends the replacement and puts back what was exchanged.
  void refuse(Refusal reason) {
    end = Optional.of(new LinkOutcome.Refused(duplicate.member(), reason));
    undo();
  }

  private void fail(Step step, ErrnoException failed) {
    if (failed.is(Errno.ENOENT) && failed.call() == SystemCall.RENAMEAT2) {
      // Removed between our look and the exchange.
      refuse(Refusal.VANISHED);
      return;
    }
    Optional<Refusal> policy = policy(step, failed);
    if (policy.isPresent()) {
      refuse(policy.get());
      return;
    }
    if (failed.is(Errno.EMLINK)) {
      end = Optional.of(new LinkOutcome.ObjectFull(duplicate.member()));
    } else {
      end =
          Optional.of(
              new LinkOutcome.Failed(
                  duplicate.member(),
                  new FileProblem(step.hostPath(), "not shared", failed.why(), "left as it was")));
    }
    undo();
  }

  /// Both directories of an exchange take a file that is not theirs: the path's takes the object,
  /// the store's the displaced file.
  private Optional<Refusal> policy(Step step, ErrnoException failed) {
    return Refusals.ofLinking(linux, step.directory().descriptor(), group.keeper().file(), failed)
        .or(() -> Refusals.ofLinking(linux, store.tmp(), duplicate.file(), failed))
        .or(() -> Refusals.ofLinking(linux, store.tmp(), group.keeper().file(), failed));
  }

  /// Puts all names back. Whatever cannot be put back stays in `tmp`, in the journal, and is said.
  private void undo() {
    var putBack = new PutBack(linux, store.tmp());
    FileStat object = group.keeper().file().stat();
    FileStat displaced = duplicate.file().stat();
    for (var step : steps) {
      try {
        var exchange =
            new PutBack.Exchange(
                step.directory(), step.path().name(), step.temporaryName(), object, displaced);
        if (!putBack.run(exchange, this::isQuiet)) {
          keepForNextRun(step, "somebody changed both it and its name");
        }
      } catch (ErrnoException failed) {
        keepForNextRun(step, failed.why());
      }
    }
    exchanged.clear();
  }

  /// Whether nobody has changed the displaced file or waits to write to it.
  private boolean isQuiet() throws ErrnoException {
    var file = duplicate.file().descriptor();
    return linux.leases().isUndisturbed(file)
        && SameBytes.isSameVersion(duplicate.receipt().duplicate(), linux.stat().of(file));
  }

  private void keepForNextRun(Step step, String why) {
    leftBehind = true;
    end =
        Optional.of(
            new LinkOutcome.Failed(
                duplicate.member(),
                new FileProblem(
                    step.hostPath(),
                    "not shared and not put back",
                    why,
                    "it reads as before; the next run puts it back")));
  }
}
