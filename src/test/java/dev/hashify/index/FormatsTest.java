package dev.hashify.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FormatsTest {

  private static final ObjectEntry OBJECT =
      new ObjectEntry(0x0102, 0x0304, "ab/cd-é", 5, -1, 0100644, 1000, 100, 0x1122);

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void bytesOfKeysNeverChangeTheirMeaning() {
    assertEquals("00000000000001020000000000000304", hex(Formats.fileKey(0x0102, 0x0304)));
    assertEquals(
        "ffffffffffffffff00000000000000020000000000000003", hex(Formats.lightKey(-1, 2, 3)));
    assertEquals("63616c6c65722f6a6f62", hex(Formats.metaKey("job")));
    assertEquals("666f726d6174", hex(Formats.VERSION_KEY));
    assertEquals("636c65616e", hex(Formats.CLEAN_KEY));
    assertEquals("00000001", hex(Formats.version(Formats.VERSION)));
  }

  @Test
  void bytesOfAnObjectNeverChangeTheirMeaning() {
    var golden =
        "0500000000000000" // size
            + "ffffffffffffffff" // mtime
            + "a4810000" // mode
            + "e8030000" // uid
            + "64000000" // gid
            + "2211000000000000" // light key
            + "61622f63642dc3a9"; // name

    assertEquals(golden, hex(Formats.object(OBJECT)));
    assertEquals(
        Optional.of(OBJECT),
        Formats.object(Formats.fileKey(0x0102, 0x0304), HexFormat.of().parseHex(golden)));
  }

  @Test
  void valueThatIsNoObjectIsNone() {
    byte[] key = Formats.fileKey(1, 2);
    assertEquals(Optional.empty(), Formats.object(key, new byte[0]));
    assertEquals(Optional.empty(), Formats.object(key, new byte[36]));
    assertEquals(Optional.empty(), Formats.object(key, new byte[36 + 201]));
    assertEquals(Optional.empty(), Formats.object(new byte[3], Formats.object(OBJECT)));
    byte[] notUtf8 = Formats.object(OBJECT);
    notUtf8[notUtf8.length - 1] = (byte) 0xff;
    assertEquals(Optional.empty(), Formats.object(key, notUtf8));
  }

  @Test
  void objectWithoutNameOrWithALongOneIsRefused() {
    for (var name : new String[] {"", "x".repeat(201), "é".repeat(101)}) {
      assertThrows(
          IllegalArgumentException.class, () -> new ObjectEntry(1, 2, name, 0, 0, 0, 0, 0, 0));
    }
  }

  @Test
  void metaNameMustHaveOneToTwoHundredBytes() {
    assertThrows(IllegalArgumentException.class, () -> Formats.metaKey(""));
    assertThrows(IllegalArgumentException.class, () -> Formats.metaKey("x".repeat(201)));
  }
}
