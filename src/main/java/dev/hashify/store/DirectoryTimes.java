package dev.hashify.store;

/// The modification times of a directory in which a batch exchanges names, in nanoseconds.
///
/// @param beforeNanos before the batch
/// @param nowNanos after the batch's last exchange, if nobody else has changed the directory since
public record DirectoryTimes(long beforeNanos, long nowNanos) {}
