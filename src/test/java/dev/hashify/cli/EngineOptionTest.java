package dev.hashify.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.cli.Terminal.Outcome;
import dev.hashify.engine.RootRequest;
import dev.hashify.engine.RootsRequest.Depth;
import dev.hashify.engine.UnifyRequest;
import dev.hashify.file.FileProblem;
import dev.hashify.file.TreePath;
import dev.hashify.report.RootsReport;
import dev.hashify.report.RootsReport.EngineRoot;
import dev.hashify.report.RootsReport.Place;
import dev.hashify.report.RootsReport.State;
import dev.hashify.roots.EnginePlace;
import dev.hashify.testkit.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `--engine` and `hashify roots`, from the words typed to the words shown.
class EngineOptionTest {

  private static final TreePath OVERLAY = TreePath.of("/g/overlay");

  private final Terminal terminal = new Terminal();

  static EngineRoot machine(String path) {
    return new EngineRoot(
        "nspawn",
        TreePath.of(path),
        "a",
        State.STOPPED,
        Optional.of(new Place("ext4", TreePath.of("/"))),
        "choose",
        Optional.empty(),
        Optional.empty());
  }

  private static EngineRoot layer(String id, State state, String leftOut) {
    return new EngineRoot(
        "podman",
        OVERLAY.child(id).child("diff"),
        "",
        state,
        Optional.of(new Place("ext4", OVERLAY)),
        leftOut.isEmpty() ? "overlay" : "",
        Optional.of(leftOut).filter(why -> !why.isEmpty()),
        Optional.empty());
  }

  static RootsReport report(EngineRoot... roots) {
    return new RootsReport(List.of(roots), List.of(), List.of(), List.of(), List.of());
  }

  private List<TreePath> unified() {
    return terminal.operations.unified.getFirst().roots().stream().map(RootRequest::path).toList();
  }

  @Test
  void rootsOfAnEngineComeAfterThoseThatAreNamed() {
    terminal.operations.rootsReport = report(machine("/m/a"), machine("/m/b"));
    Outcome outcome = terminal.type("unify", "--engine", "nspawn=/m/", "/r", "/m/b");
    assertEquals("", outcome.err());
    assertEquals(List.of(TreePath.of("/r"), TreePath.of("/m/b"), TreePath.of("/m/a")), unified());
    var asked = terminal.operations.sought.getFirst();
    assertEquals(
        EnginePlace.of("nspawn", Optional.of(TreePath.of("/m"))).stream().toList(),
        asked.engines());
    assertEquals(Depth.USABLE, asked.depth());
    assertEquals(List.of(TreePath.of("/r"), TreePath.of("/m/b")), asked.beside());
  }

  @Test
  void whatAContainerWritesToIsNoRoot() {
    terminal.operations.rootsReport =
        report(
            layer("a", State.READ_ONLY_LAYER, ""),
            layer("b", State.WRITTEN, "the layer that a container writes to"),
            layer("c", State.INCOMPLETE, "a layer that is not complete"),
            layer("d", State.UNKNOWN, "a layer that no image is made of"));
    Outcome outcome = terminal.type("unify", "--engine", "podman");
    assertEquals(List.of(OVERLAY.resolve(TreePath.of("a/diff"))), unified());
    assertEquals("hashify: 3 of 4 trees left out; `hashify roots` says why\n", outcome.err());
  }

  @Test
  void mountedLayerIsLeftToTheRunToDecide() {
    terminal.operations.rootsReport = report(layer("a", State.MOUNTED, "it is mounted"));
    terminal.type("unify", "--engine", "podman", "--include-mounted");
    assertEquals(List.of(OVERLAY.resolve(TreePath.of("a/diff"))), unified());
  }

  @Test
  void mountedLayerIsLeftOutIfTheGuardDoesNotLook() {
    terminal.operations.rootsReport =
        report(layer("a", State.MOUNTED, "it is mounted"), layer("b", State.READ_ONLY_LAYER, ""));
    terminal.type("unify", "--engine", "podman", "--guard", "none", "-q");
    assertEquals(List.of(OVERLAY.resolve(TreePath.of("b/diff"))), unified());
    assertEquals("", terminal.errSoFar());
  }

  @Test
  void storeOfAnEngineIsTakenIfNoneIsGiven() {
    TreePath store = OVERLAY.child(".hashify");
    terminal.operations.rootsReport =
        new RootsReport(
            List.of(layer("a", State.READ_ONLY_LAYER, "")),
            List.of(store),
            List.of(TreePath.of("/old")),
            List.of(),
            List.of());
    terminal.type("unify", "--engine", "podman");
    terminal.type("unify", "--engine", "podman", "--store", "/mine");
    List<UnifyRequest> requests = terminal.operations.unified;
    assertEquals(List.of(store), requests.getFirst().stores());
    assertEquals(List.of(TreePath.of("/old")), requests.getFirst().inside());
    assertEquals(List.of(TreePath.of("/mine")), requests.getLast().stores());
  }

