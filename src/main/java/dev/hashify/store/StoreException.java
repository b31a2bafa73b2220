package dev.hashify.store;

import dev.hashify.file.TreePath;
import dev.hashify.os.ErrnoException;

/// A store that cannot be used; the run ends. The message is for the user as it stands.
public final class StoreException extends Exception {

  private static final long serialVersionUID = 1L;

  /// What is in the way.
  public enum Kind {
    /// Another run holds it; waiting helps.
    IN_USE,

    /// Something else lies at its place.
    NOT_A_STORE,

    /// A later version of this program wrote it.
    NEWER_FORMAT,

    /// There is none, and looking does not make one.
    MISSING,

    /// The file system refused, or the store is not as it was made.
    UNUSABLE
  }

  private final Kind kind;

  private StoreException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /// `<path>: store not opened: <why>; <what to do>`.
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  static StoreException inUse(TreePath store, String holder) {
    return of(Kind.IN_USE, store, "in use by " + holder, "wait, or give --lock-wait");
  }

  static StoreException notAStore(TreePath store, String why) {
    return of(Kind.NOT_A_STORE, store, why, "nothing was touched; give another --store");
  }

  static StoreException newer(TreePath store, String what) {
    String why = "written by a later version (its format says \"" + what + "\")";
    return of(Kind.NEWER_FORMAT, store, why, "use that version, or give another --store");
  }

  static StoreException missing(TreePath store) {
    return of(Kind.MISSING, store, "there is none", "a run that shares makes it");
  }

  static StoreException unusable(TreePath store, String why, String whatToDo) {
    return of(Kind.UNUSABLE, store, why, whatToDo);
  }

  static StoreException failed(TreePath at, ErrnoException cause) {
    String why = cause.call().manualName() + ": " + cause.why();
    var failure = unusable(at, why, "repair it, or give another --store");
    failure.initCause(cause);
    return failure;
  }

  private static StoreException of(Kind kind, TreePath at, String why, String whatToDo) {
    return new StoreException(kind, at + ": store not opened: " + why + "; " + whatToDo);
  }
}
