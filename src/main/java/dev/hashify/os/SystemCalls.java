package dev.hashify.os;

/// The one door to the kernel: everything this program asks of the file system goes through here.
///
/// It is the seam for tests: an implementation that counts the calls, fails the n-th or ends the
/// process at the n-th sees each call of a run, because there is no other way out of this package.
public interface SystemCalls {

  /// Makes one system call.
  ///
  /// Arguments that the call does not take are 0. Pointers are addresses of memory outside the heap
  /// that stays alive during the call. Blocks as the call does; any thread.
  ///
  /// @return the result, or the negated error number
  long call(SystemCall call, long a, long b, long c, long d, long e, long f);
}
