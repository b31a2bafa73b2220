package dev.hashify.link;

import dev.hashify.os.OpenFile;
import dev.hashify.plan.MemberPath;
import dev.hashify.store.ObjectName;
import java.util.List;

/// Names that are to get one private copy together.
///
/// @param file the shared file, open and under a read lease; closed by whoever opened it
/// @param object its name in the store
/// @param names at least one; those that were hard links of each other before they were shared
public record SharedFile(OpenFile file, ObjectName object, List<MemberPath> names) {
  public SharedFile {
    names = List.copyOf(names);
  }
}
