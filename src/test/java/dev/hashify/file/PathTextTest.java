package dev.hashify.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.testkit.SeededTest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathTextTest {

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  @Test
  void ordinaryTextStaysAsItIs() {
    for (String text : new String[] {"", "a b", "Grüße", "日本語", "😀", "a'\"$*"}) {
      assertEquals(text, PathText.escape(text.getBytes(UTF_8)));
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "0a, \\n",
        "09, \\t",
        "0d, \\r",
        "5c, \\\\",
        "1b5b334a, \\x1b[3J",
        "7f, \\x7f",
        "01, \\x01",
        "ff, \\xff",
        "e282, \\xe2\\x82",
        "c0af, \\xc0\\xaf",
        "e08080, \\xe0\\x80\\x80",
        "eda080, \\xed\\xa0\\x80",
        "f5808080, \\xf5\\x80\\x80\\x80",
        "f4908080, \\xf4\\x90\\x80\\x80",
        "80, \\x80",
        "41ff42, A\\xffB",
        "c285, \\u{0085}",
        "e280ae, \\u{202e}",
        "e2808b, \\u{200b}",
        "e280a8, \\u{2028}",
        "ee8080, \\u{e000}",
        "f3a08081, \\u{e0001}",
        "efbbbf, \\u{feff}",
      })
  void whatHarmsATerminalOrAReaderIsEscaped(String bytes, String expected) {
    assertEquals(expected, PathText.escape(hex(bytes)));
  }

  @Test
  void onlyTheRangeIsEscaped() {
    assertEquals("bc", PathText.escape("abcd".getBytes(UTF_8), 1, 2));
    // A character that the range cuts is bytes, although the array goes on.
    assertEquals("\\xc3", PathText.escape("ä".getBytes(UTF_8), 0, 1));
  }

  @SeededTest
  void noTwoNamesHaveOneText(long seed) {
    byte[] alphabet = hex("0a0d6e725c785b75317b7d66ffc3a4e2808e80");
    var random = new Random(seed);
    Map<String, String> seen = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      byte[] name = new byte[1 + random.nextInt(6)];
      for (int at = 0; at < name.length; at++) {
        name[at] = alphabet[random.nextInt(alphabet.length)];
      }
      String text = PathText.escape(name);
      String before = seen.put(text, HexFormat.of().formatHex(name));
      assertTrue(before == null || before.equals(HexFormat.of().formatHex(name)), text);
      assertTrue(text.codePoints().noneMatch(Character::isISOControl), text);
    }
  }

  @Test
  void validityIsThatOfUtf8() {
    assertTrue(PathText.isUtf8("Grüße 😀\n".getBytes(UTF_8)));
    assertTrue(PathText.isUtf8(new byte[0]));
    for (String invalid : new String[] {"ff", "e282", "c0af", "eda080", "f4908080"}) {
      assertFalse(PathText.isUtf8(hex(invalid)), invalid);
    }
  }
}
