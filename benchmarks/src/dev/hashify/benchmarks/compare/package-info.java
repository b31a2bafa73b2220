/// Hashify beside other duplicate finders: the same trees, the same machine, in turns.
///
/// `benchmarks/compare` starts [CompareMain]; `benchmarks/README.md` says how to run it and how to
/// read what it writes.
///
/// What has to be true of a comparison, and where that is seen to:
///
/// - **The same work.** Programs differ in what they take for equal. [Tool] gives each the options
///   that bring it nearest to the others and says what difference is left; [Agreement] checks, on
///   every corpus, that all of them found the same groups once that difference is taken out.
/// - **The same luck.** [Rounds] runs them in turns and rotates the order, so that a busy minute of
///   the machine meets all of them; ratios are taken round by round.
/// - **The whole cost.** [Meter] takes what the kernel booked for a process when it ended: polling
///   would miss the last moment, which is when programs are largest. It is plain Java on three
///   system calls, because a measuring program that has to be installed is one that is left out.
/// - **No invented trees.** Corpora are real ([DebianRoots]) or made from a seed ([YadfTree],
///   [OverlapTree]), each with its own description, which is printed with the result.
///
/// Nothing is written outside of the directory given by `--work` and the results directory.
@NullMarked
package dev.hashify.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
