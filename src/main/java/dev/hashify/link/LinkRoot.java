package dev.hashify.link;

import dev.hashify.file.TreePath;
import dev.hashify.os.Descriptor;

/// A root whose paths may be replaced.
///
/// @param path its real path on the host, for the journal and for messages
/// @param descriptor open; everything below is reached from here; closed by whoever opened it
public record LinkRoot(TreePath path, Descriptor descriptor) {}
