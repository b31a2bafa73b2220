package dev.hashify.store;

/// An object whose guard is taken off for a batch, or is put on by it, and must be on afterwards
/// whatever happens.
///
/// @param inode the object's inode, so that a recovery knows whether it is still the same file
/// @param modifiedNanos its modification time, which sealing moves on some file systems
public record JournalGuard(ObjectName object, long inode, long modifiedNanos) {}
