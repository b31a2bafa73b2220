package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.FileMode;
import dev.hashify.file.Refusal;
import dev.hashify.file.SkipReason;
import dev.hashify.file.TreePath;
import dev.hashify.os.InodeFlags;
import dev.hashify.plan.IdentityKey;
import dev.hashify.report.Counts;
import dev.hashify.testkit.TreeFingerprint;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Compares what runs told with the model and with each other.
final class SharedFigures {

  private SharedFigures() {}

  /// Fails unless exactly the paths the model says were skipped and refused, for its reasons.
  ///
  /// Excluded files are told only where a rule could have included one, so they may be fewer.
  static void assertClasses(SharingModel model, Unification.Told told) {
    assertEquals(withoutExcluded(model.skipped), withoutExcluded(told.skipped()), "skipped");
    for (var path : told.skipped().keySet()) {
      assertEquals(model.skipped.get(path), told.skipped().get(path), path::toString);
    }
    Map<TreePath, Refusal> refused = new TreeMap<>(told.refused());
    refused.values().removeIf(Refusal::isForWantOfPartner);
    assertEquals(model.refused, refused, "refused");
    Counts counts = told.counts();
    assertTrue(counts.addUp(), counts::toString);
    assertEquals(told.skipped().size(), counts.skippedTotal(), "skips counted");
    assertEquals(told.refused().size(), counts.refusedTotal(), "refusals counted");
  }

  /// How many paths have no partner, those included of which is told what keeps them from one: the
  /// model does not explain.
  static long alone(Counts counts) {
    return counts.unique()
        + counts.refused().entrySet().stream()
            .filter(entry -> entry.getKey().isForWantOfPartner())
            .mapToLong(Map.Entry::getValue)
            .sum();
  }

  private static Map<TreePath, SkipReason> withoutExcluded(Map<TreePath, SkipReason> skips) {
    Map<TreePath, SkipReason> others = new TreeMap<>(skips);
    others.values().removeIf(reason -> reason == SkipReason.EXCLUDED);
    return others;
  }

  /// Fails unless each path is as before, but for what `options` drop from the identity and the
  /// guard.
  static void assertNothingVisibleChanged(
      TreeFingerprint before, TreeFingerprint after, Options options) {
    assertEquals(before.paths(), after.paths());
    for (var path : before.paths()) {
      assertEquals(compared(before, path, options), compared(after, path, options), path::toString);
    }
  }

  private static TreeFingerprint.Visible compared(
      TreeFingerprint tree, TreePath path, Options options) {
    var visible = Optional.ofNullable(tree.visible(path)).orElseThrow();
    boolean isFile = FileMode.isRegular(visible.mode());
    return new TreeFingerprint.Visible(
        visible.mode(),
        visible.uid(),
        visible.gid(),
        visible.sizeBytes(),
        isFile && options.ignores(IdentityKey.MTIME) ? 0 : visible.modifiedNanos(),
        visible.content(),
        isFile && options.ignores(IdentityKey.XATTR) ? "" : visible.attributes(),
        visible.flags() & ~InodeFlags.IMMUTABLE);
  }

  /// `counts` with what a dry run cannot know taken from `other`: how much was read, and which
  /// times moved.
  static Counts withoutReads(Counts counts, Counts other) {
    return new Counts(
        counts.found(),
        counts.directories(),
        counts.candidates(),
        counts.shared(),
        counts.alreadyShared(),
        counts.unique(),
        counts.skipped(),
        counts.refused(),
        counts.fileProblems(),
        counts.otherProblems(),
        counts.groups(),
        counts.reclaimedBytes(),
        counts.alreadyReclaimedBytes(),
        other.bytesRead(),
        other.filesRead(),
        other.modifiedTimesChanged(),
        counts.inUse());
  }
}
