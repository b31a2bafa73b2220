package dev.hashify.engine;

import dev.hashify.file.FileProblem;
import dev.hashify.file.TreePath;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import dev.hashify.os.VolumeCalls.Reflinks;
import dev.hashify.store.Guard;
import dev.hashify.store.ObjectVisitor;
import dev.hashify.store.Store;
import dev.hashify.store.StoreFormat;
import dev.hashify.store.StoredObject;
import java.util.Optional;

/// Decides between hard links and reflinks; what guards hard links is [GuardPolicy]'s.
///
/// By itself it takes what an earlier run recorded, then a guard for hard links that needs no
/// choice, then reflinks where the file system has them: under both no write leaks. A guard named
/// means hard links. A store that holds objects stays with hard links until they are broken: its
/// files share an inode, and giving them common blocks besides would bring nothing.
final class SharePolicy {

  private final UnifyRequest request;
  private final GuardPolicy guards;

  SharePolicy(Linux linux, UnifyRequest request) {
    this.request = request;
    guards = new GuardPolicy(linux, request);
  }

  /// What is known of a store and its file system without writing.
  ///
  /// @param question the store and its roots
  /// @param holdsObjects whether files share inodes through it
  /// @param reflinks whether files of the file system can share blocks
  record Known(GuardPolicy.Question question, boolean holdsObjects, Reflinks reflinks) {}

  /// Whether a store holds any object. What cannot be listed may be one.
  static boolean holdsObjects(Store store) throws ErrnoException {
    var found = new boolean[1];
    store.forEachObject(
        new ObjectVisitor() {
          @Override
          public Visit object(StoredObject object) {
            found[0] = true;
            return Visit.STOP;
          }

          @Override
          public void foreign(TreePath path, String what) {
            // Told when the store is verified.
          }

          @Override
          public void problem(FileProblem problem) {
            found[0] = true;
          }
        });
    return found[0];
  }

  /// The decision for the roots of the store.
  GuardDecision decide(Known known) {
    return switch (request.share()) {
      case REFLINK -> reflink(known);
      case HARDLINK -> hardLink(known);
      case AUTO -> request.guard() == GuardChoice.AUTO ? automatic(known) : hardLink(known);
    };
  }

  private GuardDecision hardLink(Known known) {
    var question = known.question();
    Optional<StoreFormat> recorded =
        question.recorded().filter(format -> format.guard().isForHardLinks());
    return guards.decide(new GuardPolicy.Question(question.place(), question.roots(), recorded));
  }

  private GuardDecision automatic(Known known) {
    GuardDecision decision = guards.decide(known.question());
    boolean isChosen = decision instanceof GuardDecision.Taken;
    boolean mayReflink = known.reflinks() == Reflinks.YES && !known.holdsObjects();
    return !isChosen && mayReflink ? new GuardDecision.Taken(Guard.FILE_SYSTEM) : decision;
  }

  private GuardDecision reflink(Known known) {
    if (request.guard() != GuardChoice.AUTO) {
      return new GuardDecision.Impossible(
          "--share reflink: the file system itself is the guard, none can be chosen; leave out"
              + " --guard");
    }
    if (known.reflinks() == Reflinks.NO) {
      return new GuardDecision.Impossible(
          known.question().place()
              + ": --share reflink: this file system has no reflinks (XFS made with reflink=1 and"
              + " Btrfs have); nothing was touched, give --share hardlink");
    }
    if (known.holdsObjects()) {
      return new GuardDecision.Impossible(
          known.question().place()
              + ": --share reflink: files share inodes through this store; nothing was touched,"
              + " `hashify break` the roots first, or give another --store");
    }
    return new GuardDecision.Taken(Guard.FILE_SYSTEM);
  }
}
