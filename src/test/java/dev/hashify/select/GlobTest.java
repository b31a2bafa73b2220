package dev.hashify.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.hashify.testkit.SeededTest;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

  @ParameterizedTest(name = "{0} on {1} is {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/etc|/etc|true",
        "/etc|/etcx|false",
        "/etc|/et|false",
        "/tmp/*|/tmp/a/b|true",
        "/tmp/*|/tmp/|true",
        "/tmp/*|/tmp|false",
        "*.pid|/run/x.pid|true",
        "*.pid|.pid|true",
        "*.pid|/run/x.pids|false",
        "*|/any/thing|true",
        "/a*z|/az|true",
        "/a*a|/a|false",
        "*a*|/bab|true",
        "*ab*ab|/abab|true",
        "*ab*ab|/aab|false",
        "/*/ls-R|/x/y/ls-R|true",
        "/*/ls-R|/ls-R|false",
        "/a**z|/abcz|true",
        "?|/|true",
        "?|ab|false",
        "/x?y|/x/y|true",
        "/x/*|/x/.dot|true",
        "[a-c]|b|true",
        "[a-c]|d|false",
        "[!a-c]|d|true",
        "[^a-c]|b|false",
        "[!a]|/|true",
        "[]a]|]|true",
        "[!]a]|]|false",
        "[]-a]|^|true",
        "[a-]|-|true",
        "[-a]|-|true",
        "[--/]|.|true",
        "[z-a]|m|false",
        "[\\]]|]|true",
        "[\\]a]|a|true",
        "[a\\-z]|m|false",
        "[a\\-z]|-|true",
        "[X-\\]]|Z|true",
        "[[]|[|true",
        "[[:digit:]]|7|true",
        "[[:digit:]]|a|false",
        "[^[:digit:]]|a|true",
        "[[:alpha:][:digit:]_]|_|true",
        "[[:digit:]-z]|-|true",
        "[[:upper:]]|A|true",
        "[[:lower:]]|A|false",
        "[[:space:]]|x|false",
        "[[:punct:]]|!|true",
        "[[:xdigit:]]|F|true",
        "[[:foo:]]|f|false",
        "[[:foo:]]*|f|false",
        "[[:Foo:]]|F]|true",
        "[[.a.]-c]|b|true",
        "[[=a=]]|a|true",
        "[[.hyphen.]]|-|false",
        "q[ab|q[ab|true",
        "q[ab|qa|false",
        "[|[|true",
        "[]|[]|true",
        "[!]|[!]|true",
        "w\\*|w*|true",
        "w\\*|wx|false",
        "v\\\\x|v\\x|true",
        "a\\|a\\|false",
        "a\\|a|false",
        "\\/etc|/etc|true",
        "[é]|é|true",
        "?|é|true"
      })
  void patternMatchesAsFnmatchDoes(String pattern, String text, boolean expected) {
    assertEquals(expected, SelectTestRules.matches(pattern, text));
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "/etc/passwd,EXACT",
        "/etc/[p]asswd,EXACT",
        "/tmp/*,PREFIX",
        "/tmp/**,PREFIX",
        "*,PREFIX",
        "*.pid,SUFFIX",
        "/a*b,GENERAL",
        "/a?b,GENERAL",
        "*[ab],GENERAL",
        "*/cache/*,GENERAL",
        "x\\,NEVER"
      })
  void patternIsToldByItsShape(String pattern, Glob.Shape shape) {
    assertEquals(shape, GlobParser.parse(SlowModel.bytes(pattern)).glob().shape());
  }

  @Test
  void bytesAreComparedAsBytes() {
    byte[] notUtf8 = {(byte) 0xe4, (byte) 0xff};

    assertEquals(true, SelectTestRules.matches(notUtf8, notUtf8));
    assertEquals(true, SelectTestRules.matches(SlowModel.bytes("??"), notUtf8));
    assertEquals(true, SelectTestRules.matches(SlowModel.bytes("[\u00e0-\u00ef]?"), notUtf8));
    assertEquals(false, SelectTestRules.matches(SlowModel.bytes("[[:alpha:]]?"), notUtf8));
  }

  @Test
  void manyStarsTakeNoLongerThanPatternTimesPath() {
    String pattern = "*a".repeat(1000) + "*b";
    String text = "a".repeat(4000);

    assertTimeout(
        Duration.ofSeconds(2), () -> assertEquals(false, SelectTestRules.matches(pattern, text)));
  }

  @SeededTest
  void matchingAgreesWithTheModel(long seed) {
    var random = new Random(seed);
    for (int round = 0; round < 40_000; round++) {
      String pattern = RandomRules.pattern(random, 1 + random.nextInt(8));
      String text = RandomRules.text(random, 1 + random.nextInt(8));

      assertEquals(
          SlowModel.matches(pattern, text),
          SelectTestRules.matches(pattern, text),
          () -> pattern + " on " + text);
    }
  }
}
