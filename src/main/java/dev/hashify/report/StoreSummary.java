package dev.hashify.report;

import dev.hashify.file.TreePath;
import java.util.List;

/// What a run says of one store it used or would use.
///
/// @param path where it is, or would be made
/// @param roots the roots it serves, as the user named them
/// @param guard the guard in force, or at hand: `immutable`, `none`, `file-system`; empty if none
///   was chosen
/// @param sweptObjects objects dropped because no path used them any more
/// @param sweptBytes the disk space that gave back
/// @param notes what a reader should know: a rebuilt index, a recovered run
public record StoreSummary(
    TreePath path,
    List<TreePath> roots,
    String guard,
    long sweptObjects,
    long sweptBytes,
    List<String> notes) {

  /// The guard of roots that share blocks, as the store's format file spells it.
  private static final String FILE_SYSTEM = "file-system";

  public StoreSummary {
    roots = List.copyOf(roots);
    notes = List.copyOf(notes);
  }

  /// How the roots share: `reflink` if the file system is the guard, `hardlink` under any other
  /// guard; empty if none was chosen.
  public String share() {
    if (guard.isEmpty()) {
      return "";
    }
    return guard.equals(FILE_SYSTEM) ? "reflink" : "hardlink";
  }
}
