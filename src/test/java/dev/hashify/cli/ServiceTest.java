package dev.hashify.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParseResult;

/// The service of every night and its files, as packages ship them.
class ServiceTest {

  private static final Path DIST = Path.of("src/dist");

  /// What a unit looks for in nightly.args before it runs.
  private static final Pattern CONDITION = Pattern.compile("grep -Eq \"([^\"]+)\"");

  private static String text(String file) throws IOException {
    return Files.readString(DIST.resolve(file));
  }

  private static List<String> shipped(String file) throws NothingTouchedException {
    return ArgumentFiles.expand(List.of("@" + DIST.resolve(file)));
  }

  /// All lines that are arguments, those too that are given as examples.
  private static List<String> withExamples(String file) throws IOException {
    return text("etc/" + file)
        .lines()
        .map(line -> line.matches("#[-/].*") ? line.substring(1) : line)
        .filter(line -> !line.isEmpty() && line.charAt(0) != '#')
        .toList();
  }

  private static ParseResult parse(String command, List<String> arguments) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(arguments);
    return Manual.program().parseArgs(all.toArray(String[]::new)).subcommand();
  }

  @ParameterizedTest
  @CsvSource({"unify, nightly.args, 12", "gc, gc.args, 2"})
  void everyLineIsUnderstoodAlsoThoseThatAreExamples(String command, String file, int atLeast)
      throws IOException {
    List<String> lines = withExamples(file);
    assertTrue(lines.size() >= atLeast, lines.toString());
    parse(command, lines);
    lines.forEach(line -> parse(command, List.of(line)));
  }

  @Test
  void asShippedNoRootIsNamed() throws Exception {
    List<String> arguments = shipped("etc/nightly.args");
    ParseResult parsed = parse("unify", arguments);
    assertFalse(arguments.isEmpty());
    for (String naming : List.of("--roots-in", "--engine")) {
      assertFalse(parsed.hasMatchedOption(naming));
    }
    assertTrue(parsed.matchedPositionals().isEmpty());
    assertTrue(arguments.stream().noneMatch(condition("hashify.service").asPredicate()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/srv/a", "--roots-in=/srv", "--roots-in", "--engine=podman", "--engine"})
  void serviceRunsOnceRootsAreNamed(String line) throws IOException {
    assertTrue(condition("hashify.service").matcher(line).find());
    assertTrue(condition("hashify-gc.service").matcher(line).find());
  }

  private static Pattern condition(String unit) throws IOException {
    Matcher condition = CONDITION.matcher(text("systemd/" + unit));
    assertTrue(condition.find());
    return Pattern.compile(condition.group(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashify.service", "hashify-gc.service"})
  void unitStartsACommandThatThereIsWithArgumentsThatAreShipped(String unit) throws Exception {
    String start =
        text("systemd/" + unit)
            .lines()
            .filter(line -> line.startsWith("ExecStart="))
            .findFirst()
            .orElseThrow();
    List<String> words = Arrays.asList(start.split(" "));
    assertEquals("ExecStart=/usr/bin/hashify", words.getFirst());
    String file = words.getLast().replace("@/etc/hashify/", "");
    parse(words.get(1), shipped("etc/" + file));
    assertEquals(3, words.size());
  }

  /// An option that a comment speaks of exists.
  @ParameterizedTest
  @ValueSource(
      strings = {"systemd/hashify.service", "systemd/hashify-gc.service", "etc/nightly.args"})
  void commentNamesOptionsThatThereAre(String file) throws IOException {
    List<String> known =
        Manual.program().getSubcommands().values().stream()
            .flatMap(command -> command.getCommandSpec().options().stream())
            .flatMap(option -> Stream.of(option.names()))
            .toList();
    List<String> others = List.of("--now");
    Matcher option = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*").matcher(text(file));
    while (option.find()) {
      assertTrue(known.contains(option.group()) || others.contains(option.group()), option::group);
    }
  }

  @Test
  void everyCapabilityIsGivenAReason() throws IOException {
    String service = text("systemd/hashify.service");
    List<String> given = List.of(setting(service, "CapabilityBoundingSet").split(" "));
    List<String> explained =
        service
            .lines()
            .filter(line -> line.startsWith("#   CAP_"))
            .map(line -> line.substring(4).split(" ", -1)[0])
            .toList();
    assertEquals(explained, given);
  }

  @Test
  void bothServicesRunInTheSameSandbox() throws IOException {
    assertEquals(
        sandbox(text("systemd/hashify.service")), sandbox(text("systemd/hashify-gc.service")));
  }

  private static List<String> sandbox(String unit) {
    return unit.lines()
        .dropWhile(line -> !line.startsWith("TimeoutStopSec="))
        .filter(line -> !line.isEmpty() && line.charAt(0) != '#')
        .toList();
  }

  private static String setting(String unit, String name) {
    return unit.lines()
        .filter(line -> line.startsWith(name + "="))
        .map(line -> line.substring(name.length() + 1))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void codeOfARunThatWasStoppedIsASuccess() throws IOException {
    assertEquals(
        ExitCode.TERMINATED.number() + " SIGTERM",
        setting(text("systemd/hashify.service"), "SuccessExitStatus"));
  }
}
