package dev.hashify.engine;

import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import java.util.function.Consumer;

/// Has an operation done with what it is to leave to others: how fast it may read, how urgent its
/// reading and writing is.
final class Restrained {

  private Restrained() {}

  /// What is to be done.
  interface Operation<T> {

    /// Does it.
    ///
    /// @param environment with system calls that read no faster than allowed
    T run(Environment environment) throws RunException, InterruptedException;
  }

  /// @param note told what could not be put back afterwards
  static <T> T run(
      Environment environment, Restraints restraints, Consumer<String> note, Operation<T> operation)
      throws RunException, InterruptedException {
    Environment paced = paced(environment, restraints);
    if (restraints.priority() == Restraints.Priority.NORMAL) {
      return operation.run(paced);
    }
    // Threads take it over from the one that starts them, which is this one.
    int before = setIdle(environment.linux());
    try {
      return operation.run(paced);
    } finally {
      restore(environment.linux(), before, note);
    }
  }

  private static Environment paced(Environment environment, Restraints restraints) {
    if (restraints.readBytesPerSecond().isEmpty()) {
      return environment;
    }
    Linux linux = environment.linux().paced(restraints.readBytesPerSecond().getAsLong());
    return new Environment(linux, environment.clock(), environment.random(), environment.command());
  }

  private static int setIdle(Linux linux) throws RunException {
    try {
      return linux.priority().setIdle();
    } catch (ErrnoException failed) {
      throw new RunException.Unusable(
          "--io-priority: not set: " + failed.why() + "; nothing was touched");
    }
  }

  private static void restore(Linux linux, int before, Consumer<String> note) {
    try {
      linux.priority().set(before);
    } catch (ErrnoException failed) {
      note.accept("the I/O priority of this thread stays idle: " + failed.why());
    }
  }
}
