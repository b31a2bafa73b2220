package dev.hashify.engine;

import dev.hashify.file.TreePath;
import dev.hashify.roots.EnginePlace;
import java.util.List;
import java.util.Map;

/// Which roots to find.
///
/// @param engines whose; all that are here if there are none
/// @param environment variables of the caller that engines heed, by name
/// @param beside roots that the same run is given by name
/// @param depth how much to find out about each
public record RootsRequest(
    List<EnginePlace> engines,
    Map<String, TreePath> environment,
    List<TreePath> beside,
    Depth depth) {

  public RootsRequest {
    engines = List.copyOf(engines);
    environment = Map.copyOf(environment);
    beside = List.copyOf(beside);
  }

  /// How much to find out.
  public enum Depth {
    /// Which of them may be roots of a run.
    USABLE,

    /// Who runs in them and what a run would take as guard, too.
    FULL
  }
}
