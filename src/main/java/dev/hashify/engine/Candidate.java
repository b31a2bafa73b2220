package dev.hashify.engine;

import dev.hashify.file.ExtendedAttributes;
import dev.hashify.os.OpenFile;
import dev.hashify.plan.Member;
import dev.hashify.store.ObjectName;
import java.util.Optional;

/// A member of a group, open, with everything a hard link would share.
///
/// @param member which file
/// @param file open; in a real run under a read lease
/// @param extended its extended attributes
/// @param flags its inode flags, those that matter
/// @param project its quota project
/// @param object its name in the store, if it is an object
record Candidate(
    Member member,
    OpenFile file,
    ExtendedAttributes extended,
    int flags,
    int project,
    Optional<ObjectName> object)
    implements AutoCloseable {

  /// Whether it can only be kept: it has no names in the roots.
  boolean isKeeperOnly() {
    return member.names().isEmpty();
  }

  @Override
  public void close() {
    file.close();
  }
}
