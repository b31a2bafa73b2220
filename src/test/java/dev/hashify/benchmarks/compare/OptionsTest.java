package dev.hashify.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OptionsTest {

  @Test
  void listsAreSeparatedByCommas() throws UsageProblem {
    Options options =
        Options.parse(List.of("--corpus", "yadf,roots", "--tools", "hashify,fclones", "--cold"));

    assertEquals(List.of(CorpusKind.YADF, CorpusKind.ROOTS), options.corpora());
    assertEquals(Set.of(Tool.HASHIFY, Tool.FCLONES), options.tools());
    assertEquals(Set.of(CacheState.WARM, CacheState.COLD), options.caches());
  }

  @Test
  void anUnknownNameOrNumberOutOfRangeIsRefused() {
    assertThrows(UsageProblem.class, () -> Options.parse(List.of("--tools", "fslint")));
    assertThrows(UsageProblem.class, () -> Options.parse(List.of("--scale", "2")));
    assertThrows(UsageProblem.class, () -> Options.parse(List.of("--phases")));
    assertThrows(UsageProblem.class, () -> Options.parse(List.of("--quick")));
  }

  @Test
  void commandsAreFilledWithQuotedPaths() {
    var arguments =
        new Tool.Arguments(
            Path.of("/usr/bin/rdfind"),
            List.of(Path.of("/r/a b"), Path.of("/r/c")),
            Path.of("/s/list"),
            Path.of("/s/store"));

    assertEquals(
        "exec /usr/bin/rdfind -dryrun true -minsize 1 -outputname /s/list '/r/a b' /r/c",
        Tool.RDFIND.dryCommand(arguments));
  }
}
