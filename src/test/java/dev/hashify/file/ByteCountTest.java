package dev.hashify.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteCountTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1, 1 B",
    "1023, 1023 B",
    "1024, 1.0 KiB",
    "1536, 1.5 KiB",
    "1048524, 1023.9 KiB",
    "1048525, 1.0 MiB",
    "1048576, 1.0 MiB",
    "19541966028, 18.2 GiB",
    "9223372036854775807, 8.0 EiB",
  })
  void textHasTheUnitThatFits(long bytes, String text) {
    assertEquals(text, new ByteCount(bytes).toString());
  }

  @Test
  void textIsTheSameInEveryCountry() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertEquals("1.5 KiB", new ByteCount(1536).toString());
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void sumThatDoesNotFitIsAnError() {
    assertEquals(new ByteCount(3), new ByteCount(1).plus(new ByteCount(2)));
    var largest = new ByteCount(Long.MAX_VALUE);
    assertThrows(ArithmeticException.class, () -> largest.plus(new ByteCount(1)));
  }

  @Test
  void nothingIsLessThanZero() {
    assertThrows(IllegalArgumentException.class, () -> new ByteCount(-1));
  }
}
