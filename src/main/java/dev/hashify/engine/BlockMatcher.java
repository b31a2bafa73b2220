package dev.hashify.engine;

import dev.hashify.link.Cloner.Clonable;
import dev.hashify.link.Cloner.Cloned;
import java.util.List;

/// Finds out which files hold the keeper's bytes: by having the kernel share their blocks, or, in a
/// dry run, by reading.
interface BlockMatcher extends AutoCloseable {

  /// Which of `others` are equal to `keeper`.
  ///
  /// @param others of the keeper's size; at most [dev.hashify.os.CloneCalls#DESTINATIONS_MAX]
  /// @return one answer for each of `others`
  List<Cloned> match(Clonable keeper, List<Clonable> others);

  @Override
  void close();
}
