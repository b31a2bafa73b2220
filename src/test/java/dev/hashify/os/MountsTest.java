package dev.hashify.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.TreePath;
import dev.hashify.testkit.Command;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MountsTest {

  private static List<Mount> parse(String text) {
    return Mounts.parse(text.getBytes(StandardCharsets.ISO_8859_1)).all();
  }

  @Test
  void lineIsReadWholeWhateverItsOptionalFields() {
    var mounts =
        parse(
            """
            36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 shared:7 - ext3 /dev/root rw,errors=continue
            22 1 0:21 / /proc rw,nosuid - proc proc rw
            """);

    var expected =
        new Mount(
            36,
            "98:0",
            TreePath.of("/mnt1"),
            TreePath.of("/mnt2"),
            "ext3",
            "/dev/root",
            List.of("rw", "noatime", "rw", "errors=continue"));
    assertEquals(expected, mounts.getFirst());
    assertEquals("proc", mounts.get(1).type());
    assertEquals(2, mounts.size());
  }

  @Test
  void escapedNamesAreTheNamesThemselves() {
    var mount =
        parse("1 0 8:1 /a\\040b /m\\011t\\012n\\134b\\040 rw - ext4 /dev/x\\040y rw\n").getFirst();
    assertEquals(TreePath.of("/a b"), mount.root());
    assertEquals(TreePath.of("/m\tt\nn\\b "), mount.point());
    assertEquals("/dev/x y", mount.source());
  }

  @Test
  void mountPointNeedNotBeUtf8() {
    var mount = parse("1 0 8:1 / /\u00ff\u00fe rw - ext4 /dev/x rw\n").getFirst();
    assertEquals(TreePath.of(new byte[] {'/', (byte) 0xff, (byte) 0xfe}), mount.point());
  }

  @Test
  void readOnlyIsSeenInEitherPlace() {
    assertTrue(parse("1 0 8:1 / /m ro,nosuid - ext4 d rw\n").getFirst().isReadOnly());
    assertTrue(parse("1 0 8:1 / /m rw - squashfs d ro\n").getFirst().isReadOnly());
    assertFalse(parse("1 0 8:1 / /m rw - ext4 d rw,errors=remount-ro\n").getFirst().isReadOnly());
  }

  @Test
  void linesThatAreNoneAreLeftOut() {
    assertEquals(List.of(), parse("\n\ngarbage\n1 2 3 4 5 6 7\n"));
  }

  @Test
  void mountWithABlankInItsNameIsFoundById() throws IOException {
    Tree tree = TestVolume.ext4().tree().directory("a b\\c");
    String point = tree.path("a b\\c").toString();
    Command.run("mount", "--bind", tree.root().toString(), point);
    try (var opened = dev.hashify.testkit.RealLinux.LINUX.open().directory(TreePath.of(point))) {
      long id = dev.hashify.testkit.RealLinux.LINUX.stat().of(opened).mountId();
      Mount mount = Mounts.read().byId(id).orElseThrow();
      assertEquals(TreePath.of(tree.path("a b\\c").toRealPath().toString()), mount.point());
      assertEquals("ext4", mount.type());
      assertFalse(mount.isReadOnly());
    } finally {
      Command.run("umount", "-l", point);
    }
  }

  @Test
  void unknownIdIsNoMount() throws IOException {
    assertEquals(Optional.empty(), Mounts.read().byId(-1));
  }
}
