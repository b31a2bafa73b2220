package dev.hashify.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectNameTest {

  private static final String SHA =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void nameHoldsContentKeyAndGeneration() {
    var name = StoreTree.nameOf("abc").withGeneration(17);

    assertEquals("ba", name.shard());
    assertEquals(SHA.substring(2) + "-0123456789abcdef-17", name.fileName());
    assertEquals(Optional.of(name), ObjectName.parse(name.shard(), name.fileName()));
    assertEquals(Optional.of(name), ObjectName.parse(name.text()));
  }

  @Test
  void negativeKeyIsWrittenInSixteenDigits() {
    var name = new ObjectName(StoreTree.nameOf("abc").content(), -1, 0);

    assertEquals(SHA.substring(2) + "-ffffffffffffffff-0", name.fileName());
    assertEquals(Optional.of(name), ObjectName.parse(name.text()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ba",
        "ba/",
        "ba/x",
        "ba/-0123456789abcdef-0",
        "BA/7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad-0123456789abcdef-0",
        "ba/7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015aD-0123456789abcdef-0",
        "ba/7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad-0123456789abcdeF-0",
        "ba/7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad-0123456789abcdef-00",
        "ba/7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad-0123456789abcdef-+1",
        "ba/7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad-0123456789abcdef--1",
        "ba/7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad-0123456789abcdef-",
        "ba/7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad-0123456789abcdef",
        "ba/7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad_0123456789abcdef-0",
        "ba/7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad-0123456789abcdef-"
            + "99999999999"
      })
  void anythingButTheCanonicalFormIsNoObject(String text) {
    assertEquals(Optional.empty(), ObjectName.parse(text));
  }

  @Test
  void generationIsNotNegative() {
    var name = StoreTree.nameOf("abc");

    assertThrows(IllegalArgumentException.class, () -> name.withGeneration(-1));
  }

  @Test
  void sweptNameTellsTheObject() {
    var name = StoreTree.nameOf("abc");
    String swept =
        new String(TemporaryNames.swept(name), java.nio.charset.StandardCharsets.US_ASCII);

    assertEquals(Optional.of(name), TemporaryNames.sweptObject(swept));
    assertEquals(Optional.empty(), TemporaryNames.sweptObject("g-"));
    assertEquals(Optional.empty(), TemporaryNames.sweptObject("g-ba"));
    assertEquals(Optional.empty(), TemporaryNames.sweptObject("t-0123456789abcdef-0"));
  }
}
