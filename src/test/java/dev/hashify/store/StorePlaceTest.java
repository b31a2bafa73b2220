package dev.hashify.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hashify.file.TreePath;
import dev.hashify.os.Mount;
import dev.hashify.store.StorePlace.GivenStore;
import dev.hashify.store.StorePlace.Origin;
import dev.hashify.store.StorePlace.PlacedRoot;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StorePlaceTest {

  private static final List<Mount> MOUNTS =
      List.of(mount(1, "/"), mount(2, "/srv"), mount(3, "/srv/www"), mount(4, "/data"));

  private static Mount mount(long id, String point) {
    return new Mount(
        id, "8:" + id, TreePath.of("/"), TreePath.of(point), "ext4", "/dev/x", List.of("rw"));
  }

  private static List<TreePath> paths(String... paths) {
    return Arrays.stream(paths).map(TreePath::of).toList();
  }

  private static StorePlace place(String root, long mountId, GivenStore... given) {
    var placed = new PlacedRoot(TreePath.of(root), mountId);
    return StorePlace.of(MOUNTS, placed, List.of(given), paths(root));
  }

  @Test
  void storeLiesAtTheTopOfTheMount() {
    assertEquals(
        new StorePlace.At(TreePath.of("/srv/.hashify"), Origin.TOP_OF_MOUNT),
        place("/srv/containers/a", 2));
  }

  @Test
  void storeOfTheRootFileSystemLiesInVar() {
    assertEquals(
        new StorePlace.At(TreePath.of("/var/lib/hashify"), Origin.TOP_OF_MOUNT),
        place("/opt/containers/a", 1));
  }

  @Test
  void givenStoreOnTheSameMountIsTaken() {
    var given = new GivenStore(TreePath.of("/srv/store"), 2);
    var elsewhere = new GivenStore(TreePath.of("/data/store"), 4);

    assertEquals(
        new StorePlace.At(given.path(), Origin.GIVEN), place("/srv/a", 2, elsewhere, given));
    assertEquals(
        new StorePlace.At(TreePath.of("/srv/.hashify"), Origin.TOP_OF_MOUNT),
        place("/srv/a", 2, elsewhere));
  }

  @Test
  void placeInsideARootAsksForAStore() {
    var answer = place("/data", 4);

    assertEquals(
        new StorePlace.InsideRoot(TreePath.of("/data/.hashify"), TreePath.of("/data")), answer);
    assertEquals(
        "/data/.hashify: no store made: it would lie inside the root /data; give --store DIR on the"
            + " same mount",
        answer.text());
  }

  @Test
  void placeInsideAnotherRootAsksForAStoreToo() {
    var root = new PlacedRoot(TreePath.of("/opt/a"), 1);

    assertEquals(
        new StorePlace.InsideRoot(TreePath.of("/var/lib/hashify"), TreePath.of("/var")),
        StorePlace.of(MOUNTS, root, List.of(), paths("/opt/a", "/var")));
  }

  @Test
  void givenStoreMayLieInsideARoot() {
    var given = new GivenStore(TreePath.of("/data/a/store"), 4);

    assertEquals(new StorePlace.At(given.path(), Origin.GIVEN), place("/data/a", 4, given));
  }

  @Test
  void severalGivenStoresOnOneMountAreRefused() {
    var one = new GivenStore(TreePath.of("/data/one"), 4);
    var other = new GivenStore(TreePath.of("/data/other"), 4);

    assertEquals(
        "/data/a: no store chosen: several given ones are on its mount (/data/one, /data/other);"
            + " give one --store per mount",
        place("/data/a", 4, one, other).text());
  }

  @Test
  void separateVarAsksForAStore() {
    var mounts = List.of(mount(1, "/"), mount(2, "/var"));
    var root = new PlacedRoot(TreePath.of("/opt/a"), 1);

    assertEquals(
        new StorePlace.OnOtherMount(TreePath.of("/var/lib/hashify"), TreePath.of("/opt/a")),
        StorePlace.of(mounts, root, List.of(), paths("/opt/a")));
  }

  @Test
  void mountCoveredByAnotherAsksForAStore() {
    var mounts = List.of(mount(1, "/"), mount(2, "/srv"), mount(3, "/srv"));
    var root = new PlacedRoot(TreePath.of("/srv/a"), 2);

    assertEquals(
        new StorePlace.OnOtherMount(TreePath.of("/srv/.hashify"), TreePath.of("/srv/a")),
        StorePlace.of(mounts, root, List.of(), paths("/srv/a")));
  }

  @Test
  void rootOnAnUnknownMountAsksForAStore() {
    assertEquals(new StorePlace.UnknownMount(TreePath.of("/x/a"), 99), place("/x/a", 99));
  }
}
