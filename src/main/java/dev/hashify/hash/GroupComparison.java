package dev.hashify.hash;

import dev.hashify.file.ContentId;
import java.util.List;
import java.util.Optional;

/// What comparing a keeper with all its duplicates gave.
public sealed interface GroupComparison {

  /// The keeper was read to its end, or as far as any duplicate was still equal.
  ///
  /// @param keeperId the keeper's content id, if it was asked for and the keeper was read to its
  ///   end
  /// @param duplicates one answer for each duplicate, in the order given
  record Compared(Optional<ContentId> keeperId, List<Comparison> duplicates)
      implements GroupComparison {
    public Compared {
      duplicates = List.copyOf(duplicates);
    }
  }

  /// The keeper could not be read to its end; nothing is known of the duplicates.
  record KeeperFailed(ReadFailure failure) implements GroupComparison {}
}
