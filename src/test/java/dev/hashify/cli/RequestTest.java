package dev.hashify.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.hashify.engine.DiskKind;
import dev.hashify.engine.GuardChoice;
import dev.hashify.engine.Restraints;
import dev.hashify.engine.RootRequest;
import dev.hashify.engine.ShareMethod;
import dev.hashify.engine.UnifyFlag;
import dev.hashify.engine.UnifyRequest;
import dev.hashify.file.TreePath;
import dev.hashify.plan.IdentityKey;
import dev.hashify.report.RunMode;
import dev.hashify.select.Rule;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.OptionSpec;

/// Each option of `unify` reaches the engine.
class RequestTest {

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path directory;

  /// What is typed, and what becomes of it.
  private record Row(String typed, Function<UnifyRequest, Object> part, Object expected) {}

  private static final Path NOWHERE = Path.of("/nowhere");

  private static List<TreePath> paths(String... texts) {
    return Arrays.stream(texts).map(TreePath::of).toList();
  }

  private static List<String> rules(UnifyRequest request) {
    return request.roots().getFirst().rules().rules().stream().map(Rule::toString).toList();
  }

  private static final List<Row> ROWS =
      List.of(
          new Row("-n", UnifyRequest::mode, RunMode.DRY),
          new Row("--dry-run", UnifyRequest::mode, RunMode.DRY),
          new Row("--store /s --store /t", UnifyRequest::stores, paths("/s", "/t")),
          new Row("--share hardlink", UnifyRequest::share, ShareMethod.HARDLINK),
          new Row("--share reflink", UnifyRequest::share, ShareMethod.REFLINK),
          new Row("--guard immutable", UnifyRequest::guard, GuardChoice.IMMUTABLE),
          new Row("--guard none", UnifyRequest::guard, GuardChoice.NONE),
          new Row(
              "--ignore name,mtime",
              UnifyRequest::ignored,
              Set.of(IdentityKey.NAME, IdentityKey.MTIME)),
          new Row(
              "--ignore xattr --ignore name",
              UnifyRequest::ignored,
              Set.of(IdentityKey.NAME, IdentityKey.XATTR)),
          new Row("--min-size 4k", UnifyRequest::minSizeBytes, 4096L),
          new Row("--min-size 4KiB", UnifyRequest::minSizeBytes, 4096L),
          new Row("--min-size 4097", UnifyRequest::minSizeBytes, 4097L),
          new Row("--min-size 1M", UnifyRequest::minSizeBytes, 1L << 20),
          new Row("--min-size 0", UnifyRequest::minSizeBytes, 1L),
          new Row(
              "--include-privileged", UnifyRequest::flags, Set.of(UnifyFlag.INCLUDE_PRIVILEGED)),
          new Row("--split-links", UnifyRequest::flags, Set.of(UnifyFlag.SPLIT_LINKS)),
          new Row("--freeze", UnifyRequest::flags, Set.of(UnifyFlag.FREEZE)),
          new Row("--skip-in-use", UnifyRequest::flags, Set.of(UnifyFlag.SKIP_IN_USE)),
          new Row("--include-mounted", UnifyRequest::flags, Set.of(UnifyFlag.INCLUDE_MOUNTED)),
          new Row("--no-gc", UnifyRequest::flags, Set.of(UnifyFlag.NO_SWEEP)),
          new Row("--inside /old/", UnifyRequest::inside, paths("/old")),
          new Row("--index /i", UnifyRequest::index, Optional.of(TreePath.of("/i"))),
          new Row("--threads 7", UnifyRequest::threads, 7),
          new Row("--disk hdd", UnifyRequest::disk, DiskKind.HDD),
          new Row("--io-priority idle", r -> r.restraints().priority(), Restraints.Priority.IDLE),
          new Row(
              "--max-read-rate 50M",
              r -> r.restraints().readBytesPerSecond(),
              OptionalLong.of(50L << 20)),
          new Row(
              "--time-limit 5m", r -> r.restraints().time(), Optional.of(Duration.ofMinutes(5))),
          new Row("--lock-wait 30s", UnifyRequest::lockWait, Duration.ofSeconds(30)),
          new Row("--lock-wait 5m", UnifyRequest::lockWait, Duration.ofMinutes(5)),
          new Row("--lock-wait 1h", UnifyRequest::lockWait, Duration.ofHours(1)),
          new Row(
              "--exclude=-/x --exclude +/y --no-default-rules",
              RequestTest::rules,
              List.of("--exclude:1: -/x", "--exclude:2: +/y")),
          new Row(
              "--exclude-from @/list --no-default-rules",
              RequestTest::rules,
              List.of("@/list:2: -/l")),
          new Row(
              "--rules-for /r=@/list --no-default-rules",
              RequestTest::rules,
              List.of("@/list:2: -/l")),
          new Row("--no-default-rules", UnifyRequest::ruleLists, List.of()),
          new Row(
              "--roots-in @/in",
              request -> request.roots().stream().map(RootRequest::path).toList(),
              paths("/r", "@/in/a", "@/in/b")),
          new Row(
              "--engine nspawn",
              request -> request.roots().stream().map(RootRequest::path).toList(),
              paths("/r", "/m/a")));

