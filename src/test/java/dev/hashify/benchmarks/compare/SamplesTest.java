package dev.hashify.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {

  @Test
  void theMedianOfAnOddNumberIsTheMiddle() {
    assertEquals(2, Samples.of(9, 1, 2).median());
  }

  @Test
  void theMedianOfAnEvenNumberIsBetweenTheMiddleTwo() {
    assertEquals(2.5, Samples.of(9, 1, 2, 3).median());
  }

  @Test
  void theSpreadIsFromTheLeastToTheGreatest() {
    assertEquals(1, Samples.of(9, 1, 2).least());
    assertEquals(9, Samples.of(9, 1, 2).greatest());
  }

  @Test
  void aSlowRoundThatMeetsBothDoesNotChangeTheRatio() {
    assertEquals(2, Samples.of(2, 200, 2).ratioTo(Samples.of(1, 100, 1)));
  }

  @Test
  void ratiosAreOfTheSameRounds() {
    var three = Samples.of(1, 2, 3);
    var two = Samples.of(1, 2);

    assertThrows(IllegalArgumentException.class, () -> three.ratioTo(two));
  }

  @Test
  void everyRoundBeginsOneFurtherOn() throws Exception {
    var order = new StringBuilder();
    Rounds.run(List.of(contestant("a", order), contestant("b", order), contestant("c", order)), 3);

    assertEquals("abcbcacab", order.toString());
  }

  private static Rounds.Contestant contestant(String name, StringBuilder order) {
    return new Rounds.Contestant(
        name,
        () -> {
          order.append(name);
          return new Measurement(1, 1, 1, 1, 1, 0);
        });
  }
}
