package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.engine.Unification.Root;
import dev.hashify.file.Errno;
import dev.hashify.file.TreePath;
import dev.hashify.os.NativeSystemCalls;
import dev.hashify.os.SystemCall;
import dev.hashify.plan.IdentityKey;
import dev.hashify.report.ExplainReport;
import dev.hashify.report.PathExplanation;
import dev.hashify.report.PathExplanation.Content;
import dev.hashify.report.PathExplanation.Like;
import dev.hashify.report.PathExplanation.Source;
import dev.hashify.testkit.FaultyCalls;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import dev.hashify.testkit.TreeFingerprint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is said of a path: two roots of a few files after a run.
class ExplainTest {

  private static final String TEXT = "more than sixteen bytes";
  private static final long WHEN = 1_700_000_000_000_000_000L;

  private final Tree tree;

  ExplainTest() throws IOException {
    tree = TestVolume.ext4().tree();
    for (String root : List.of("a", "b")) {
      file(root + "/etc/f", TEXT);
      file(root + "/etc/passwd", TEXT + root);
      file(root + "/small", "x");
    }
  }

  private void file(String path, String text) throws IOException {
    tree.file(path, text).modified(path, WHEN);
  }

  @AfterEach
  void remove() throws IOException {
    tree.close();
  }

  private Unification runs() {
    return Unification.in(tree.path("store"));
  }

  private List<Root> roots() {
    return Root.of(List.of(tree.path("a"), tree.path("b")));
  }

  private void unify() {
    runs().real(Options.DEFAULT.withRules("~/etc/passwd"), roots());
  }

  private ExplainReport report(Path... paths) throws Exception {
    var request =
        new ExplainRequest(
            Stream.of(paths).map(path -> TreePath.of(path.toString())).toList(),
            List.of(runs().storePath()),
            Optional.empty());
    return runs().operations().explain(request, RunListener.NONE, new Cancellation());
  }

  private PathExplanation explain(String path) throws Exception {
    ExplainReport report = report(tree.path(path));
    assertEquals(List.of(), report.problems());
    return report.explained().getFirst();
  }

  private TreePath host(String path) {
    return TreePath.of(tree.path(path).toString());
  }

  @Test
  void sharedPathHasItsObjectAndWhoSharesIt() throws Exception {
    unify();
    PathExplanation of = explain("a/etc/f");
    assertEquals("shared", of.decision().state());
    assertEquals(Source.LAST_RUN, of.decision().source());
    assertEquals(host("a"), of.place().root());
    assertEquals("included by default", of.rule().orElseThrow().verdict());
    assertEquals(List.of(host("b/etc/f")), of.group().paths());
    assertEquals(0, of.group().unknown());
    Path object = runs().objects().getFirst();
    assertEquals(TreePath.of(object.toString()), of.group().object().orElseThrow());
    assertTrue(of.changes().getFirst().contains("the rule '-/etc/f'"), of.changes().toString());
  }

  @Test
  void rulesAreThoseOfTheLastRun() throws Exception {
    unify();
    PathExplanation of = explain("a/etc/passwd");
    assertEquals("skipped", of.decision().state());
    assertEquals("excluded", of.decision().reason());
    assertEquals("skipped", of.rule().orElseThrow().verdict());
    assertTrue(of.rule().orElseThrow().rule().endsWith(":1:~/etc/passwd"));
    assertTrue(of.changes().getFirst().contains("'+/etc/passwd'"), of.changes().toString());
    runs().real(Options.DEFAULT, roots());
    assertEquals("unique", explain("a/etc/passwd").decision().state());
  }

  @Test
  void skippedForItsSizeNamesTheOption() throws Exception {
    unify();
    PathExplanation of = explain("b/small");
    assertEquals("too-small", of.decision().reason());
    assertEquals(List.of("'--min-size N' takes smaller files"), of.changes());
  }

  @Test
  void uniquePathIsComparedWithItsLikes() throws Exception {
    file("a/own", TEXT + " 1");
    tree.file("b/own", TEXT + " 1").modified("b/own", WHEN + 1);
    file("a/other", TEXT + " 2");
    file("b/other", TEXT + " 3");
    unify();
    PathExplanation own = explain("a/own");
    assertEquals("unique", own.decision().state());
    assertEquals(
        List.of(new Like(host("b/own"), List.of("mtime"), Content.EQUAL)),
        own.likes().stream().filter(like -> like.path().equals(host("b/own"))).toList());
    assertTrue(
        own.changes().getFirst().startsWith("'hashify unify --ignore mtime'"),
        own.changes().toString());
    assertEquals(Content.DIFFERENT, explain("a/other").likes().getFirst().content());
    runs().real(Options.DEFAULT.ignoring(IdentityKey.MTIME), roots());
    assertEquals("shared", explain("a/own").decision().state());
    assertEquals(List.of("mtime"), explain("a/own").file().orElseThrow().ignored());
  }

  @Test
  void changedPathIsDecidedAnewAndSaysSo() throws Exception {
    unify();
    tree.remove("a/etc/f").file("a/etc/f", "");
    PathExplanation of = explain("a/etc/f");
    assertEquals("skipped", of.decision().state());
    assertEquals("empty", of.decision().reason());
    assertEquals(Source.NOW, of.decision().source());
    assertTrue(of.decision().since().contains("replaced by another file"));
    assertTrue(of.decision().since().getLast().startsWith("then it was shared"));
  }

