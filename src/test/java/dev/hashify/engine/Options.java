package dev.hashify.engine;

import dev.hashify.file.TreePath;
import dev.hashify.plan.IdentityKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a run of a test is asked to do besides its roots; the defaults are those of the command
/// line, but for the guard: one has to be named, or files share blocks.
///
/// @param rules the rules of all roots, one a line
record Options(
    List<String> rules,
    Set<IdentityKey> ignored,
    long minSizeBytes,
    Set<UnifyFlag> flags,
    List<TreePath> inside,
    GuardChoice guard,
    int threads,
    Optional<TreePath> index) {

  static final Options DEFAULT =
      new Options(
          List.of(), Set.of(), 16, Set.of(), List.of(), GuardChoice.NONE, 2, Optional.empty());

  /// Sharing blocks: what needs no guard.
  static final Options REFLINK = DEFAULT.withGuard(GuardChoice.AUTO);

  /// A guard means hard links.
  ShareMethod share() {
    return guard == GuardChoice.AUTO ? ShareMethod.REFLINK : ShareMethod.HARDLINK;
  }

  boolean has(UnifyFlag flag) {
    return flags.contains(flag);
  }

  boolean ignores(IdentityKey key) {
    return ignored.contains(key);
  }

  Options withRules(String... lines) {
    return new Options(List.of(lines), ignored, minSizeBytes, flags, inside, guard, threads, index);
  }

  Options ignoring(IdentityKey... keys) {
    return new Options(rules, Set.of(keys), minSizeBytes, flags, inside, guard, threads, index);
  }

  Options withMinSize(long bytes) {
    return new Options(rules, ignored, bytes, flags, inside, guard, threads, index);
  }

  Options with(UnifyFlag... switches) {
    return new Options(
        rules, ignored, minSizeBytes, Set.of(switches), inside, guard, threads, index);
  }

  Options withInside(TreePath... directories) {
    return new Options(
        rules, ignored, minSizeBytes, flags, List.of(directories), guard, threads, index);
  }

  Options withGuard(GuardChoice choice) {
    return new Options(rules, ignored, minSizeBytes, flags, inside, choice, threads, index);
  }

  Options withThreads(int count) {
    return new Options(rules, ignored, minSizeBytes, flags, inside, guard, count, index);
  }

  Options withIndex(TreePath directory) {
    return new Options(
        rules, ignored, minSizeBytes, flags, inside, guard, threads, Optional.of(directory));
  }
}
