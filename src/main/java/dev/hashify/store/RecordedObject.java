package dev.hashify.store;

/// What is remembered of an object's metadata, to be compared with what it is now.
///
/// @param mode type and permissions, as in `st_mode`
/// @param modifiedNanos mtime in nanoseconds since 1970
public record RecordedObject(int mode, int uid, int gid, long sizeBytes, long modifiedNanos) {}
