package dev.hashify.os;

import static dev.hashify.os.Expect.name;
import static dev.hashify.testkit.RealLinux.LINUX;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.Errno;
import dev.hashify.file.ExtendedAttributes;
import dev.hashify.file.ExtendedAttributes.Attribute;
import dev.hashify.file.FileAttributes;
import dev.hashify.testkit.Command;
import dev.hashify.testkit.RealLinux;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.TestVolume.Kind;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.hashify.testkit.TestVolume#all")
class AttributeCallsTest {

  private static final int ATTRIBUTE_BYTES = 60 * 1024;

  private final TestVolume volume;
  private final Tree tree;
  private final Descriptor file;

  AttributeCallsTest(TestVolume volume) throws IOException {
    this.volume = volume;
    this.tree = volume.tree().file("f", "text");
    this.file = tree.open("f");
  }

  @AfterEach
  void closeTree() throws IOException {
    file.close();
    tree.close();
  }

  private ExtendedAttributes seen() throws IOException {
    return LINUX.attributes().extended(file);
  }

  @Test
  void fileWithoutAttributesHasNone() throws IOException {
    assertEquals(ExtendedAttributes.NONE, seen());
  }

  @Test
  void attributesComeBackByteForByte() throws IOException {
    var attributes =
        List.of(
            new Attribute(name("user.zero"), new byte[0]),
            new Attribute(name("user.binary"), new byte[] {0, 1, (byte) 0xff, 0}),
            new Attribute(name("trusted.mine"), name("x")),
            new Attribute(new byte[] {'u', 's', 'e', 'r', '.', (byte) 0xff, '\n'}, new byte[] {7}));
    for (var attribute : attributes) {
      LINUX.attributes().setExtended(file, attribute);
    }
    assertEquals(ExtendedAttributes.of(attributes), seen());
  }

  @Test
  void settingAgainReplaces() throws IOException {
    LINUX.attributes().setExtended(file, new Attribute(name("user.a"), name("long value")));
    LINUX.attributes().setExtended(file, new Attribute(name("user.a"), name("short")));
    assertArrayEquals(name("short"), seen().all().getFirst().value());
  }

  @Test
  void largeValueComesBackWhereItFits() throws IOException {
    byte[] value = new byte[ATTRIBUTE_BYTES];
    new Random(1).nextBytes(value);
    var large = new Attribute(name("user.large"), value);
    switch (volume.kind()) {
      case XFS -> {
        LINUX.attributes().setExtended(file, large);
        assertArrayEquals(value, seen().all().getFirst().value());
      }
      case EXT4, BTRFS, PLAIN ->
          assertThrows(ErrnoException.class, () -> LINUX.attributes().setExtended(file, large));
    }
  }

  @Test
  void valueThatNoFileSystemTakesIsRefused() {
    var tooLarge = new Attribute(name("user.large"), new byte[70 * 1024]);
    assertThrows(
        IllegalArgumentException.class, () -> LINUX.attributes().setExtended(file, tooLarge));
  }

  @Test
  void manyAttributesAreAllListed() throws IOException {
    for (int i = 0; i < 40; i++) {
      LINUX
          .attributes()
          .setExtended(file, new Attribute(name("user.attribute-" + i), name("" + i)));
    }
    assertEquals(40, seen().all().size());
  }

  @Test
  void accessListsAndCapabilitiesAreAmongThem() throws IOException {
    Command.run("setfacl", "-m", "u:1234:r", tree.path("f").toString());
    assertTrue(seen().has("system."));
    // struct vfs_cap_data, revision 2 (linux/capability.h): cap_net_raw, effective.
    byte[] capability = new byte[20];
    capability[0] = 1;
    capability[3] = 2;
    capability[5] = 0x20;
    LINUX.attributes().setExtended(file, new Attribute(name("security.capability"), capability));
    assertTrue(seen().hasCapabilities());
  }

  @Test
  void modificationTimeIsSetToTheNanosecondAndTheAccessTimeStays() throws IOException {
    try (var root = tree.openDirectory("")) {
      long accessed = RealLinux.accessedNanos(root, name("f"));
      for (long nanos : new long[] {0, 1, 1_700_000_000_999_999_999L, -1, -1_500_000_000L}) {
        LINUX.attributes().setModified(file, nanos);
        assertEquals(nanos, LINUX.stat().of(file).modifiedNanos());
      }
      assertEquals(accessed, RealLinux.accessedNanos(root, name("f")));
    }
  }

  @Test
  void ownerAndModeAreSet() throws IOException {
    LINUX.attributes().setMode(file, 06755);
    LINUX.attributes().setOwner(file, 3, 4);
    assertEquals(0100755, LINUX.stat().of(file).mode(), "a new owner ends set-id");
    assertEquals(3, LINUX.stat().of(file).uid());
    assertEquals(4, LINUX.stat().of(file).gid());
    LINUX.attributes().setMode(file, 06755);
    assertEquals(0106755, LINUX.stat().of(file).mode());
  }

  @Test
  void largestOwnerIsKept() throws IOException {
    LINUX.attributes().setOwner(file, 0xffff_fffe, 0xffff_fffe);
    assertEquals(0xffff_fffe, LINUX.stat().of(file).uid());
  }

  @Test
  void immutableFileCanNeitherBeWrittenNorLinkedUntilReleased() throws IOException {
    int before = LINUX.attributes().flags(file);
    LINUX.attributes().setFlags(file, before | InodeFlags.IMMUTABLE);

    assertEquals(before | InodeFlags.IMMUTABLE, LINUX.attributes().flags(file));
    assertTrue((LINUX.stat().of(file).attributes() & FileAttributes.IMMUTABLE) != 0);
    Expect.errno(Errno.EPERM, () -> tree.overwrite("f", new byte[1]));
    Expect.errno(Errno.EPERM, () -> tree.hardLink("f", "g"));
    Expect.errno(Errno.EPERM, () -> tree.remove("f"));

    LINUX.attributes().setFlags(file, before);
    tree.remove("f");
    assertFalse(tree.exists("f"));
  }

  @Test
  void freshFileHasNoMeaningfulFlagsAndNoProject() throws IOException {
    assertEquals(0, LINUX.attributes().flags(file) & InodeFlags.MEANINGFUL);
    assertEquals(0, LINUX.attributes().project(file));
  }

  @Test
  void projectIsSeenWhereThereAreProjects() throws IOException {
    if (volume.kind() == Kind.XFS) {
      Command.run("xfs_io", "-c", "chproj 77", tree.path("f").toString());
      assertEquals(77, LINUX.attributes().project(file));
    } else {
      assertEquals(0, LINUX.attributes().project(file));
    }
  }

  @Test
  void whatHasNoFlagsHasZero() throws IOException {
    tree.fifo("p");
    try (var fifo = tree.open("p");
        var proc = LINUX.open().directory(dev.hashify.file.TreePath.of("/proc"))) {
      assertEquals(0, LINUX.attributes().flags(fifo));
      assertEquals(0, LINUX.attributes().flags(proc));
      assertEquals(0, LINUX.attributes().project(proc));
      assertEquals(ExtendedAttributes.NONE, LINUX.attributes().extended(proc));
    }
  }
}
