package dev.hashify.link;

import dev.hashify.file.FileStat;
import dev.hashify.store.ObjectName;

/// A file that has become an object.
///
/// @param name its name in the store
/// @param stat as it was right before; the new name has moved its link count and change time only
public record AdoptedObject(ObjectName name, FileStat stat) {}
