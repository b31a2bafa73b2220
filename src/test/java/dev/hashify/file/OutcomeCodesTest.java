package dev.hashify.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The numbers that are written to disk or come from the kernel.
class OutcomeCodesTest {

  private static final int CODES_MAX = 32;

  @Test
  void errnosHaveDifferentNumbersThatLeadBack() {
    var numbers = new HashSet<Integer>();
    for (var errno : Errno.values()) {
      assertTrue(numbers.add(errno.number()), errno.name());
      assertEquals(errno, Errno.of(errno.number()));
      assertTrue(errno.display().endsWith("(" + errno.name() + ")"));
    }
    for (int unknown : new int[] {-1, 0, 7, 133, 134, 4095, Integer.MIN_VALUE}) {
      assertEquals(Errno.OTHER, Errno.of(unknown));
    }
  }

  @Test
  void skipCodesAreDifferentAndFitTheirFiveBits() {
    var codes = new HashSet<Integer>();
    for (var reason : SkipReason.values()) {
      assertTrue(codes.add(reason.code()), reason.name());
      assertTrue(reason.code() >= 0 && reason.code() < CODES_MAX, reason.name());
      assertFalse(reason.text().isBlank());
    }
  }

  @Test
  void refusalCodesAreDifferentAndFitTheirFiveBits() {
    var codes = new HashSet<Integer>();
    for (var refusal : Refusal.values()) {
      assertTrue(codes.add(refusal.code()), refusal.name());
      assertTrue(refusal.code() >= 0 && refusal.code() < CODES_MAX, refusal.name());
      assertFalse(refusal.text().isBlank());
    }
  }

  @Test
  void skipReasonComesBackFromItsByte() {
    for (var reason : SkipReason.values()) {
      byte state = PathState.skipped(reason);
      assertEquals(Optional.of(reason), PathState.skipReason(state));
      assertEquals(Optional.empty(), PathState.refusal(state));
      assertTrue(PathState.isSettled(state), reason.name());
    }
  }

  @Test
  void refusalComesBackFromItsByte() {
    for (var refusal : Refusal.values()) {
      byte state = PathState.refused(refusal);
      assertEquals(Optional.of(refusal), PathState.refusal(state));
      assertEquals(Optional.empty(), PathState.skipReason(state));
      assertEquals(refusal.isLasting(), PathState.isSettled(state), refusal.name());
    }
  }

  @Test
  void onlyWhatDependsOnTheFileAloneIsSettled() {
    assertTrue(PathState.isSettled(PathState.UNIQUE));
    assertTrue(PathState.isSettled(PathState.SHARED));
    assertTrue(PathState.isSettled(PathState.CLONED));
    assertFalse(PathState.isSettled(PathState.UNSETTLED));
    assertFalse(PathState.isSettled(PathState.PROBLEM));
    Set<Refusal> lasting = EnumSet.noneOf(Refusal.class);
    for (var refusal : Refusal.values()) {
      if (refusal.isLasting()) {
        lasting.add(refusal);
      }
    }
    var expected =
        EnumSet.of(
            Refusal.LINKED_FROM_OUTSIDE,
            Refusal.OWNER_BOUNDARY,
            Refusal.PROJECT_BOUNDARY,
            Refusal.UNSUPPORTED_FLAGS,
            Refusal.OTHER_ATTRIBUTES,
            Refusal.OTHER_OWNER);
    assertEquals(expected, lasting);
  }

  /// A byte of a later version, or of a broken disk, is no answer.
  @Test
  void byteThatMeansNothingIsNotSettled() {
    var known =
        Set.of(
            PathState.UNSETTLED,
            PathState.UNIQUE,
            PathState.SHARED,
            PathState.PROBLEM,
            PathState.CLONED);
    for (int i = Byte.MIN_VALUE; i <= Byte.MAX_VALUE; i++) {
      byte state = (byte) i;
      boolean means =
          known.contains(state)
              || PathState.skipReason(state).isPresent()
              || PathState.refusal(state).isPresent();
      assertTrue(means || !PathState.isSettled(state), "" + i);
      assertFalse(PathState.skipReason(state).isPresent() && PathState.refusal(state).isPresent());
    }
  }
}
