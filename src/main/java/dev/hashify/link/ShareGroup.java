package dev.hashify.link;

import java.util.List;

/// A keeper and the files that are to share its inode. Its files stay open and leased until the
/// batch it belongs to is over.
///
/// @param keeper stays
/// @param duplicates at least one
public record ShareGroup(Keeper keeper, List<Duplicate> duplicates) {

  public ShareGroup {
    duplicates = List.copyOf(duplicates);
  }

  /// The number of paths to replace.
  public int names() {
    int names = 0;
    for (var duplicate : duplicates) {
      names += duplicate.member().names().size();
    }
    return names;
  }
}
