package dev.hashify.engine;

import dev.hashify.file.FileProblem;
import dev.hashify.file.Refusal;
import dev.hashify.file.SkipReason;
import dev.hashify.file.TreePath;
import dev.hashify.report.RunEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Hands events to the listener, one at a time, and counts problems.
final class EventSink {

  private final RunListener listener;
  private final boolean wantsEveryPath;
  private final StageMeter meter;
  private final List<FileProblem> firstProblems = new ArrayList<>();
  private long problems;

  EventSink(RunListener listener) {
    this.listener = listener;
    this.wantsEveryPath = listener.wantsEveryPath();
    this.meter = new StageMeter(oneAtATime());
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
    if (firstProblems.size() < RecordedRun.PROBLEMS_MAX) {
      firstProblems.add(problem);
    }
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

  /// Counts how far the stages are.
  StageMeter meter() {
    return meter;
  }

  /// Keeps the calls of the meter apart from the others.
  private RunListener oneAtATime() {
    return new RunListener() {
      @Override
      public void event(RunEvent event) {
        tell(event);
      }

      @Override
      public void stage(Stage stage) {
        synchronized (EventSink.this) {
          listener.stage(stage);
        }
      }

      @Override
      public void progress(StageProgress progress) {
        synchronized (EventSink.this) {
          listener.progress(progress);
        }
      }
    };
  }

  /// The first of them, for those who ask later.
  synchronized List<FileProblem> firstProblems() {
    return List.copyOf(firstProblems);
  }

  synchronized long problems() {
    return problems;
  }
}
