package dev.hashify.index;

import java.util.Optional;

/// An index that was opened, and what had to be given up for it.
///
/// @param index to be closed by the caller
/// @param rebuilt why what was found could not be used, as a phrase (`truncated: 12 pages of 40`);
///   the index is then empty: new if opened for writing, a [NoIndex] if for reading only
public record OpenedIndex(Index index, Optional<String> rebuilt) {}
