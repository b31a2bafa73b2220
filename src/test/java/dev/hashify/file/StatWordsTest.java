package dev.hashify.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StatWordsTest {

  private static FileStat stat(long device, long inode, int mode) {
    return new FileStat(1, device, inode, mode, 1, 0, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void inodeIsSharedOnlyOnOneDevice() {
    assertTrue(stat(1, 2, 0).sharesInodeWith(stat(1, 2, 0)));
    assertFalse(stat(1, 2, 0).sharesInodeWith(stat(3, 2, 0)));
    assertFalse(stat(1, 2, 0).sharesInodeWith(stat(1, 4, 0)));
    assertEquals(new FileId(1, 2), stat(1, 2, 0).id());
  }

  @Test
  void typeIsComparedWholeAndNotByBits() {
    // A socket (0140000) has all bits of a regular file and of a directory.
    assertFalse(FileMode.isRegular(0140644));
    assertFalse(FileMode.isDirectory(0140755));
    assertFalse(FileMode.isDirectory(0060000), "a block device");
    assertTrue(stat(1, 2, 0100644).isRegular());
    assertTrue(stat(1, 2, 0040755).isDirectory());
  }

  @Test
  void setIdIsEitherBit() {
    assertTrue(FileMode.isSetId(0104755));
    assertTrue(FileMode.isSetId(0102755));
    assertFalse(FileMode.isSetId(0101755), "sticky");
  }

  @Test
  void contentIdIsReadAsItIsWritten() {
    byte[] digest = new byte[ContentId.LENGTH_BYTES];
    digest[0] = (byte) 0xff;
    var id = ContentId.of(digest);
    digest[0] = 0;
    assertEquals("ff" + "0".repeat(62), id.toString());
    assertEquals(id, ContentId.parse(id.toString()));
    assertTrue(id.compareTo(ContentId.of(digest)) > 0, "unsigned");
    assertThrows(IllegalArgumentException.class, () -> ContentId.of(new byte[31]));
    assertThrows(IllegalArgumentException.class, () -> ContentId.parse("ff"));
    assertThrows(IllegalArgumentException.class, () -> ContentId.parse("zz".repeat(32)));
  }

  @Test
  void problemIsOneLineInTheOrderPeopleAsk() {
    var problem =
        new FileProblem(TreePath.of("/a\nb"), "not read", Errno.EIO.display(), "left as it was");
    assertEquals("/a\\nb: not read: input/output error (EIO); left as it was", "" + problem);
  }
}
