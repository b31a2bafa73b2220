package dev.hashify.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.hashify.house.ArchitectureTest.everythingBut;
import static dev.hashify.house.ArchitectureTest.patterns;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Calls that compile, look harmless and are not. Each ban says why, and so what to do instead.
///
/// What ErrorProne already refuses, such as text without a charset, is not repeated here.
class BannedCallsTest {

  /// What only the packages `allowed` may touch.
  ///
  /// A member is written `owner#name` for a field, or a method whatever its parameters; or
  /// `owner#name(type,type)` for one method. Subtypes of the owner count too. `*` ends a name.
  private record Ban(Set<String> allowed, List<String> members, String because) {
    boolean forbids(JavaAccess<?> access) {
      return members.stream().anyMatch(member -> matches(member, access));
    }
  }

  private static final Set<String> NOBODY = Set.of();

  private static final String EXECUTORS = "java.util.concurrent.Executors";
  private static final String FILES = "java.nio.file.Files";

  private static final List<Ban> BANS =
      List.of(
          new Ban(
              Set.of("cli"),
              List.of(
                  "java.lang.System#out",
                  "java.lang.System#err",
                  "java.lang.System#in",
                  "java.lang.System#console",
                  "java.lang.System#exit",
                  "java.lang.System#getenv",
                  "java.lang.Runtime#exit",
                  "java.lang.Runtime#halt",
                  "java.lang.Throwable#printStackTrace()"),
              "a library is given its output and leaves the JVM to its caller"),
          new Ban(
              Set.of("engine", "cli"),
              List.of("java.lang.Thread#sleep", "java.util.concurrent.TimeUnit#sleep"),
              "a stage waits for a queue or a lock, which a cancellation can end at once"),
          new Ban(
              Set.of("engine", "cli"),
              List.of(
                  "java.lang.System#currentTimeMillis",
                  "java.time.Instant#now()",
                  "java.time.LocalDate#now()",
                  "java.time.LocalDateTime#now()",
                  "java.time.ZonedDateTime#now()",
                  "java.time.Clock#system*",
                  "java.time.InstantSource#system"),
              "the clock is a constructor argument, so that a test can set it"),
          new Ban(
              NOBODY,
              List.of(FILES + "#walk*", FILES + "#find"),
              "they go by path, which a guest can turn into a symlink meanwhile; walk goes by"
                  + " directory descriptor, and twice as fast"),
          new Ban(
              everythingBut("walk", "hash", "engine"),
              List.of(
                  FILES + "#write*",
                  FILES + "#newOutputStream",
                  FILES + "#newBufferedWriter",
                  FILES + "#copy",
                  FILES + "#move",
                  FILES + "#delete*",
                  FILES + "#create*",
                  FILES + "#set*"),
              "looking at a root does not change it; link does, and store, index and report what"
                  + " is theirs"),
          new Ban(
              NOBODY,
              List.of(
                  "java.util.Random#<init>()",
                  "java.lang.Math#random",
                  "java.util.concurrent.ThreadLocalRandom#current",
                  "java.util.Collections#shuffle(java.util.List)"),
              "a run that cannot be repeated cannot be debugged; the source of chance is a"
                  + " constructor argument with a seed"),
          new Ban(
              NOBODY,
              List.of(
                  EXECUTORS + "#newCachedThreadPool()",
                  EXECUTORS + "#newFixedThreadPool(int)",
                  EXECUTORS + "#newSingleThreadExecutor()",
                  EXECUTORS + "#newScheduledThreadPool(int)",
                  EXECUTORS + "#newSingleThreadScheduledExecutor()",
                  EXECUTORS + "#newWorkStealingPool",
                  EXECUTORS + "#newVirtualThread*",
                  EXECUTORS + "#newThreadPerTask*",
                  "java.lang.Thread#<init>()",
                  "java.lang.Thread#<init>(java.lang.Runnable)",
                  "java.lang.Thread#ofVirtual",
                  "java.lang.Thread#startVirtualThread"),
              "threads are platform threads with a bound and a name such as hashify-walk-3"),
          new Ban(
              NOBODY,
              List.of(
                  "java.util.Collection#parallelStream",
                  "java.util.stream.BaseStream#parallel",
                  "java.util.Arrays#parallel*"),
              "they run in a pool that belongs to nobody and cannot be bounded or cancelled"));

  private static final JavaClasses PRODUCT =
      new ClassFileImporter().importPath(SourceTree.resolve("target/classes"));

  @TestFactory
  Stream<DynamicTest> bannedMembersAreNotTouched() {
    return BANS.stream().map(ban -> dynamicTest(ban.members().getFirst(), () -> check(ban)));
  }

  private static void check(Ban ban) {
    noClasses()
        .that()
        .resideOutsideOfPackages(patterns(ban.allowed()))
        .should()
        .accessTargetWhere(describe("it is one of " + ban.members(), ban::forbids))
        .allowEmptyShould(true)
        .because(ban.because())
        .check(PRODUCT);
  }

  /// A misspelt ban forbids nothing and nobody would notice.
  @TestFactory
  Stream<DynamicTest> bannedMemberExists() {
    return BANS.stream()
        .flatMap(ban -> ban.members().stream())
        .map(member -> dynamicTest(member, () -> assertTrue(exists(member), member)));
  }

  private static boolean exists(String member) throws ClassNotFoundException {
    JavaClass owner =
        new ClassFileImporter().importClass(Class.forName(member.substring(0, hash(member))));
    return owner.getMembers().stream()
        .anyMatch(candidate ->
            switch (candidate) {
              case JavaCodeUnit unit ->
                  nameMatches(member, unit.getName())
                      && parametersMatch(member, unit.getRawParameterTypes());
              default -> nameMatches(member, candidate.getName());
            });
  }

  /// Uses of what is banned, to see the bans bite; never run.
  static final class Offender {
    private Offender() {}

    static double offend(List<Random> list) {
      list.add(new Random());
      Executors.newCachedThreadPool().close();
      Stream<Random> numbers = list.parallelStream();
      return numbers.mapToDouble(Random::nextDouble).map(_ -> Math.random()).sum();
    }
  }

  @Test
  void offenderIsCaught() {
    JavaClass offender = new ClassFileImporter().importClasses(Offender.class).get(Offender.class);
    long caught =
        offender.getAccessesFromSelf().stream()
            .filter(access -> BANS.stream().anyMatch(ban -> ban.forbids(access)))
            .count();
    assertEquals(4, caught);
  }

  private static int hash(String member) {
    return member.indexOf('#');
  }

  private static boolean matches(String member, JavaAccess<?> access) {
    var target = access.getTarget();
    return target.getOwner().isAssignableTo(member.substring(0, hash(member)))
        && nameMatches(member, target.getName())
        && (!(target instanceof CodeUnitAccessTarget unit)
            || parametersMatch(member, unit.getRawParameterTypes()));
  }

  private static boolean nameMatches(String member, String name) {
    String wanted = member.substring(hash(member) + 1).replaceFirst("\\(.*", "");
    return wanted.endsWith("*")
        ? name.startsWith(wanted.substring(0, wanted.length() - 1))
        : name.equals(wanted);
  }

  private static boolean parametersMatch(String member, List<JavaClass> parameters) {
    int open = member.indexOf('(');
    String actual = String.join(",", parameters.stream().map(JavaClass::getFullName).toList());
    return open < 0 || member.substring(open).equals("(" + actual + ")");
  }
}
