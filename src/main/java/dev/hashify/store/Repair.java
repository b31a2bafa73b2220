package dev.hashify.store;

import static dev.hashify.store.Layout.bytes;

import dev.hashify.file.DirectoryListing;
import dev.hashify.file.FileAttributes;
import dev.hashify.file.FileStat;
import dev.hashify.file.TreePath;
import dev.hashify.os.Descriptor;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import java.util.List;
import java.util.Optional;

/// Putting right what a verification found, as far as that can be done without touching content:
/// nothing is rewritten and nothing is deleted.
public final class Repair {

  private final Store store;
  private final Linux linux;
  private final Guards guards;

  /// Ready to begin.
  ///
  /// @param store open for [Access#CHANGE]
  public Repair(Store store) {
    store.requireChange();
    this.store = store;
    linux = store.linux();
    guards = new Guards(linux);
  }

  /// Moves an object to `damaged`, so that nothing more is shared with it. The paths that share it
  /// go on sharing it, under the guard they had.
  ///
  /// A run that dies in between can leave the object without its guard; [#guardAgain] and
  /// [#guardDamaged] put it back.
  ///
  /// @return where it is now; empty if there is no such object
  public Optional<TreePath> takeOutOfUse(ObjectName object) throws ErrnoException {
    var opened = store.open(object);
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    try (var file = opened.get()) {
      Guard guard = store.format().guard();
      boolean wasImmutable = (file.stat().attributes() & FileAttributes.IMMUTABLE) != 0;
      // An immutable file cannot be renamed.
      guards.unprotect(file.descriptor());
      try {
        return Optional.of(move(object));
      } finally {
        guards.put(wasImmutable ? Guard.IMMUTABLE : guard, file.descriptor());
      }
    }
  }

  private TreePath move(ObjectName object) throws ErrnoException {
    var place = new DamagedPlace(store);
    // The shard is the first part of the content id, so both parts are put together again.
    byte[] flat = bytes(object.shard() + object.fileName());
    Descriptor shard = store.shards().made(object);
    return place.take(
        new DamagedPlace.Entry(shard, TreePath.of(object.fileName())), "object", flat);
  }

  /// Puts the store's guard on an object that lost it.
  ///
  /// @return whether there is such an object
  public boolean guardAgain(ObjectName object) throws ErrnoException {
    var opened = store.open(object);
    if (opened.isEmpty()) {
      return false;
    }
    try (var file = opened.get()) {
      FileStat stat = file.stat();
      var guarded = new JournalGuard(object, stat.inode(), stat.modifiedNanos());
      try (JournalEntry entry = store.journal().write(List.of(), List.of(guarded))) {
        guards.put(store.format().guard(), file.descriptor());
        entry.done();
      }
      return true;
    }
  }

  /// Puts the store's guard on all objects out of use: paths may share them still.
  ///
  /// The journal knows only objects in use, so a kill in the moment in which one of these is sealed
  /// can leave it with another modification time.
  ///
  /// @return how many lacked it
  public int guardDamaged() throws ErrnoException {
    Guard guard = store.format().guard();
    if (!guard.isOnInode()) {
      return 0;
    }
    int wanted = guard == Guard.IMMUTABLE ? FileAttributes.IMMUTABLE : FileAttributes.VERITY;
    var listing = new DirectoryListing();
    try (var own = linux.open().subdirectory(store.directory(), bytes(Layout.DAMAGED))) {
      linux.stat().list(own, listing);
    }
    int lacking = 0;
    for (int i = 0; i < listing.count(); i++) {
      boolean guarded = (listing.attributes(i) & wanted) != 0;
      if (listing.isRegular(i) && !listing.isVanished(i) && !guarded) {
        try (var file = linux.open().file(store.damaged(), listing.name(i))) {
          guards.put(guard, file);
        }
        lacking++;
      }
    }
    return lacking;
  }
}
