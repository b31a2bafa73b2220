package dev.hashify.engine;

import dev.hashify.file.FileProblem;
import dev.hashify.file.Refusal;
import dev.hashify.file.SkipReason;
import dev.hashify.file.TreePath;
import dev.hashify.report.RunEvent;
import java.util.Optional;

/// Hands events to the listener, one at a time, and counts problems.
final class EventSink {

  private final RunListener listener;
  private final boolean wantsEveryPath;
  private long problems;

  EventSink(RunListener listener) {
    this.listener = listener;
    this.wantsEveryPath = listener.wantsEveryPath();
  }

  RunListener listener() {
    return listener;
  }

  /// Whether skipped and refused paths are to be told.
  boolean wantsEveryPath() {
    return wantsEveryPath;
  }

  synchronized void tell(RunEvent event) {
    listener.event(event);
  }

  synchronized void problem(FileProblem problem) {
    problems++;
    listener.event(new RunEvent.Problem(problem));
  }

  synchronized void skip(TreePath path, SkipReason reason, Optional<String> rule) {
    if (wantsEveryPath) {
      listener.event(new RunEvent.Skip(path, reason, rule));
    }
  }

  synchronized void refuse(TreePath path, Refusal reason) {
    if (wantsEveryPath) {
      listener.event(new RunEvent.Refuse(path, reason));
    }
  }

  synchronized void note(String line) {
    listener.note(line);
  }

  synchronized void progress(long files, long bytes, TreePath current) {
    listener.progress(files, bytes, current);
  }

  synchronized long problems() {
    return problems;
  }
}
