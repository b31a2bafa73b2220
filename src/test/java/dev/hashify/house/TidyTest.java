package dev.hashify.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.hashify.house.SourceTree.TextFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Sizes that a reader can hold in mind, and nothing left lying about.
class TidyTest {

  private static final int COLUMNS_MAX = 100;
  private static final int FILE_LINES_MAX = 400;

  /// 50 is what to aim at; beyond this a method is cut, whatever its reasons.
  private static final int METHOD_LINES_MAX = 70;

  // The brackets keep these patterns from finding themselves.
  private static final Pattern UNFINISHED = Pattern.compile("\\b(TOD[O]|FIXM[E]|XX[X])\\b");
  private static final Pattern DISABLED_TEST = Pattern.compile("@Disable[d]\\b");

  /// Directories of one developer's machine, at the beginning of a path.
  private static final Pattern SOMEONES_MACHINE =
      Pattern.compile("(?<![\\w.)}\\]*?-])/(tmp/w[t]|wor[k])/");

  private static final List<TextFile> FILES = SourceTree.textFiles();

  @Test
  void filesWereFound() {
    assertFalse(FILES.stream().filter(TextFile::isJava).toList().isEmpty());
    assertFalse(FILES.stream().filter(file -> file.path().equals("pom.xml")).toList().isEmpty());
  }

  /// A row of a table in a document cannot be broken.
  @Test
  void javaLinesAreShort() {
    assertNone(
        lines(
            TextFile::isJava,
            line ->
                !line.startsWith("/// |") && line.codePointCount(0, line.length()) > COLUMNS_MAX),
        "longer than " + COLUMNS_MAX + " columns");
  }

  @Test
  void javaFilesAreShort() {
    assertNone(
        files(file -> file.isJava() && file.lines().size() > FILE_LINES_MAX),
        "longer than " + FILE_LINES_MAX + " lines; find the second class in it");
  }

  @Test
  void methodsAreShort() {
    var found = new ArrayList<String>();
    for (TextFile file : FILES) {
      for (var method : file.isJava() ? JavaMethods.in(file) : List.<JavaMethods.Method>of()) {
        if (method.lines() > METHOD_LINES_MAX) {
          found.add(file.path() + ":" + method.line() + " " + method.name());
        }
      }
    }
    assertNone(found, "longer than " + METHOD_LINES_MAX + " lines");
  }

  @Test
  void javaHasNoTabs() {
    assertNone(lines(TextFile::isJava, line -> line.indexOf('\t') >= 0), "a tab");
  }

  /// Test resources may need them: they are what programs print and people write.
  @Test
  void linesHaveNoTrailingBlanks() {
    assertNone(
        lines(
            file -> !file.path().startsWith("src/test/resources/"),
            line -> line.endsWith(" ") || line.endsWith("\t") || line.endsWith("\r")),
        "a trailing blank");
  }

  @Test
  void nothingIsUnfinished() {
    assertNone(
        lines(_ -> true, line -> UNFINISHED.matcher(line).find()),
        "do it, or say in a sentence what is missing and why");
  }

  @Test
  void noTestIsSwitchedOff() {
    assertNone(
        lines(TextFile::isJava, line -> DISABLED_TEST.matcher(line).find()),
        "a test that does not run; mend it or remove it");
  }

  @Test
  void noMachineOfADeveloperIsNamed() {
    assertNone(
        lines(_ -> true, line -> SOMEONES_MACHINE.matcher(line).find()),
        "a path that exists on one machine only");
  }

  @Test
  void everyPackageSaysWhatItIsFor() {
    var described = new HashSet<String>(SourceTree.packagesIn("src/main/java"));
    described.addAll(SourceTree.packagesIn("benchmarks/src"));
    var found = new ArrayList<String>();
    for (String root : SourceTree.JAVA_ROOTS) {
      for (String name : SourceTree.packagesIn(root)) {
        String file = root + "/" + name.replace('.', '/') + "/package-info.java";
        boolean testsOfADescribedPackage = root.equals("src/test/java") && described.contains(name);
        if (!testsOfADescribedPackage && FILES.stream().noneMatch(f -> f.path().equals(file))) {
          found.add(file);
        }
      }
    }
    assertNone(found, "missing");
  }

  /// Examples are lines that begin with `#:` and are run as tests.
  @Test
  void shippedRulesHaveExamples() {
    assertNone(
        files(file ->
            file.path().startsWith("exclude-rules/")
                && !file.path().endsWith(".md")
                && file.lines().stream().noneMatch(line -> line.startsWith("#:"))),
        "a rule list without an example line");
  }

  @Test
  void documentsHaveOneTitle() {
    assertNone(
        files(file -> file.path().endsWith(".md") && titles(file) != 1),
        "not exactly one line that begins with \"# \"");
  }

  private static long titles(TextFile document) {
    boolean inCode = false;
    long titles = 0;
    for (String line : document.lines()) {
      inCode ^= line.startsWith("```");
      titles += !inCode && line.startsWith("# ") ? 1 : 0;
    }
    return titles;
  }

  private static List<String> files(Predicate<TextFile> wrong) {
    return FILES.stream().filter(wrong).map(TextFile::path).toList();
  }

  private static List<String> lines(Predicate<TextFile> where, Predicate<String> wrong) {
    var found = new ArrayList<String>();
    for (TextFile file : FILES) {
      if (where.test(file)) {
        List<String> lines = file.lines();
        for (int i = 0; i < lines.size(); i++) {
          if (wrong.test(lines.get(i))) {
            found.add(file.path() + ":" + (i + 1));
          }
        }
      }
    }
    return found;
  }

  private static void assertNone(List<String> found, String what) {
    assertEquals(List.of(), found, what);
  }
}
