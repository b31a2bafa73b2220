package dev.hashify.store;

/// What a run wants with a store.
public enum Access {
  /// To look: beside others who look, also on a read-only file system. Nothing is written.
  READ,

  /// To change it, alone. The store is made if there is none.
  CHANGE
}
