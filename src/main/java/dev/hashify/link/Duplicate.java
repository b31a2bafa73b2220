package dev.hashify.link;

import dev.hashify.file.ExtendedAttributes;
import dev.hashify.hash.SameBytes;
import dev.hashify.os.OpenFile;
import dev.hashify.plan.Member;
import dev.hashify.store.ObjectName;
import java.util.Optional;

/// A file that is to be replaced, with the proof that it may be.
///
/// @param member which file, with all its names
/// @param file open and under a read lease since before the comparison
/// @param attributes its extended attributes as they were then
/// @param receipt that its bytes are the keeper's
/// @param object its own name in the store, if it is an object that gives way to another
public record Duplicate(
    Member member,
    OpenFile file,
    ExtendedAttributes attributes,
    SameBytes receipt,
    Optional<ObjectName> object) {}
