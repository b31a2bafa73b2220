package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.testkit.Command;
import dev.hashify.testkit.Podman;
import dev.hashify.testkit.TestVolume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// A real podman whose images were unified by `hashify unify --engine podman`, which finds them by
/// `storage.conf`.
///
/// ```
/// one two gone    images: a shell with its libraries, 4 MiB of data and a file of their own
/// idle            a container of one that was never started
/// ```
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PodmanTest {

  private static final String DATA = "usr/share/data";
  private static final int DATA_BYTES = 4 << 20;

  private final TestVolume volume = TestVolume.own(TestVolume.Kind.EXT4, 512);
  private final Map<String, String> sumsBefore = new HashMap<>();

  @SuppressWarnings("NullAway.Init")
  private Path top;

  @SuppressWarnings("NullAway.Init")
  private Podman podman;

  private String unified = "";
  private long cachedBefore;

  @BeforeAll
  void makeAndUnify() throws IOException {
    top = volume.root();
    podman = Podman.in(top.resolve("graph"));
    for (String name : List.of("one", "two", "gone")) {
      Path tree = shellIn(top.resolve("tree"));
      Files.writeString(tree.resolve("etc-name"), "the file of " + name + " alone");
      podman.importImage(tree, "localhost/" + name);
      sumsBefore.put(name, podman.savedSum("localhost/" + name));
    }
    podman.run("create", "--name", "idle", "--network=none", "localhost/one", "/bin/sh");
    Files.writeString(podman.layerOfContainer("idle").resolve("own"), "what it wrote to its disk");
    cachedBefore = cachedAfterReadingTheOther();
    unified = hashify("unify", "--engine", "podman");
  }

  @AfterAll
  void remove() throws IOException {
    if (podman != null) {
      podman.close();
    }
    volume.close();
  }

  /// The host's own shell, with whatever it is linked against.
  private static Path shellIn(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      String script =
          "mkdir -p \"$1\"; for f in /bin/sh /bin/cat $(ldd /bin/sh /bin/cat | grep -o '/[^ ]*[^"
              + " :]' | sort -u); do mkdir -p \"$1${f%/*}\"; cp -Lpf \"$f\" \"$1$f\"; done";
      Command.run("sh", "-ec", script, "-", tree.toString());
      Path data = tree.resolve(DATA);
      Files.createDirectories(data.getParent());
      Files.write(data, new byte[DATA_BYTES]);
    }
    return tree;
  }

  private String hashify(String... arguments) throws IOException {
    var result = ChildRuns.run(List.of("env", podman.variable()), List.of(arguments));
    assertEquals(0, result.exitCode(), result.output());
    return result.output();
  }

  private static Object inode(Path file) throws IOException {
    return Files.getAttribute(file, "unix:ino");
  }

  private Path data(String image) throws IOException {
    return podman.layer("localhost/" + image).resolve(DATA);
  }

  /// How many bytes of the data of `two` are in memory once that of `one` has been read.
  private long cachedAfterReadingTheOther() throws IOException {
    for (String image : List.of("one", "two")) {
      String file = data(image).toString();
      Command.run("sync", file);
      Command.run("dd", "if=" + file, "iflag=nocache", "count=0", "status=none");
    }
    Files.readAllBytes(data("one"));
    String cached =
        Command.run("fincore", "--bytes", "--noheadings", "--output", "RES", "" + data("two"));
    return Long.parseLong(cached.strip());
  }

  @Test
  void layersShareTheirFiles() throws IOException {
    assertEquals(inode(data("one")), inode(data("two")), unified);
    assertTrue(unified.contains("3 roots, guard overlay"), unified);
  }

  @Test
  void nothingIsLeftToDoTheNextNight() throws IOException {
    String again = hashify("unify", "--engine", "podman");
    assertTrue(again.contains("\nshared 0 files"), again);
    assertTrue(again.contains("read 0 files"), again);
  }

  @Test
  void savedImagesAreTheSameToTheByte() throws IOException {
    for (String image : List.of("one", "two")) {
      assertEquals(sumsBefore.get(image), podman.savedSum("localhost/" + image), image);
    }
  }

  @Test
  void layerOfAContainerIsListedAndLeftAlone() throws IOException {
    Path own = podman.layerOfContainer("idle");
    assertEquals(1, Files.getAttribute(own.resolve("own"), "unix:nlink"));
    String roots = hashify("roots", "--engine", "podman");
    String line = roots.lines().filter(text -> text.contains("" + own)).findFirst().orElseThrow();
    assertTrue(line.startsWith("podman  written "), roots);
    assertTrue(roots.contains("  left out: the layer that a container writes to"), roots);
    assertFalse(unified.contains(own + ""), unified);
  }

  @Test
  void podmanComparesAndMountsImages() throws IOException {
    String difference = podman.run("image", "diff", "localhost/one");
    assertTrue(difference.contains("A /etc-name"), difference);
    Path mounted = Path.of(podman.run("image", "mount", "localhost/one"));
    try {
      assertEquals("the file of one alone", Files.readString(mounted.resolve("etc-name")));
      assertEquals(-1L, Files.mismatch(mounted.resolve(DATA), data("two")));
      assertMountedLayerIsLeftAlone();
    } finally {
      podman.run("image", "umount", "localhost/one");
    }
  }

  /// Podman has now mounted the directory of its layers onto itself: the store stays the same.
  private void assertMountedLayerIsLeftAlone() throws IOException {
    String run = hashify("unify", "--engine", "podman");
    assertTrue(run.contains("root left alone: it is a layer of the overlay mounted at"), run);
    String store = "store " + top.resolve("graph/overlay/.hashify") + ": ";
    assertTrue(run.contains(store) && unified.contains(store), unified + run);
    List<String> states = new ArrayList<>();
    hashify("roots", "--engine", "podman")
        .lines()
        .filter(line -> line.startsWith("podman"))
        .forEach(line -> states.add(line.split(" +", 3)[1]));
    assertTrue(states.contains("mounted") && states.contains("read-only-layer"), states::toString);
  }

  @Test
  void containerRunsAndItsWritesReachNoImage() throws IOException {
    String script = "echo changed >>/" + DATA + "; cat /etc-name";
    assertEquals("the file of one alone", podman.inContainer("localhost/one", script));
    for (String image : List.of("one", "two")) {
      assertEquals(DATA_BYTES, Files.size(data(image)));
      assertEquals(sumsBefore.get(image), podman.savedSum("localhost/" + image), image);
    }
  }

  @Test
  void removingAnImageLeavesTheOthersWhole() throws IOException {
    Path layer = podman.layer("localhost/gone");
    assertEquals(inode(data("one")), inode(layer.resolve(DATA)));
    podman.run("rmi", "localhost/gone");
    assertFalse(Files.exists(layer));
    assertEquals(sumsBefore.get("two"), podman.savedSum("localhost/two"));
    assertNotEquals("", podman.inContainer("localhost/two", "cat /etc-name"));
  }

  @Test
  void memoryIsSharedBetweenImages() throws IOException {
    assertEquals(0, cachedBefore);
    assertEquals(DATA_BYTES, cachedAfterReadingTheOther());
  }
}
