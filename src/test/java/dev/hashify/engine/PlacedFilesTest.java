package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlacedFilesTest {

  private static final long MIB = 1L << 20;

  /// Groups of two files of 1 MiB; rows and places as given.
  private static PlacedFiles groups(long[][] places) {
    var files = new PlacedFiles();
    List<Long> all = new ArrayList<>();
    for (int group = 0; group < places.length; group++) {
      files.begin(100 + group, MIB);
      for (long place : places[group]) {
        files.add(all.size());
        all.add(place);
      }
    }
    files.place(all::get);
    return files;
  }

  private static long[] placesInOrder(PlacedFiles files, long[][] places, int from, int to) {
    long[] all =
        IntStream.range(0, places.length)
            .boxed()
            .flatMapToLong(group -> java.util.Arrays.stream(places[group]))
            .toArray();
    return IntStream.of(files.inOrder(from, to, false)).mapToLong(file -> all[file]).toArray();
  }

  @Test
  void filesOfAPassComeAsTheyLie() {
    long[][] places = {{90 * MIB, 10 * MIB}, {50 * MIB, 20 * MIB}, {30 * MIB, 40 * MIB}};

    var files = groups(places);

    assertArrayEquals(
        new long[] {10 * MIB, 20 * MIB, 30 * MIB, 40 * MIB, 50 * MIB, 90 * MIB},
        placesInOrder(files, places, 0, 3));
  }

  @Test
  void groupsAreTakenByTheirFirstFile() {
    var files =
        groups(new long[][] {{90 * MIB, 80 * MIB}, {70 * MIB, 20 * MIB}, {30 * MIB, 40 * MIB}});

    files.sortGroups();

    assertEquals(List.of(101, 102, 100), IntStream.range(0, 3).mapToObj(files::group).toList());
  }

  @Test
  void aFileWithoutAPlaceDoesNotMoveItsGroup() {
    var files = groups(new long[][] {{PlacedFiles.NOWHERE, 80 * MIB}, {70 * MIB, 20 * MIB}});

    files.sortGroups();

    assertEquals(List.of(101, 100), IntStream.range(0, 2).mapToObj(files::group).toList());
  }

  @Test
  void aPassIsAsLargeAsItMayBeAndAtLeastOneGroup() {
    var files = groups(new long[][] {{1, 2}, {3, 4}, {5, 6}, {7, 8}});

    assertEquals(2, files.endOfPass(0, 4 * MIB));
    assertEquals(4, files.endOfPass(2, 5 * MIB));
    assertEquals(1, files.endOfPass(0, MIB));
    assertEquals(4, files.endOfPass(0, 100 * MIB));
  }

  /// Beyond 16 TiB a place needs more bits than there are; the order is coarser then, not wrong.
  @Test
  void placesOnTheLargestDisksKeepTheirOrder() {
    long[][] places = {{1L << 62, 1L << 50}, {1L << 60, 1L << 40}};
    var files = groups(places);

    assertArrayEquals(
        new long[] {1L << 40, 1L << 50, 1L << 60, 1L << 62}, placesInOrder(files, places, 0, 2));
  }

  @Test
  void ofFilesAtOnePlaceOneIsReadIfThatIsEnough() {
    var files = groups(new long[][] {{5 * MIB, 5 * MIB, 9 * MIB}, {5 * MIB, 7 * MIB}});

    assertEquals(4, files.inOrder(0, 2, true).length);
    assertEquals(5, files.inOrder(0, 2, false).length);
  }

  @Test
  void placesAreAskedInTheOrderOfTheTable() {
    var files = new PlacedFiles();
    files.begin(0, MIB);
    files.add(30);
    files.add(10);
    files.begin(1, MIB);
    files.add(20);
    List<Integer> asked = new ArrayList<>();

    files.place(file -> {
      asked.add(files.leader(file));
      return 0;
    });

    assertEquals(List.of(10, 20, 30), asked);
  }
}
