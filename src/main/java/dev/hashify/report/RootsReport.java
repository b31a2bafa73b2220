package dev.hashify.report;

import dev.hashify.file.FileProblem;
import dev.hashify.file.TreePath;
import java.util.List;
import java.util.Optional;

/// The trees that container engines keep, and what can be done with them.
///
/// @param roots each engine's in its order
/// @param stores where the engines' own configuration or habits say that stores belong
/// @param inside directories whose names count as inside
/// @param problems configurations and directories that could not be read
/// @param notes what else is worth a line
public record RootsReport(
    List<EngineRoot> roots,
    List<TreePath> stores,
    List<TreePath> inside,
    List<FileProblem> problems,
    List<String> notes) {

  /// Stands for the guard where nothing is shared without a choice.
  public static final String CHOICE = "choose";

  public RootsReport {
    roots = List.copyOf(roots);
    stores = List.copyOf(stores);
    inside = List.copyOf(inside);
    problems = List.copyOf(problems);
    notes = List.copyOf(notes);
  }

  /// One tree.
  ///
  /// @param engine the engine's word, as `podman`
  /// @param path its real path if it is a directory
  /// @param name what the engine's user calls it, fit to be shown; may be empty
  /// @param state what it is at this moment
  /// @param mount where it lies; empty if that is not known
  /// @param guard the word of what a run takes by itself, [#CHOICE], or nothing
  /// @param leftOut why a run that is told nothing else leaves it alone; empty if it does not
  /// @param rules the list of rules that its engine has for it
  public record EngineRoot(
      String engine,
      TreePath path,
      String name,
      State state,
      Optional<Place> mount,
      String guard,
      Optional<String> leftOut,
      Optional<TreePath> rules) {

    /// Whether it may be given to a run.
    public boolean isUsable() {
      return leftOut.isEmpty() || state == State.MOUNTED;
    }

    /// The same with what a run would do.
    public EngineRoot guarded(String by, Optional<String> why) {
      return new EngineRoot(
          engine, path, name, state, mount, by, leftOut.isPresent() ? leftOut : why, rules);
    }
  }

  /// Where a tree lies.
  ///
  /// @param fileSystem its type, as `ext4`
  /// @param point where that is mounted
  public record Place(String fileSystem, TreePath point) {}

  /// What a tree is at one moment.
  public enum State {
    /// Programs run in it.
    RUNNING,

    /// No program was seen to run in it.
    STOPPED,

    /// A layer of an image that no container uses now.
    READ_ONLY_LAYER,

    /// A layer of an image that lies below a container's file system now.
    MOUNTED,

    /// What a container writes to.
    WRITTEN,

    /// A layer that its engine has not finished.
    INCOMPLETE,

    /// Not to be told.
    UNKNOWN
  }
}