  /// Options that change what is said, not what is done; each has its own test.
  private static final Set<String> NOT_IN_THE_REQUEST =
      Set.of("--help", "--report", "--format", "--progress", "--quiet", "--verbose");

  private UnifyRequest request(String options) throws IOException {
    Files.createDirectories(directory.resolve("in/b"));
    Files.createDirectories(directory.resolve("in/a"));
    Files.writeString(directory.resolve("list"), "# why\n/l\n");
    var terminal = new Terminal();
    terminal.operations.rootsReport = EngineOptionTest.report(EngineOptionTest.machine("/m/a"));
    List<String> typed = new ArrayList<>(List.of("unify"));
    if (!options.isEmpty()) {
      typed.addAll(List.of(options.replace("@", directory.toString()).split(" ", -1)));
    }
    typed.add("/r");
    var outcome = terminal.type(typed.toArray(String[]::new));
    assertEquals("", outcome.err());
    return terminal.operations.unified.getFirst();
  }

  private Object inPlace(Object expected) {
    return switch (expected) {
      case List<?> list -> list.stream().map(this::inPlace).toList();
      case String text -> text.replace("@", directory.toString());
      case TreePath path -> TreePath.of(path.toString().replace("@", directory.toString()));
      default -> expected;
    };
  }

  @TestFactory
  Stream<DynamicTest> optionReachesTheEngine() throws IOException {
    UnifyRequest plain = request("");
    return ROWS.stream()
        .map(row ->
            dynamicTest(
                row.typed(),
                () -> {
                  Object part = row.part().apply(request(row.typed()));
                  assertEquals(inPlace(row.expected()), part);
                  assertNotEquals(row.part().apply(plain), part, "the option changes nothing");
                }));
  }

  @Test
  void everyOptionIsTried() {
    var tried = new TreeSet<String>();
    for (Row row : ROWS) {
      for (String word : row.typed().split("[ =]", -1)) {
        tried.add(word);
      }
    }
    var terminal = new Terminal();
    var session = new Session(terminal.surroundings(new StringWriter(), new StringWriter()));
    var unify = session.program().getSubcommands().get("unify");
    assertTrue(unify != null);
    for (OptionSpec option : unify.getCommandSpec().options()) {
      assertTrue(
          tried.contains(option.longestName()) || NOT_IN_THE_REQUEST.contains(option.longestName()),
          option.longestName());
    }
  }

  @Test
  void defaultsAreTheCautiousOnes() throws IOException {
    UnifyRequest request = request("");

    assertEquals(RunMode.REAL, request.mode());
    assertEquals(GuardChoice.AUTO, request.guard());
    assertEquals(ShareMethod.AUTO, request.share());
    assertEquals(16, request.minSizeBytes());
    assertEquals(Set.of(), request.flags());
    assertEquals(Set.of(), request.ignored());
    assertEquals(Duration.ZERO, request.lockWait());
    assertEquals(Runtime.getRuntime().availableProcessors(), request.threads());
    assertEquals(List.of("container-root"), request.ruleLists());
  }

  @Test
  void listsAreAskedInTheOrderOfTheDesign() throws IOException {
    UnifyRequest request = request("--exclude-from @/list --rules-for /r=@/list --exclude /e");

    List<String> rules = rules(request);
    String list = directory + "/list:2: -/l";
    assertEquals(List.of("--exclude:1: -/e", list, list), rules.subList(0, 3));
    assertTrue(rules.get(3).startsWith("container-root:"));
    assertEquals(4, request.ruleLists().size());
  }

  @Test
  void listOfOneRootDoesNotHoldForOthers() throws IOException {
    Files.writeString(directory.resolve("own"), "/own\n");
    var terminal = new Terminal();
    terminal.type(
        "unify", "--no-default-rules", "--rules-for", "/a/=" + directory + "/own", "/a", "/b/");
    UnifyRequest request = terminal.operations.unified.getFirst();
    assertEquals(1, request.roots().get(0).rules().rules().size());
    assertEquals(0, request.roots().get(1).rules().rules().size());
    assertEquals(TreePath.of("/b"), request.roots().get(1).path());
  }

  @Test
  void rootWithAnEqualsSignCanHaveAList() throws IOException {
    Files.writeString(directory.resolve("own"), "/own\n");
    var terminal = new Terminal();
    terminal.type("unify", "--rules-for", "/a=b=" + directory + "/own", "/a=b");
    assertEquals(
        "-/own", rules(terminal.operations.unified.getFirst()).getFirst().replaceFirst(".*: ", ""));
  }

  @Test
  void rootGivenTwiceIsOneRoot() {
    var terminal = new Terminal();
    terminal.type("unify", "/a", "/a/", NOWHERE.toString());
    assertEquals(2, terminal.operations.unified.getFirst().roots().size());
  }

  @Test
  void anyNameReachesTheEngineUnchanged() {
    byte[] name = {'/', (byte) 0xff, '\n', (byte) 0xc3, (byte) 0xa9};
    var terminal = new Terminal();
    terminal.type(List.of("unify".getBytes(java.nio.charset.StandardCharsets.UTF_8), name));
    assertEquals(
        TreePath.of(name), terminal.operations.unified.getFirst().roots().getFirst().path());
  }
}
