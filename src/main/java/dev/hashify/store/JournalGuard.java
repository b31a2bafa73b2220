package dev.hashify.store;

/// An object whose guard is taken off for a batch and must be put on again whatever happens.
///
/// @param inode the object's inode, so that a recovery knows whether it is still the same file
public record JournalGuard(ObjectName object, long inode) {}
