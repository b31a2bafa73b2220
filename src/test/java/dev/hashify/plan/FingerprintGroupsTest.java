package dev.hashify.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FingerprintGroupsTest {

  @Test
  void asAMapOfLists() {
    var random = new Random(7);
    int files = 5_000;
    var groups = new FingerprintGroups(files);
    Map<List<Long>, List<Integer>> expected = new LinkedHashMap<>();
    for (int file = 0; file < files; file++) {
      if (random.nextInt(10) == 0) {
        continue;
      }
      // Many that lead to one place: only the upper bits differ, or halves that cancel each other.
      long high = (long) random.nextInt(40) << 40;
      long low = random.nextBoolean() ? high : random.nextInt(20);
      groups.add(file, high, low);
      expected.computeIfAbsent(List.of(high, low), _ -> new ArrayList<>()).add(file);
    }
    assertEquals(expected.size(), groups.count());
    int group = 0;
    for (var members : expected.values()) {
      assertArrayEquals(
          members.stream().mapToInt(Integer::intValue).toArray(), groups.files(group++));
    }
  }

  @Test
  void none() {
    assertEquals(0, new FingerprintGroups(0).count());
  }

  @Test
  void columnKnowsWhichRowsHaveOne() {
    var column = new FingerprintColumn();
    column.set(70, 1, 2);
    column.set(100_000, 0, 0);
    column.set(70, 3, 4);
    assertArrayEquals(new long[] {3, 4}, column.get(70).orElseThrow());
    assertArrayEquals(new long[] {0, 0}, column.get(100_000).orElseThrow());
    for (int without : new int[] {0, 69, 71, 99_999, 100_001, Integer.MAX_VALUE}) {
      assertFalse(column.get(without).isPresent());
    }
  }
}
