package dev.hashify.cli;

import dev.hashify.engine.RunException;

/// One verb of the command line: its fields are what was typed, [#run] does it.
interface Command {

  /// Does it.
  ///
  /// @throws UsageException if the options contradict each other
  /// @throws NothingTouchedException if something named in them cannot be used
  ExitCode run(Session session)
      throws UsageException, NothingTouchedException, RunException, InterruptedException;
}
