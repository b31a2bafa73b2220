package dev.hashify.cli;

import dev.hashify.engine.BreakReport;
import dev.hashify.engine.BreakRequest;
import dev.hashify.engine.Cancellation;
import dev.hashify.engine.ExplainRequest;
import dev.hashify.engine.Operations;
import dev.hashify.engine.ProtectReport;
import dev.hashify.engine.ProtectRequest;
import dev.hashify.engine.RootsRequest;
import dev.hashify.engine.RunException;
import dev.hashify.engine.RunListener;
import dev.hashify.engine.StatusRequest;
import dev.hashify.engine.StoreRequest;
import dev.hashify.engine.SweepReport;
import dev.hashify.engine.UnifyRequest;
import dev.hashify.engine.VerifyReport;
import dev.hashify.file.TreePath;
import dev.hashify.report.ExplainReport;
import dev.hashify.report.ProbeReport;
import dev.hashify.report.RootsReport;
import dev.hashify.report.RunMode;
import dev.hashify.report.RunReport;
import dev.hashify.report.Runs;
import dev.hashify.report.StatusReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// Does nothing, remembers what was asked, and answers what it was told to.
final class FakeOperations implements Operations {

  /// What happens during a run.
  interface Script {
    void play(RunListener listener) throws RunException, InterruptedException, IOException;
  }

  final List<UnifyRequest> unified = new ArrayList<>();
  final List<BreakRequest> broken = new ArrayList<>();
  final List<BreakRequest> released = new ArrayList<>();
  final List<StoreRequest> verified = new ArrayList<>();
  final List<ProtectRequest> protectedOnes = new ArrayList<>();
  final List<StatusRequest> asked = new ArrayList<>();
  final List<StoreRequest> swept = new ArrayList<>();

  final List<ExplainRequest> explained = new ArrayList<>();
  ExplainReport explainReport = new ExplainReport(List.of(), List.of());

  final List<TreePath> probed = new ArrayList<>();
  final List<RootsRequest> sought = new ArrayList<>();

  Script script = _ -> {};
  RunReport runReport = Runs.run(RunMode.REAL, Runs.COUNTS);
  BreakReport breakReport =
      new BreakReport(RunMode.REAL, 1_234, 126_143_693, List.of(), List.of(), false);
  VerifyReport verifyReport = new VerifyReport(14_233, 1_288_490_189, List.of(), false);
  ProtectReport protectReport =
      new ProtectReport(
          List.of(new ProtectReport.Protected(TreePath.of("/s"), "immutable", 12)), List.of());
  StatusReport statusReport = new StatusReport(List.of());
  ProbeReport probeReport = new ProbeReport(List.of(), List.of(), false);
  RootsReport rootsReport = new RootsReport(List.of(), List.of(), List.of(), List.of(), List.of());
  SweepReport sweepReport = new SweepReport(14_233, 12, 4_096, List.of(), false);

  @Override
  public RunReport unify(UnifyRequest request, RunListener listener, Cancellation cancellation)
      throws RunException, InterruptedException {
    unified.add(request);
    play(listener);
    return runReport;
  }

  @Override
  public BreakReport breakSharing(
      BreakRequest request, RunListener listener, Cancellation cancellation)
      throws RunException, InterruptedException {
    broken.add(request);
    play(listener);
    return breakReport;
  }

  @Override
  public BreakReport release(BreakRequest request, RunListener listener, Cancellation cancellation)
      throws RunException, InterruptedException {
    released.add(request);
    play(listener);
    return breakReport;
  }

  @Override
  public VerifyReport verify(StoreRequest request, RunListener listener, Cancellation cancellation)
      throws RunException, InterruptedException {
    verified.add(request);
    play(listener);
    return verifyReport;
  }

  @Override
  public ProtectReport protect(
      ProtectRequest request, RunListener listener, Cancellation cancellation)
      throws RunException, InterruptedException {
    protectedOnes.add(request);
    play(listener);
    return protectReport;
  }

  @Override
  public StatusReport status(StatusRequest request, RunListener listener, Cancellation cancellation)
      throws RunException, InterruptedException {
    asked.add(request);
    play(listener);
    return statusReport;
  }

  @Override
  public ExplainReport explain(
      ExplainRequest request, RunListener listener, Cancellation cancellation)
      throws RunException, InterruptedException {
    explained.add(request);
    play(listener);
    return explainReport;
  }

  @Override
  public SweepReport sweep(StoreRequest request, RunListener listener, Cancellation cancellation)
      throws RunException, InterruptedException {
    swept.add(request);
    play(listener);
    return sweepReport;
  }

  @Override
  public ProbeReport probe(
      List<TreePath> directories, RunListener listener, Cancellation cancellation)
      throws RunException, InterruptedException {
    probed.addAll(directories);
    play(listener);
    return probeReport;
  }

  @Override
  public RootsReport findRoots(RootsRequest request, Cancellation cancellation) {
    sought.add(request);
    return rootsReport;
  }

  private void play(RunListener listener) throws RunException, InterruptedException {
    try {
      script.play(listener);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
