package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.Refusal;
import dev.hashify.file.TreePath;
import dev.hashify.os.NativeSystemCalls;
import dev.hashify.os.SystemCall;
import dev.hashify.report.RunMode;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.TestVolume.Kind;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Runs that leave something to others.
@ParameterizedClass
@EnumSource(
    value = Kind.class,
    names = {"EXT4", "XFS"})
class RestraintsTest {

  private static final Restraints NO_TIME =
      new Restraints(Restraints.Priority.NORMAL, OptionalLong.empty(), Optional.of(Duration.ZERO));

  private static final Restraints IDLE =
      new Restraints(Restraints.Priority.IDLE, OptionalLong.of(1L << 40), Optional.empty());

  /// Of each ioprio_set(IOPRIO_WHO_PROCESS, 0, value) the value: first the idle class, last what it
  /// was before.
  private final List<Long> priorities = Collections.synchronizedList(new ArrayList<>());

  private final Options options;
  private final Tree one;
  private final Tree other;
  private final Unification runs;
  private final List<Unification.Root> roots;

  RestraintsTest(Kind kind) throws IOException {
    TestVolume volume = kind == Kind.XFS ? TestVolume.xfs() : TestVolume.ext4();
    options = kind == Kind.XFS ? Options.DEFAULT.withGuard(GuardChoice.AUTO) : Options.DEFAULT;
    one = volume.tree();
    other = volume.tree();
    runs = Unification.in(volume.directory().resolve("store")).later();
    roots = Unification.Root.of(List.of(one.root(), other.root()));
    for (Tree tree : List.of(one, other)) {
      tree.bytes("large", new byte[1 << 20]).modified("large", 1);
      tree.bytes("small", new byte[5000]).modified("small", 1);
    }
  }

  @Test
  void whatTimeWasTooShortForIsDoneByTheNextRun() throws IOException {
    var stopped = runs.unify(runs.request(RunMode.REAL, options, roots).with(NO_TIME));
    assertEquals(0, stopped.counts().shared());
    assertEquals(4, stopped.counts().refused().get(Refusal.INTERRUPTED));
    assertTrue(
        stopped.report().stores().getFirst().notes().stream()
            .anyMatch(note -> note.startsWith("the time limit was reached")));
    var next = runs.real(options, roots);
    assertNotEquals(0, next.counts().shared());
    assertEquals(0, next.counts().refused().size());
  }

  @Test
  void runThatHadTimeEnoughSaysNothingOfIt() {
    var hour =
        new Restraints(
            Restraints.Priority.NORMAL, OptionalLong.empty(), Optional.of(Duration.ofHours(1)));
    var done = runs.unify(runs.request(RunMode.REAL, options, roots).with(hour));
    assertNotEquals(0, done.counts().shared());
    assertTrue(
        done.report().stores().getFirst().notes().stream()
            .noneMatch(note -> note.contains("time limit")));
  }

  @Test
  void idleThreadsReadIdly() {
    var done = watched().unify(runs.request(RunMode.REAL, options, roots).with(IDLE));
    assertNotEquals(0, done.counts().shared());
    assertIdleForAWhile();
    assertEquals(Set.of(), Set.copyOf(done.problems()));
  }

  @Test
  void verifyingAndBreakingReadIdlyToo() throws Exception {
    runs.real(options, roots);
    var stores = List.of(runs.storePath());
    var verifying = new StoreRequest(stores, StoreRequest.Repair.NO, Duration.ZERO, IDLE);
    watched().operations().verify(verifying, RunListener.NONE, new Cancellation());
    assertIdleForAWhile();
    var breaking =
        new BreakRequest(
            RunMode.REAL,
            List.of(TreePath.of(one.root().toString())),
            stores,
            Duration.ZERO,
            FreezeChoice.RUN_ON,
            IDLE);
    var broken =
        watched().operations().breakSharing(breaking, RunListener.NONE, new Cancellation());
    assertNotEquals(0, broken.broken());
    assertIdleForAWhile();
  }

  private Unification watched() {
    var real = new NativeSystemCalls();
    return runs.over((call, a, b, c, d, e, f) -> {
      if (call == SystemCall.IOPRIO_SET) {
        priorities.add(c);
      }
      return real.call(call, a, b, c, d, e, f);
    });
  }

  private void assertIdleForAWhile() {
    assertEquals(2, priorities.size());
    assertEquals(3L << 13, priorities.getFirst());
    assertNotEquals(3L << 13, priorities.getLast());
    priorities.clear();
  }
}
