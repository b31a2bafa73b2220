/// The Linux calls that the JDK lacks or makes several times slower, in Java terms.
///
/// [Linux] has them all, grouped by purpose; below it [SystemCalls] is the one door to the kernel
/// and the seam for tests: whatever a run asks of the file system passes it, so a test can count
/// the calls, fail each one once, or end the process at each.
///
/// Rules of the house:
///
/// - Directories are descriptors and names are single components. Only a root's own path and paths
///   below a root are ever resolved by the kernel, the latter by `openat2` with `RESOLVE_BENEATH`,
///   `NO_SYMLINKS`, `NO_MAGICLINKS` and `NO_XDEV`: whoever can write to a tree can swap a directory
///   for a symbolic link and gains nothing.
/// - Names are bytes.
/// - A call that fails is an [ErrnoException] with the call and the errno; the caller adds the
///   path. Interrupted calls are repeated.
/// - Constants name their header. The numbers of both machines stand side by side in [SystemCall].
/// - What the kernel says of mounts, memory and devices is read from `/proc` and `/sys`; what is
///   not there is not known, and no failure.
/// - No `critical` downcalls: every one of these can block.
@NullMarked
package dev.hashify.os;

import org.jspecify.annotations.NullMarked;
