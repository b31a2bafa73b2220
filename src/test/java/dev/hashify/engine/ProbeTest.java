package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.TreePath;
import dev.hashify.report.ProbeReport;
import dev.hashify.report.ProbeReport.Answer;
import dev.hashify.report.ProbeReport.Mechanism;
import dev.hashify.testkit.TestVolume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a probe finds on real file systems, and what it leaves.
class ProbeTest {

  @TempDir private Path top;

  private static ProbeReport probe(Path... directories) throws Exception {
    List<TreePath> paths =
        Stream.of(directories).map(each -> TreePath.of(each.toString())).toList();
    return Unification.in(directories[0].resolve("store"))
        .operations()
        .probe(paths, RunListener.NONE, new Cancellation());
  }

  private static Map<Mechanism, Answer> answers(ProbeReport report) {
    Map<Mechanism, Answer> answers = new EnumMap<>(Mechanism.class);
    for (var trial : report.mounts().getFirst().trials()) {
      answers.put(trial.mechanism(), trial.answer());
    }
    return answers;
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (var entries = Files.list(directory)) {
      return entries.findAny().isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("dev.hashify.testkit.TestVolume#all")
  void everyMechanismIsTriedAndNothingIsLeft(TestVolume volume) throws Exception {
    try (var tree = volume.tree()) {
      ProbeReport report = probe(tree.root());
      assertEquals(List.of(), report.problems());
      Map<Mechanism, Answer> answers = answers(report);
      assertEquals(Mechanism.values().length, answers.size());
      for (var needed :
          List.of(Mechanism.LEASES, Mechanism.EXCHANGE, Mechanism.UNNAMED, Mechanism.IMMUTABLE)) {
        assertEquals(Answer.YES, answers.get(needed), needed::toString);
      }
      assertTrue(isEmpty(tree.root()));
    }
  }

  @Test
  void fileSystemsThatShareBlocksAreToldFromOthers() throws Exception {
    try (var ext4 = TestVolume.ext4().tree();
        var btrfs = TestVolume.btrfs().tree()) {
      assertEquals(Answer.NO, answers(probe(ext4.root())).get(Mechanism.REFLINK));
      assertEquals(Answer.YES, answers(probe(btrfs.root())).get(Mechanism.REFLINK));
    }
  }

  @Test
  void oneDirectoryOfAMountIsEnough() throws Exception {
    Path other = Files.createDirectory(top.resolve("other"));
    assertEquals(1, probe(top, other).mounts().size());
  }

  @Test
  void directoryThatCannotBeUsedIsAProblem() throws Exception {
    ProbeReport report = probe(top.resolve("nothing"), top);
    assertEquals(1, report.problems().size());
    assertEquals(1, report.mounts().size());
  }
}