  @Test
  void newPathIsACandidate() throws Exception {
    unify();
    file("a/new", TEXT);
    PathExplanation of = explain("a/new");
    assertEquals("candidate", of.decision().state());
    assertEquals(List.of("it is new"), of.decision().since());
  }

  @Test
  void pathThatIsGoneSaysWhatItWas() throws Exception {
    unify();
    tree.remove("a/etc/f");
    PathExplanation of = explain("a/etc/f");
    assertEquals("gone", of.decision().state());
    assertTrue(of.decision().since().getFirst().startsWith("it was shared"));
  }

  @Test
  void nameInARootThatIsNotRecordedIsCounted() throws Exception {
    unify();
    tree.hardLink("a/etc/f", "elsewhere");
    runs().real(Options.DEFAULT.withRules("~/etc/passwd"), roots());
    PathExplanation of = explain("a/etc/f");
    assertEquals(1, of.group().others());
    assertEquals(1, of.group().unknown());
  }

  @Test
  void eachRootIsExplainedByTheLastRunItTookPartIn() throws Exception {
    tree.file("c/etc/f", TEXT).modified("c/etc/f", WHEN);
    unify();
    runs().real(Options.DEFAULT.withMinSize(100), Root.of(List.of(tree.path("c"))));
    assertEquals("too-small", explain("c/etc/f").decision().reason());
    assertEquals(Source.LAST_RUN, explain("c/etc/f").decision().source());
    assertEquals("shared", explain("a/etc/f").decision().state());
    assertEquals("excluded", explain("a/etc/passwd").decision().reason());
  }

  @Test
  void problemIsTheMessageOfTheLastRun() throws Exception {
    var calls = new FaultyCalls(new NativeSystemCalls()).only(SystemCall.PREAD64);
    calls.failFrom(1, Errno.EIO);
    runs().over(calls).real(Options.DEFAULT.withThreads(1), roots());
    PathExplanation of = explain("a/etc/f");
    assertEquals("problem", of.decision().state(), of.decision().toString());
    assertTrue(of.decision().text().contains("(EIO)"), of.decision().text());
  }

  @Test
  void pathOutsideAllRootsIsToldTheRoots() throws Exception {
    unify();
    tree.file("elsewhere/f", TEXT);
    ExplainReport report = report(tree.path("elsewhere/f"), tree.path("a"), tree.path("a/none"));
    assertEquals(List.of(), report.explained());
    assertTrue(
        report.problems().getFirst().why().startsWith("it lies in no root of a recorded run"));
    assertTrue(report.problems().get(1).why().startsWith("it is a root itself"));
    assertTrue(report.problems().get(2).why().startsWith("it is not there"));
  }

  @Test
  void directoryIsEnteredOrNot() throws Exception {
    runs().real(Options.DEFAULT.withRules("-/etc"), roots());
    assertTrue(explain("a/etc").decision().text().startsWith("not entered"));
    assertEquals("excluded", explain("a/etc").rule().orElseThrow().verdict());
    // What lies below was never looked at, so it is judged now.
    assertEquals("excluded with /etc", explain("a/etc/f").rule().orElseThrow().verdict());
    assertEquals("skipped", explain("a/etc/f").decision().state());
  }

  @Test
  void guardThatIsMissingShows() throws Exception {
    runs().real(Options.DEFAULT.withGuard(GuardChoice.IMMUTABLE), roots());
    assertEquals(Optional.of(true), explain("a/etc/f").group().guardIsOn());
    runs().release(tree.path("a"));
    assertEquals(Optional.of(false), explain("a/etc/f").group().guardIsOn());
  }

  @Test
  void explainingChangesNothing() throws Exception {
    unify();
    List<Path> both = List.of(tree.path("a"), tree.path("b"));
    TreeFingerprint before = TreeFingerprint.of(both);
    explain("a/etc/f");
    explain("a/etc/passwd");
    TreeFingerprint.assertIdentical(before, TreeFingerprint.of(both));
  }

  @Test
  void sharedBlocksAreLookedUpNow() throws Exception {
    try (Tree other = TestVolume.xfs().tree()) {
      byte[] content = new byte[100_000];
      java.util.Arrays.fill(content, (byte) 7);
      other.bytes("a/f", content).bytes("b/f", content);
      var reflinks = Unification.in(other.path("store")).later();
      reflinks.real(Options.REFLINK, Root.of(List.of(other.path("a"), other.path("b"))));
      var request =
          new ExplainRequest(
              List.of(TreePath.of(other.path("a/f").toString())),
              List.of(reflinks.storePath()),
              Optional.empty());
      var of =
          reflinks
              .operations()
              .explain(request, RunListener.NONE, new Cancellation())
              .explained()
              .getFirst();
      assertEquals("shared", of.decision().state(), of.toString());
      assertEquals(List.of(TreePath.of(other.path("b/f").toString())), of.group().paths());
      assertEquals("reflinks", of.place().share());
    }
  }
}
