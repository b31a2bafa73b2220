package dev.hashify.file;

/// Something that was wanted and failed, at one path; the run goes on.
///
/// @param path where, as an absolute path of the host
/// @param notDone what was not done: `not read`, `cannot be listed`
/// @param why the cause, with the errno where there is one: `permission denied (EACCES)`
/// @param consequence what state that leaves or what to do: `left as it was`
public record FileProblem(TreePath path, String notDone, String why, String consequence) {

  /// `<path>: <what was not done>: <why>; <what that leaves>`.
  @Override
  public String toString() {
    return path + ": " + notDone + ": " + why + "; " + consequence;
  }
}
