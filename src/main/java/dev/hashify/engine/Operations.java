package dev.hashify.engine;

import dev.hashify.file.TreePath;
import dev.hashify.report.ExplainReport;
import dev.hashify.report.ProbeReport;
import dev.hashify.report.RootsReport;
import dev.hashify.report.RunReport;
import dev.hashify.report.StatusReport;
import java.util.List;

/// What this program can do: the library's front door. [LocalOperations] does it on this machine.
///
/// ```java
/// Operations hashify = new LocalOperations("nightly job of the build farm");
/// UnifyRequest request = UnifyRequest.over(roots).guard(GuardChoice.IMMUTABLE).build();
/// RunReport report = hashify.unify(request, RunListener.NONE, new Cancellation());
/// ```
///
/// Each call does its work on the calling thread and threads of its own that end with it, tells the
/// listener meanwhile, and returns what was done. A problem with one file is part of the report; an
/// exception means that the whole could not be done. Once `cancellation` is requested the call
/// finishes the batch in hand and returns.
///
/// There is no state outside of what a call is given: any number of calls may go on at a time, of
/// one instance or several, and those that need the same store find it in use. Two things concern
/// the whole process: SIGIO is ignored before the first lease is taken, because a broken lease
/// would end the JVM, and native calls want `--enable-native-access`. Nothing is written to
/// standard output or error, and no signal is caught.
public interface Operations {

  /// Shares equal files of the roots, or says what would be shared.
  RunReport unify(UnifyRequest request, RunListener listener, Cancellation cancellation)
      throws RunException, InterruptedException;

  /// Gives paths private copies again.
  BreakReport breakSharing(BreakRequest request, RunListener listener, Cancellation cancellation)
      throws RunException, InterruptedException;

  /// Takes the guard from the shared files below the paths, so that they can be deleted. The files
  /// other roots share with them are without guard until the next run.
  BreakReport release(BreakRequest request, RunListener listener, Cancellation cancellation)
      throws RunException, InterruptedException;

  /// Checks every object: content, metadata, guard.
  VerifyReport verify(StoreRequest request, RunListener listener, Cancellation cancellation)
      throws RunException, InterruptedException;

  /// Puts the guard that a store has recorded on all its objects that lack it.
  ProtectReport protect(ProtectRequest request, RunListener listener, Cancellation cancellation)
      throws RunException, InterruptedException;

  /// Says what is shared, from what earlier runs recorded; changes nothing.
  StatusReport status(StatusRequest request, RunListener listener, Cancellation cancellation)
      throws RunException, InterruptedException;

  /// Says of paths what the last run decided for them and why, whether that still holds, who shares
  /// with them, and what to do to have it otherwise; changes nothing.
  ExplainReport explain(ExplainRequest request, RunListener listener, Cancellation cancellation)
      throws RunException, InterruptedException;

  /// Tries what the file systems of directories can do, with files of its own that it removes.
  ProbeReport probe(List<TreePath> directories, RunListener listener, Cancellation cancellation)
      throws RunException, InterruptedException;

  /// Finds the roots that container engines keep; changes nothing.
  RootsReport findRoots(RootsRequest request, Cancellation cancellation)
      throws RunException, InterruptedException;

  /// Drops all objects that no path uses.
  SweepReport sweep(StoreRequest request, RunListener listener, Cancellation cancellation)
      throws RunException, InterruptedException;
}
