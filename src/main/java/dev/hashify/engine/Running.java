package dev.hashify.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The programs in the roots of a run, what stops them, and what stops the run.
///
/// @param programs as they were when the run began
/// @param freezing if they are to be stopped
/// @param limit until when the run may begin something
record Running(RootProcesses programs, Optional<Freezing> freezing, TimeLimit limit) {

  /// Lines for the summary: who ran, of the roots in `roots`.
  List<String> notes(List<OpenRoot> roots) {
    List<String> notes = new ArrayList<>();
    for (var root : roots) {
      programs
          .of(root)
          .filter(found -> !found.isAtRest())
          .ifPresent(found ->
              notes.add(found.line() + (freezing.isPresent() ? "" : ": replaced under leases")));
    }
    if (!notes.isEmpty() && !programs.sawAll()) {
      notes.add("not all programs of this host could be seen");
    }
    return notes;
  }
}
