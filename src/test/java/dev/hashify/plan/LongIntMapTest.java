package dev.hashify.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.testkit.SeededTest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LongIntMapTest {

  @SeededTest
  void holdsWhatAMapOfObjectsHolds(long seed) {
    var random = new Random(seed);
    var map = new LongIntMap();
    Map<Long, Integer> model = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      long key = random.nextBoolean() ? random.nextInt(500) : random.nextLong() << 40;
      if (random.nextBoolean()) {
        map.put(key, i);
        model.put(key, i);
      } else {
        map.add(key, 3);
        model.merge(key, 3, Integer::sum);
      }
    }
    assertEquals(model.size(), map.size());
    model.forEach((key, value) -> assertEquals(value, map.get(key, -1)));
    Set<Long> keys = new HashSet<>();
    map.forEachKey(keys::add);
    assertEquals(model.keySet(), keys);
  }

  @Test
  void numberThatIsNotThereHasTheOtherValue() {
    var map = new LongIntMap();
    assertEquals(7, map.get(0, 7));
    map.put(0, 0);
    assertEquals(0, map.get(0, 7));
    assertTrue(map.contains(0));
    assertFalse(map.contains(-1));
  }
}
