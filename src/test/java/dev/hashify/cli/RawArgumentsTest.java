package dev.hashify.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RawArgumentsTest {

  /// The command line of a process whose strings are given in ISO 8859-1, a character a byte.
  private static List<String> match(String[] arguments, String... commandLine) {
    byte[] bytes = (String.join("\0", commandLine) + "\0").getBytes(StandardCharsets.ISO_8859_1);
    return RawArguments.match(arguments, bytes).stream().map(ArgumentText::of).toList();
  }

  private static String[] of(String... arguments) {
    return arguments;
  }

  @Test
  void argumentsOfTheJvmAreLeftOut() {
    assertEquals(
        List.of("unify", "/a"),
        match(of("unify", "/a"), "java", "-jar", "hashify.jar", "unify", "/a"));
  }

  @Test
  void nameTheJvmCouldNotDecodeKeepsItsBytes() {
    // Under LC_ALL=C the JVM makes U+FFFD of each byte.
    assertEquals(
        List.of("unify", "/\u00c3\u00a9\u00ff"),
        match(of("unify", "/\ufffd\ufffd\ufffd"), "java", "Main", "unify", "/\u00c3\u00a9\u00ff"));
  }

  @Test
  void nameInUtf8KeepsItsBytes() {
    assertEquals(List.of("/\u00c3\u00a9"), match(of("/\u00e9"), "java", "Main", "/\u00c3\u00a9"));
  }

  @Test
  void emptyArgumentIsKept() {
    assertEquals(List.of("", "x"), match(of("", "x"), "java", "Main", "", "x"));
  }

  @Test
  void argumentsThatAreNotThoseOfTheProcessAreTakenAsUtf8() {
    assertEquals(
        List.of("unify", "/\u00c3\u00a9"),
        match(of("unify", "/\u00e9"), "java", "-jar", "surefire.jar", "other"));
  }

  @Test
  void withoutProcArgumentsAreTakenAsUtf8() {
    assertEquals("x", ArgumentText.of(RawArguments.match(of("x"), new byte[0]).getFirst()));
  }
}
