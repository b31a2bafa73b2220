package dev.hashify.cli;

import dev.hashify.engine.Cancellation;
import dev.hashify.engine.Operations;
import dev.hashify.engine.RunException;
import dev.hashify.engine.RunListener;
import dev.hashify.file.FileProblem;
import java.util.List;

/// Has one of the smaller operations done.
final class StoreRun {

  private final Session session;
  private final ProgressMode progress;

  StoreRun(Session session) {
    this(session, ProgressMode.AUTO);
  }

  StoreRun(Session session, ProgressMode progress) {
    this.session = session;
    this.progress = progress;
  }

  /// One of the operations, with its request.
  interface Operation<T> {
    T run(Operations operations, RunListener listener, Cancellation cancellation)
        throws RunException, InterruptedException;
  }

  <T> T run(Operation<T> operation)
      throws NothingTouchedException, RunException, InterruptedException {
    Operations operations = session.operations();
    try (var listener = new StageListener(session, progress)) {
      return operation.run(operations, listener, session.outside().interruption().begin());
    }
  }

  /// How the operation ended; tells its problems.
  ExitCode code(List<FileProblem> problems, boolean interrupted) {
    problems.forEach(problem -> session.message(problem.toString()));
    if (interrupted) {
      session.say(Weight.NOTE, "stopped before the end; what was done until then is complete");
      return session.outside().interruption().code();
    }
    return problems.isEmpty() ? ExitCode.DONE : ExitCode.PROBLEMS;
  }
}
