package dev.hashify.os;

import static dev.hashify.testkit.RealLinux.LINUX;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.TreePath;
import dev.hashify.os.VolumeCalls.Volume;
import dev.hashify.testkit.Command;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.TestVolume.Kind;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VolumeCallsTest {

  private static Volume of(Path directory) throws IOException {
    try (var opened = LINUX.open().directory(TreePath.of(directory.toString()))) {
      return LINUX.volumes().of(opened);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.hashify.testkit.TestVolume#all")
  void volumeIdIsTheSameForAllOfAVolume(TestVolume volume) throws IOException {
    Tree tree = volume.tree().file("d/f", "text");
    long id = of(volume.root()).volumeId();

    assertEquals(id, of(tree.path("d")).volumeId());
    try (var file = tree.open("d/f")) {
      assertEquals(id, LINUX.volumes().of(file).volumeId());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.hashify.testkit.TestVolume#all")
  void volumeIdSurvivesAMountElsewhere(TestVolume volume) throws IOException {
    Tree tree = volume.tree().directory("d");
    Tree elsewhere = TestVolume.plain().tree();
    Command.run("mount", "--bind", tree.path("d").toString(), elsewhere.root().toString());
    try {
      assertEquals(of(volume.root()).volumeId(), of(elsewhere.root()).volumeId());
    } finally {
      Command.run("umount", elsewhere.root().toString());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.hashify.testkit.TestVolume#all")
  void typeAndFreeSpaceAreThoseOfTheVolume(TestVolume volume) throws IOException {
    Volume seen = of(volume.root());
    long expected =
        switch (volume.kind()) {
          case EXT4 -> Volume.EXT4;
          case BTRFS -> Volume.BTRFS;
          case XFS -> 0x5846_5342L;
          case PLAIN -> seen.type();
        };
    assertEquals(expected, seen.type());
    assertTrue(seen.freeBytes() > 100L << 20 && seen.freeBytes() < 513L << 20);
  }

  @Test
  void volumeIdsDiffer() throws IOException {
    var ids = new HashSet<Long>();
    var volumes = TestVolume.all().toList();
    for (var volume : volumes) {
      ids.add(of(volume.root()).volumeId());
    }
    ids.add(of(TestVolume.plain().root()).volumeId());
    assertEquals(volumes.size() + 1, ids.size());
  }

  @Test
  void twoVolumesOfOneKindDiffer() throws IOException {
    try (var other = TestVolume.own(Kind.XFS, 300)) {
      assertNotEquals(of(TestVolume.xfs().root()).volumeId(), of(other.root()).volumeId());
    }
  }

  @Test
  void xfsVolumeIsTheSameOnAnotherDevice() throws IOException {
    try (var first = TestVolume.own(Kind.XFS, 300);
        var between = TestVolume.own(Kind.EXT4, 16)) {
      long id = of(first.root()).volumeId();
      String image = first.root().resolveSibling("image").toString();
      Command.run("umount", first.root().toString());
      // Takes the loop device that the volume had.
      between.root();
      Command.run("mount", "-o", "loop", image, first.root().toString());

      assertEquals(id, of(first.root()).volumeId());
    }
  }

  @Test
  void subvolumesOfBtrfsAreVolumes() throws IOException {
    Path home = TestVolume.btrfs().directory();
    Command.run("btrfs", "subvolume", "create", home.resolve("one").toString());
    Command.run("btrfs", "subvolume", "create", home.resolve("two").toString());

    long one = of(home.resolve("one")).volumeId();

    assertNotEquals(of(home).volumeId(), one);
    assertNotEquals(of(home.resolve("two")).volumeId(), one);
    assertEquals(one, of(home.resolve("one")).volumeId());
  }

  @Test
  void limitsOfThisProcessAreKnown() throws IOException {
    assertTrue(LINUX.volumes().openFilesMax() >= 64);
    assertEquals(
        Integer.parseInt(Command.run("id", "-u").strip()), LINUX.volumes().effectiveUser());
  }
}
