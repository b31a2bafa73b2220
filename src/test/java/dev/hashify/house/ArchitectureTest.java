package dev.hashify.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.RandomAccessFile;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Which package may use which, and which part of the world belongs to which package.
///
/// The two tables are the rule and the tests are made from them. [BannedCallsTest] adds what single
/// calls are forbidden.
class ArchitectureTest {

  static final String ROOT = "dev.hashify.";

  private static final Map<String, Set<String>> MAY_USE =
      new TreeMap<>(
          Map.ofEntries(
              entry("file", Set.of()),
              entry("os", Set.of("file")),
              entry("select", Set.of("file")),
              entry("walk", Set.of("file", "os")),
              entry("layers", Set.of("file", "os")),
              entry("roots", Set.of("file", "os", "layers")),
              entry("hash", Set.of("file", "os")),
              entry("index", Set.of("file")),
              entry("store", Set.of("file", "os", "hash", "index")),
              entry("plan", Set.of("file")),
              entry("link", Set.of("file", "os", "hash", "plan", "store")),
              entry("freeze", Set.of("file", "os")),
              entry("report", Set.of("file", "plan", "link")),
              entry(
                  "engine",
                  Set.of(
                      "file", "os", "select", "walk", "layers", "roots", "hash", "index", "store",
                      "plan", "link", "freeze", "report")),
              // plan and roots for the words IdentityKey and EnginePlace, of which requests are
              // made.
              entry("cli", Set.of("engine", "report", "select", "plan", "roots", "file"))));

  /// A part of the world that only the packages `allowed` may depend on.
  private record Territory(
      String name, DescribedPredicate<JavaClass> classes, Set<String> allowed, String because) {}

  private static final List<Territory> TERRITORIES =
      List.of(
          new Territory(
              "native memory and calls",
              resideInAPackage("java.lang.foreign.."),
              Set.of("os"),
              "a wrong address ends the JVM: such code has one home and is reviewed as such"),
          new Territory(
              "LMDB",
              resideInAPackage("org.lmdbjava.."),
              Set.of("index"),
              "its rules about threads and open transactions are kept in one place"),
          new Territory(
              "JSON",
              resideInAPackage("tools.jackson.."),
              Set.of("layers", "roots"),
              "only records and configurations of container engines are JSON that somebody else"
                  + " wrote"),
          new Territory(
              "picocli",
              resideInAPackage("picocli.."),
              Set.of("cli"),
              "the library does not know that it was called from a command line"),
          new Territory(
              "picocli's annotations",
              resideInAPackage("picocli..").and(describe("annotations", JavaClass::isAnnotation)),
              Set.of(),
              "reading them doubles the time of a short command: see the package cli"),
          new Territory(
              "input and output",
              resideInAnyPackage("java.io..", "java.nio.file..", "java.nio.channels.."),
              everythingBut("file", "plan", "select"),
              "these packages decide by what they are given, so tables are enough to test them"),
          new Territory(
              "java.io's files",
              belongToAnyOf(
                  File.class,
                  FileInputStream.class,
                  FileOutputStream.class,
                  FileReader.class,
                  FileWriter.class,
                  RandomAccessFile.class),
              Set.of("index", "cli"),
              "they lose the reason of a failure and every name that is not text: use"
                  + " java.nio.file (LMDB's binding takes nothing else; and the standard streams"
                  + " have no other form that tells of a failed write)"),
          new Territory(
              "hidden pools",
              belongToAnyOf(CompletableFuture.class, ForkJoinPool.class),
              Set.of(),
              "no bound, no names, no end: use a fixed pool of named threads that is closed"));

  private static final JavaClasses PRODUCT =
      new ClassFileImporter().importPath(SourceTree.resolve("target/classes"));

  /// An ArchUnit too old for the class files imports nothing, and then every other rule holds.
  @Test
  void classesWereImported() {
    assertFalse(PRODUCT.isEmpty(), "no class below target/classes could be read");
  }

  @Test
  void everyPackageIsOnTheMap() {
    var missing = new TreeSet<String>();
    for (String name : SourceTree.packagesIn("src/main/java")) {
      if (!name.startsWith(ROOT) || !MAY_USE.containsKey(name.substring(ROOT.length()))) {
        missing.add(name);
      }
    }
    assertEquals(Set.of(), missing, "not on the map in ArchitectureTest");
  }

  @Test
  void nobodyPointsUp() {
    var settled = new HashSet<String>();
    while (settled.size() < MAY_USE.size()) {
      var next =
          MAY_USE.keySet().stream()
              .filter(name -> !settled.contains(name) && settled.containsAll(used(name)))
              .toList();
      assertFalse(next.isEmpty(), "a cycle, or a name not on the map, beyond " + settled);
      settled.addAll(next);
    }
  }

  @TestFactory
  Stream<DynamicTest> packageUsesOnlyWhatTheMapAllows() {
    return packages().map(name -> dynamicTest(name, () -> checkUses(name)));
  }

  private static void checkUses(String name) {
    var allowed = new HashSet<>(used(name));
    allowed.add(name);
    noClasses()
        .that()
        .resideInAPackage(ROOT + name)
        .should()
        .dependOnClassesThat(
            resideInAPackage(ROOT + ".").and(not(resideInAnyPackage(patterns(allowed)))))
        .allowEmptyShould(true)
        .because("the map in ArchitectureTest lets it use " + used(name))
        .check(PRODUCT);
  }

  @TestFactory
  Stream<DynamicTest> territoryIsEnteredOnlyByItsOwners() {
    return TERRITORIES.stream()
        .map(territory -> dynamicTest(territory.name(), () -> checkTerritory(territory)));
  }

  private static void checkTerritory(Territory territory) {
    noClasses()
        .that()
        .resideOutsideOfPackages(patterns(territory.allowed()))
        .should()
        .dependOnClassesThat(territory.classes())
        .allowEmptyShould(true)
        .because(territory.because())
        .check(PRODUCT);
  }

  @TestFactory
  Stream<DynamicTest> packageIsNullMarked() {
    return packages()
        .map(name -> dynamicTest(name, () -> assertTrue(isNullMarked(name), "@NullMarked")));
  }

  private static boolean isNullMarked(String name) {
    return PRODUCT.getPackage(ROOT + name).isAnnotatedWith(NullMarked.class);
  }

  private static Stream<String> packages() {
    return SourceTree.packagesIn("src/main/java").stream()
        .filter(name -> name.startsWith(ROOT))
        .map(name -> name.substring(ROOT.length()));
  }

  private static Set<String> used(String name) {
    return MAY_USE.getOrDefault(name, Set.of());
  }

  static Set<String> everythingBut(String... excluded) {
    var rest = new TreeSet<>(MAY_USE.keySet());
    rest.removeAll(List.of(excluded));
    return rest;
  }

  static String[] patterns(Set<String> names) {
    return names.stream().map(name -> ROOT + name).toArray(String[]::new);
  }
}
