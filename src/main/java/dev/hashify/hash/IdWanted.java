package dev.hashify.hash;

/// Whether comparing should make the keeper's content id on the way.
public enum IdWanted {
  YES,
  NO
}