  @Test
  void listOfAGuestHoldsForThatGuest(@TempDir Path directory) throws IOException {
    Path list = Files.writeString(directory.resolve("exclude=1"), "/own\n");
    EngineRoot plain = machine("/m/a=b");
    EngineRoot guest =
        new EngineRoot(
            "vserver",
            plain.path(),
            "",
            State.STOPPED,
            plain.mount(),
            "",
            Optional.empty(),
            Optional.of(TreePath.of(list.toString())));
    terminal.operations.rootsReport = report(guest, machine("/m/c"));
    terminal.type("unify", "--no-default-rules", "--engine", "vserver");
    var roots = terminal.operations.unified.getFirst().roots();
    assertEquals(1, roots.getFirst().rules().rules().size());
    assertEquals(0, roots.getLast().rules().rules().size());
  }

  @Test
  void configurationThatCannotBeUsedTouchesNothing() {
    terminal.operations.rootsReport =
        new RootsReport(
            List.of(machine("/m/a")), List.of(), List.of(), List.of(broken()), List.of());
    Outcome outcome = terminal.type("unify", "--engine", "podman", "/r");
    assertEquals(ExitCode.NOT_DONE, outcome.code());
    assertEquals("hashify: " + broken() + "\n", outcome.err());
    assertEquals(List.of(), terminal.operations.unified);
  }

  private static FileProblem broken() {
    return new FileProblem(
        TreePath.of("/etc/containers/storage.conf"),
        "roots of podman not found",
        "line 3: expected '='",
        "correct it");
  }

  @Test
  void engineWithoutRootsIsNoRun() {
    terminal.operations.rootsReport =
        new RootsReport(
            List.of(), List.of(), List.of(), List.of(), List.of("no Docker here (looked at /x)"));
    Outcome outcome = terminal.type("unify", "--engine", "docker");
    assertEquals(ExitCode.NOT_DONE, outcome.code());
    assertEquals(
        """
        hashify: no Docker here (looked at /x)
        hashify: no root to work on: the engines asked for keep none that a run takes; `hashify \
        roots` lists what they keep, and why it is left out
        """,
        outcome.err());
  }

  @Test
  void engineThatIsNotHereDoesNotStopTheOthers() {
    terminal.operations.rootsReport =
        new RootsReport(
            List.of(machine("/m/a")), List.of(), List.of(), List.of(), List.of("no Docker here"));
    Outcome outcome = terminal.type("unify", "--engine", "docker", "--engine", "nspawn");
    assertEquals(ExitCode.DONE, outcome.code());
    assertEquals(List.of(TreePath.of("/m/a")), unified());
  }

  @Test
  void rootsAreATable() {
    terminal.operations.rootsReport =
        report(
            machine("/m/a\n"), layer("b", State.WRITTEN, "the layer that a container writes to"));
    Outcome outcome = terminal.type("roots");
    assertEquals(ExitCode.DONE, outcome.code());
    assertEquals(
        """
        ENGINE  STATE    TYPE  GUARD   MOUNT       ROOT
        nspawn  stopped  ext4  choose  /           /m/a\\n (a)
        podman  written  ext4  -       /g/overlay  /g/overlay/b/diff
          left out: the layer that a container writes to
        1 root for a run, 1 left out
        """,
        outcome.out());
    assertEquals(List.of(), terminal.operations.sought.getFirst().engines());
    assertEquals(Depth.FULL, terminal.operations.sought.getFirst().depth());
  }

  @Test
  void rootsAreLinesOfJson() {
    terminal.operations.rootsReport =
        report(machine("/m/a\u001b"), layer("b", State.INCOMPLETE, "a layer that is not complete"));
    List<String> lines = terminal.type("roots", "--format", "ndjson").outLines();
    assertEquals(3, lines.size());
    lines.forEach(Json::object);
    assertTrue(
        lines
            .get(1)
            .endsWith(
                "\"state\":\"incomplete\",\"guard\":\"\",\"fileSystem\":\"ext4\","
                    + "\"mount\":\"/g/overlay\",\"leftOut\":\"a layer that is not complete\"}"),
        lines.get(1));
    assertTrue(lines.getLast().startsWith("{\"event\":\"summary\",\"roots\":2,\"leftOut\":1,"));
  }

  @Test
  void rootsThatCannotBeFoundAreAProblem() {
    terminal.operations.rootsReport =
        new RootsReport(List.of(), List.of(), List.of(), List.of(broken()), List.of());
    Outcome outcome = terminal.type("roots", "--engine", "podman");
    assertEquals(ExitCode.PROBLEMS, outcome.code());
    assertEquals("hashify: " + broken() + "\n", outcome.err());
  }

  @Test
  void environmentIsBytes() {
    byte[] environ = {'A', '=', (byte) 0xff, '=', 0, 'x', 0, 'A', '=', 0, 'B', '=', 0};
    assertEquals(
        Map.of("A", TreePath.of(new byte[] {(byte) 0xff, '='}), "B", TreePath.EMPTY),
        EnvironmentVariables.parse(environ));
    assertEquals(Map.of(), EnvironmentVariables.parse("".getBytes(StandardCharsets.UTF_8)));
  }
}
