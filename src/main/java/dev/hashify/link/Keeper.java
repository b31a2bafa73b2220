package dev.hashify.link;

import dev.hashify.file.ExtendedAttributes;
import dev.hashify.os.OpenFile;
import dev.hashify.plan.Member;
import dev.hashify.store.ObjectName;
import java.util.Optional;

/// The file whose inode a group will share.
///
/// @param file open and under a read lease since before the comparison
/// @param attributes its extended attributes as they were then
/// @param object the name it has in the store, or is to get; none where nothing is to be done
/// @param member the file with its names, unless it is known as an object only
public record Keeper(
    OpenFile file,
    ExtendedAttributes attributes,
    Optional<ObjectName> object,
    Optional<Member> member) {

  /// The name it has in the store, or is to get.
  ///
  /// @throws IllegalStateException if it was compared for a dry run, which names nothing
  public ObjectName objectName() {
    return object.orElseThrow(() -> new IllegalStateException("a keeper without a name"));
  }

  /// Whether it is an object already.
  public boolean isObject() {
    return member.map(Member::isObject).orElse(true);
  }
}
