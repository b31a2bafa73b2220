package dev.hashify.cli;

import dev.hashify.engine.RunException;
import picocli.CommandLine.Model.CommandSpec;

/// One verb of the command line: its fields are what was typed, [#run] does it.
interface Command {

  /// What can be typed, in the order of the pages; parsing sets the fields of this command.
  CommandSpec spec();

  /// Does it.
  ///
  /// @throws UsageException if the options contradict each other
  /// @throws NothingTouchedException if something named in them cannot be used
  ExitCode run(Session session)
      throws UsageException, NothingTouchedException, RunException, InterruptedException;
}
