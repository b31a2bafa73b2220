/// What tests of all packages share: volumes of real file systems, fixture trees, fingerprints of
/// what a user can see of a tree, and loops that fail or end a run at each of its system calls.
///
/// - [dev.hashify.testkit.TestVolume] mounts ext4, XFS and Btrfs; what a test needs of a kernel is
///   asked of a kernel, because a fake would only repeat what we believe already.
/// - [dev.hashify.testkit.Tree] and [dev.hashify.testkit.RandomTree] make trees, hostile names
///   included, whatever the locale of the build is.
/// - [dev.hashify.testkit.TreeFingerprint] and [dev.hashify.testkit.Invariants] are the promise of
///   the program as checks.
/// - [dev.hashify.testkit.FaultLoop] and [dev.hashify.testkit.CrashLoop] repeat a
///   [dev.hashify.testkit.Scenario] with each system call failing, or with the end of everything at
///   each. They stand on [dev.hashify.testkit.FaultyCalls].
/// - [dev.hashify.testkit.SeededTest] marks tests that take a seed.
@NullMarked
package dev.hashify.testkit;

import org.jspecify.annotations.NullMarked;
