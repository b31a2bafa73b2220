package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.hashify.file.TreePath;
import dev.hashify.report.RunMode;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The engine as Java programs use it, by the example in the README.
class LibraryTest {

  private static final Pattern EXAMPLE =
      Pattern.compile("```java\\n(.*?public class (\\w+).*?)```", Pattern.DOTALL);

  private static final String CLASS_PATH = System.getProperty("java.class.path");

  @TempDir private Path classes;

  /// A source that is no file.
  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static Matcher example() throws IOException {
    Matcher found = EXAMPLE.matcher(Files.readString(Path.of("README.md")));
    assertTrue(found.find(), "the README has no example");
    return found;
  }

  private void compile(String name, String text) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    var said = new StringWriter();
    List<String> options =
        List.of("-Xlint:all", "-Werror", "-proc:none", "-cp", CLASS_PATH, "-d", classes.toString());
    List<JavaFileObject> sources = List.of(new Source(name, text));
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      boolean isDone = compiler.getTask(said, files, null, options, null, sources).call();
      assertTrue(isDone, said.toString());
    }
  }

  private String run(String name, Path... arguments) throws IOException {
    var command =
        new java.util.ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classes + ":" + CLASS_PATH,
                name));
    List.of(arguments).forEach(argument -> command.add(argument.toString()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    return new String(
        process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
  }

  @Test
  void exampleInTheReadmeSharesFiles() throws IOException {
    try (TestVolume volume = TestVolume.own(TestVolume.Kind.EXT4, 64);
        Tree tree = volume.tree()) {
      for (String root : List.of("a", "b")) {
        tree.file(root + "/usr/f", "more than sixteen bytes").modified(root + "/usr/f", 1_000_000);
      }
      Matcher example = example();
      compile(example.group(2), example.group(1));
      String out = run(example.group(2), tree.path("a"), tree.path("b"));
      assertTrue(out.contains(tree.path("b/usr/f") + " = " + tree.path("a/usr/f") + "\n"), out);
      assertTrue(out.contains("1 paths share now\n"), out);
      assertEquals(tree.id("a/usr/f"), tree.id("b/usr/f"));
    }
  }

  @Test
  void requestHasTheDefaultsOfTheCommandLine() {
    UnifyRequest request = UnifyRequest.over(List.of(TreePath.of("/srv/a"))).build();
    assertEquals(RunMode.REAL, request.mode());
    assertEquals(List.of("container-root"), request.ruleLists());
    assertEquals(16, request.minSizeBytes());
    assertEquals(GuardChoice.AUTO, request.guard());
    assertEquals(ShareMethod.AUTO, request.share());
    assertTrue(request.flags().isEmpty() && request.ignored().isEmpty());
  }

  /// What a call is given and returns is all there is, so that any number can go on at a time.
  @Test
  void nothingIsKeptInStaticFields() {
    var product = new ClassFileImporter().importPath(Path.of("target", "classes").toAbsolutePath());
    List<String> kept =
        product.stream()
            .flatMap(type -> type.getFields().stream())
            .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
            .filter(field ->
                !field.getModifiers().contains(JavaModifier.FINAL)
                    || field.getRawType().getName().startsWith("java.util.concurrent."))
            .map(field -> field.getFullName())
            .toList();
    assertEquals(List.of(), kept);
  }
}
