package dev.hashify.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.ExtendedAttributes.Attribute;
import dev.hashify.testkit.SeededTest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExtendedAttributesTest {

  private static Attribute attribute(String name, String value) {
    return new Attribute(name.getBytes(ISO_8859_1), value.getBytes(ISO_8859_1));
  }

  @Test
  void orderOfTheKernelDoesNotMatter() {
    var a = attribute("user.a", "1");
    var b = attribute("user.b", "2");
    var one = ExtendedAttributes.of(List.of(a, b));
    var other = ExtendedAttributes.of(List.of(b, a));
    assertEquals(one, other);
    assertEquals(one.hashCode(), other.hashCode());
    assertArrayEquals(one.canonical(), other.canonical());
  }

  @Test
  void lengthsKeepNamesAndValuesApart() {
    var shifted = ExtendedAttributes.of(List.of(attribute("user.ab", "c")));
    var other = ExtendedAttributes.of(List.of(attribute("user.a", "bc")));
    assertFalse(java.util.Arrays.equals(shifted.canonical(), other.canonical()));
    assertNotEquals(shifted, other);
  }

  /// Values that look like the encoding of another attribute are the ones to fear.
  @SeededTest
  void differentSetsHaveDifferentBytes(long seed) {
    var random = new Random(seed);
    Map<String, ExtendedAttributes> seen = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      var attributes = new java.util.ArrayList<Attribute>();
      int count = random.nextInt(3);
      for (int n = 0; n < count; n++) {
        attributes.add(new Attribute(fewBytes(random), fewBytes(random)));
      }
      var set = ExtendedAttributes.of(attributes);
      var before = seen.put(HexFormat.of().formatHex(set.canonical()), set);
      assertTrue(before == null || before.equals(set));
    }
  }

  private static byte[] fewBytes(Random random) {
    byte[] bytes = new byte[random.nextInt(6)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) random.nextInt(2);
    }
    return bytes;
  }

  @Test
  void noneIsEmptyAndHasEmptyBytes() {
    assertTrue(ExtendedAttributes.NONE.isEmpty());
    assertEquals(ExtendedAttributes.NONE, ExtendedAttributes.of(List.of()));
    assertEquals(0, ExtendedAttributes.NONE.canonical().length);
  }

  @Test
  void attributeIsFoundByNameOrByPrefixWithADot() {
    var set = ExtendedAttributes.of(List.of(attribute("trusted.overlay.metacopy", "")));
    assertTrue(set.has("trusted.overlay.metacopy"));
    assertTrue(set.has("trusted.overlay."));
    assertFalse(set.has("trusted.overlay"));
    assertFalse(set.has("trusted.overlay.metacopy.x"));
    assertFalse(set.hasCapabilities());
    assertTrue(
        ExtendedAttributes.of(List.of(attribute("security.capability", "x"))).hasCapabilities());
  }

  @Test
  void attributeDoesNotChangeWithItsArrays() {
    byte[] value = {1};
    var attribute = new Attribute(new byte[] {'n'}, value);
    value[0] = 2;
    attribute.value()[0] = 3;
    assertArrayEquals(new byte[] {1}, attribute.value());
  }

  @Test
  void textIsEscaped() {
    assertEquals("n\\n=\\x00", new Attribute(new byte[] {'n', 10}, new byte[1]).toString());
  }
}
