package dev.hashify.link;

import dev.hashify.file.ContentId;
import dev.hashify.os.OpenFile;
import dev.hashify.plan.MemberPath;
import dev.hashify.store.ObjectName;
import java.util.List;

/// Names that are to get one private copy together.
///
/// @param file the shared file, open and under a read lease; closed by whoever opened it
/// @param object its name in the store; [#NO_OBJECT] if it shares blocks and not its inode
/// @param names at least one; those that were hard links of each other before they were shared
public record SharedFile(OpenFile file, ObjectName object, List<MemberPath> names) {
  /// What stands for the object in the journal where there is none: the name of no content, because
  /// nothing has this digest.
  public static final ObjectName NO_OBJECT =
      new ObjectName(ContentId.of(new byte[ContentId.LENGTH_BYTES]), 0, 0);

  public SharedFile {
    names = List.copyOf(names);
  }
}
