package dev.hashify.engine;

import dev.hashify.file.TreePath;
import dev.hashify.index.LmdbIndex;
import dev.hashify.os.Linux;
import dev.hashify.os.NativeSystemCalls;
import dev.hashify.report.ExplainReport;
import dev.hashify.report.ProbeReport;
import dev.hashify.report.RootsReport;
import dev.hashify.report.RunReport;
import dev.hashify.report.StatusReport;
import java.time.Clock;
import java.util.List;
import java.util.random.RandomGenerator;

/// The operations on this machine's file systems.
public final class LocalOperations implements Operations {

  private final Environment environment;

  /// @param command what others are told who find a store in use
  /// @throws UnsupportedOperationException if this is no Linux machine the calls are known of
  public LocalOperations(String command) {
    this(
        new Environment(
            new Linux(new NativeSystemCalls()),
            Clock.systemUTC(),
            RandomGenerator.getDefault(),
            command));
  }

  /// What a program will need.
  public enum Needs {
    NOTHING,
    SYSTEM_CALLS,
    SYSTEM_CALLS_AND_INDEX
  }

  /// Binds the native libraries on a thread of its own, for a program that has other things to do
  /// first: binding takes half of the time to start. Failures show when they are used.
  public static void prepare(Needs needs) {
    if (needs == Needs.NOTHING) {
      return;
    }
    inBackground(NativeSystemCalls::bind);
    if (needs == Needs.SYSTEM_CALLS_AND_INDEX) {
      inBackground(LmdbIndex::bind);
    }
  }

  private static void inBackground(Runnable binding) {
    Thread.ofPlatform()
        .daemon()
        .name("hashify-bind")
        // Told by whoever needs what could not be bound.
        .uncaughtExceptionHandler((_, _) -> {})
        .start(binding);
  }

  LocalOperations(Environment environment) {
    this.environment = environment;
  }

  @Override
  public RunReport unify(UnifyRequest request, RunListener listener, Cancellation cancellation)
      throws RunException, InterruptedException {
    return Restrained.run(
        environment,
        request.restraints(),
        listener::note,
        paced -> new UnifyRun(paced, request, listener, cancellation).run());
  }

  @Override
  public BreakReport breakSharing(
      BreakRequest request, RunListener listener, Cancellation cancellation)
      throws RunException, InterruptedException {
    return broken(BreakRun.Kind.BREAK, request, listener, cancellation);
  }

  @Override
  public BreakReport release(BreakRequest request, RunListener listener, Cancellation cancellation)
      throws RunException, InterruptedException {
    return broken(BreakRun.Kind.RELEASE, request, listener, cancellation);
  }

  private BreakReport broken(
      BreakRun.Kind kind, BreakRequest request, RunListener listener, Cancellation cancellation)
      throws RunException, InterruptedException {
    return Restrained.run(
        environment,
        request.restraints(),
        listener::note,
        paced -> new BreakRun(paced, kind, request, listener, cancellation).run());
  }

  @Override
  public VerifyReport verify(StoreRequest request, RunListener listener, Cancellation cancellation)
      throws RunException, InterruptedException {
    return Restrained.run(
        environment,
        request.restraints(),
        listener::note,
        paced -> new VerifyRun(paced, request, listener, cancellation).run());
  }

  @Override
  public ProtectReport protect(
      ProtectRequest request, RunListener listener, Cancellation cancellation)
      throws RunException, InterruptedException {
    return new ProtectRun(environment, request, listener, cancellation).run();
  }

  @Override
  public StatusReport status(StatusRequest request, RunListener listener, Cancellation cancellation)
      throws RunException, InterruptedException {
    return new StatusRun(environment, request, listener, cancellation).run();
  }

  @Override
  public ExplainReport explain(
      ExplainRequest request, RunListener listener, Cancellation cancellation)
      throws RunException, InterruptedException {
    return new ExplainRun(environment, request, listener, cancellation).run();
  }

  @Override
  public ProbeReport probe(
      List<TreePath> directories, RunListener listener, Cancellation cancellation)
      throws RunException {
    return new ProbeRun(environment, directories, listener, cancellation).run();
  }

  @Override
  public RootsReport findRoots(RootsRequest request, Cancellation cancellation)
      throws RunException, InterruptedException {
    return new RootsRun(environment, request, cancellation).run();
  }

  @Override
  public SweepReport sweep(StoreRequest request, RunListener listener, Cancellation cancellation)
      throws RunException, InterruptedException {
    return new SweepRun(environment, request, listener, cancellation).run();
  }
}
