package dev.hashify.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/// Pages for `man` and completion for shells, as packages ship them.
class ManualTest {

  private static final Path SECTIONS = Path.of("src/dist/man");

  /// The macros of man(7) that the pages use.
  private static final TreeSet<String> MACROS =
      new TreeSet<>(
          List.of(
              "TH", "SH", "B", "I", "BR", "IR", "BI", "IP", "TP", "PP", "EX", "EE", "RS", "RE"));

  private static Stream<CommandLine> commands() {
    CommandLine program = Manual.program();
    return Stream.concat(
        Stream.of(program), program.getSubcommands().values().stream().filter(ManPage::hasPage));
  }

  private static String pageOf(CommandLine command) throws IOException {
    return Manual.pages(SECTIONS).getOrDefault(ManPage.name(command), "");
  }

  @TestFactory
  Stream<DynamicTest> pageTellsEveryOption() {
    return commands()
        .map(command ->
            dynamicTest(
                ManPage.name(command),
                () -> {
                  String page = pageOf(command);
                  for (OptionSpec option : command.getCommandSpec().options()) {
                    for (String name : option.names()) {
                      assertTrue(page.contains("\\fB" + ManPage.escaped(name) + "\\fR"), name);
                    }
                    for (String text : option.description()) {
                      assertTrue(page.contains(ManPage.escaped(text)), text);
                    }
                  }
                }));
  }

  @TestFactory
  Stream<DynamicTest> pageUsesMacrosThatExist() throws IOException {
    return Manual.pages(SECTIONS).entrySet().stream()
        .map(page ->
            dynamicTest(
                page.getKey(),
                () ->
                    page.getValue()
                        .lines()
                        .filter(line -> line.startsWith("."))
                        .forEach(line ->
                            assertTrue(
                                MACROS.contains(line.substring(1).split(" ", -1)[0]), line))));
  }

  @TestFactory
  Stream<DynamicTest> exampleOfAPageIsUnderstood() throws IOException {
    return Manual.pages(SECTIONS).entrySet().stream()
        .map(page ->
            dynamicTest(
                page.getKey(),
                () -> {
                  List<String> examples = examples(page.getValue());
                  assertTrue(!examples.isEmpty(), "a page without an example");
                  examples.forEach(ManualTest::checkExample);
                }));
  }

  /// Those lines between `.EX` and `.EE` that call the program.
  private static List<String> examples(String page) {
    return Stream.of(page.split("\n\\.EX\n"))
        .skip(1)
        .flatMap(part -> part.lines().takeWhile(line -> !line.equals(".EE")))
        .filter(line -> line.startsWith("hashify "))
        .toList();
  }

  private static void checkExample(String line) {
    List<String> arguments = new ArrayList<>(List.of(line.replace("\\-", "-").split(" ")));
    arguments.removeFirst();
    arguments.removeIf(argument -> argument.startsWith("@"));
    Manual.program().parseArgs(arguments.toArray(String[]::new));
  }

  @Test
  void everyCommandHasAPageAndEveryFileOfSectionsACommand() throws IOException {
    var names = new TreeSet<>(commands().map(ManPage::name).toList());
    assertEquals(names, new TreeSet<>(Manual.pages(SECTIONS).keySet()));
    try (Stream<Path> files = Files.list(SECTIONS)) {
      assertEquals(
          new TreeSet<>(names.stream().map(name -> name + ".man").toList()),
          new TreeSet<>(files.map(file -> String.valueOf(file.getFileName())).toList()));
    }
  }

  @TestFactory
  Stream<DynamicTest> shellKnowsEveryCommandAndOption() {
    return Manual.scripts().entrySet().stream()
        .map(script ->
            dynamicTest(
                script.getKey(),
                () -> {
                  List<String> words = List.of(script.getValue().split("[^\\w-]+"));
                  boolean isFish = script.getKey().endsWith(".fish");
                  commands()
                      .flatMap(command -> command.getCommandSpec().options().stream())
                      .flatMap(option -> Stream.of(option.names()))
                      .map(name -> isFish ? name.replaceFirst("^--?", "") : name)
                      .forEach(name -> assertTrue(words.contains(name), name));
                  commands()
                      .map(CommandLine::getCommandName)
                      .forEach(name -> assertTrue(words.contains(name), name));
                }));
  }

  @Test
  void shellOffersTheWordsThatAnOptionTakes() {
    for (Map.Entry<String, String> script : Manual.scripts().entrySet()) {
      assertTrue(script.getValue().contains("auto overlay verity immutable none"), script.getKey());
      assertTrue(script.getValue().contains("podman docker"), script.getKey());
    }
  }

  @Test
  void filesLieWhereThePackageTakesThemFrom(@TempDir Path directory) throws IOException {
    Manual.main(new String[] {SECTIONS.toString(), directory.toString()});
    for (String name :
        List.of(
            "man/hashify.1.gz",
            "man/hashify-unify.1.gz",
            "completion/hashify.bash",
            "completion/_hashify",
            "completion/hashify.fish")) {
      assertTrue(Files.size(directory.resolve(name)) > 0, name);
    }
  }
}
