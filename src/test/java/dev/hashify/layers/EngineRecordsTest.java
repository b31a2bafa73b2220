package dev.hashify.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.hashify.file.TreePath;
import dev.hashify.testkit.RealLinux;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Trees as container engines lay them out, and what their records make of each directory.
class EngineRecordsTest {

  private static final String LAYERS =
      """
      [{"id":"base","created":"2026-01-01T00:00:00Z","names":null,"big-data-names":[]},
       {"id":"top","parent":"base","flags":{"other":1}},
       {"id":"mapped","parent":"base"},
       {"id":"half","parent":"base","flags":{"incomplete":true}},
       {"id":"loose","parent":"base"},
       {"id":"under","parent":"base"},
       {"id":"own","parent":"under","uidmap":[{"container_id":0,"host_id":100000,"size":65536}]}]
      """;

  @SuppressWarnings("NullAway.Init")
  private Tree tree;

  @BeforeEach
  void make() throws IOException {
    tree = TestVolume.plain().tree();
  }

  @AfterEach
  void remove() throws IOException {
    tree.close();
  }

  private String answer(String path) {
    TreePath real = TreePath.of(tree.path(path).toString());
    return switch (new EngineRecords(RealLinux.LINUX).of(real)) {
      case TreeRecord.ReadOnlyLayer _ -> "read-only";
      case TreeRecord.Written(var _, var _, String why) -> why;
      case TreeRecord.Managed(var _, var _, String why) -> why;
      case TreeRecord.Unmanaged() -> "unmanaged";
    };
  }

  @ParameterizedTest
  @CsvSource({
    "overlay/base/diff, read-only",
    "overlay/top/diff, read-only",
    "overlay/mapped/diff, read-only",
    "overlay/under/diff, read-only",
    "overlay/own/diff, the layer that a container writes to",
    "overlay/volatile/diff, the layer that a container writes to",
    "overlay/half/diff, a layer that is not complete",
    "overlay/loose/diff, a layer that no image is made of",
    "overlay/strange/diff, a layer that its records do not know",
    "overlay/top/diff/usr, not the whole of a layer",
    "overlay/top/merged, not the whole of a layer",
    "other, not the whole of a layer"
  })
  void storageSaysWhatALayerIs(String path, String expected) throws IOException {
    tree.file("g/overlay-layers/layers.json", LAYERS);
    tree.file("g/overlay-layers/volatile-layers.json", "[{\"id\":\"volatile\"}]");
    tree.file(
        "g/overlay-images/images.json",
        "[{\"id\":\"i\",\"layer\":\"top\",\"mapped-layers\":[\"mapped\"]}]");
    tree.file("g/overlay-containers/containers.json", "[{\"id\":\"c\",\"layer\":\"own\"}]");
    tree.file(
        "g/overlay-containers/volatile-containers.json", "[{\"id\":\"v\",\"layer\":\"volatile\"}]");
    tree.directory("g/" + path);
    assertEquals(expected, answer("g/" + path));
  }

  @Test
  void recordsThatBreakOffMakeNothingALayer() throws IOException {
    tree.file("g/overlay-layers/layers.json", LAYERS.substring(0, 100));
    tree.directory("g/overlay/base/diff");
    TreePath real = TreePath.of(tree.path("g/overlay/base/diff").toString());
    assertInstanceOf(TreeRecord.Managed.class, new EngineRecords(RealLinux.LINUX).of(real));
  }

  @ParameterizedTest
  @CsvSource({
    "overlay2/aaa/diff, read-only",
    "overlay2/bbb/diff, the layer that a container writes to",
    "overlay2/bbb-init/diff, the layer that a container writes to",
    "overlay2/ccc/diff, a layer that its records do not know",
    "volumes/x, not the whole of a layer"
  })
  void dockerSaysWhatALayerIs(String path, String expected) throws IOException {
    String layers = "d/image/overlay2/layerdb/";
    tree.file(layers + "sha256/0123/cache-id", "aaa");
    tree.file(layers + "mounts/4567/mount-id", "bbb");
    tree.file(layers + "mounts/4567/init-id", "bbb-init");
    tree.directory("d/" + path);
    assertEquals(expected, answer("d/" + path));
  }

  @Test
  void otherEnginesAreRecognisedByTheirFiles() throws IOException {
    tree.file("c/io.containerd.metadata.v1.bolt/meta.db", "x");
    tree.directory("c/io.containerd.snapshotter.v1.overlayfs/snapshots/1/fs");
    assertEquals(
        "its database is not understood: there is no metadata.db",
        answer("c/io.containerd.snapshotter.v1.overlayfs/snapshots/1/fs"));
    for (String name : new String[] {"containers-snapshots", "custom", "images"}) {
      tree.directory("pool/" + name);
    }
    tree.directory("pool/virtual-machines").directory("pool/containers/x/rootfs");
    assertEquals("its records are a database", answer("pool/containers/x/rootfs"));
  }

  @Test
  void storageSaysWhatUsersCallALayer() throws IOException {
    tree.file("g/overlay-layers/layers.json", LAYERS);
    tree.file(
        "g/overlay-images/images.json",
        "[{\"id\":\"i\",\"layer\":\"top\",\"names\":[\"localhost/web:1\",\"x\\u001b[2J\"]}]");
    tree.directory("g/overlay/top/diff").directory("g/overlay/base/diff");
    var records = new EngineRecords(RealLinux.LINUX);
    assertEquals(
        List.of("localhost/web:1", "x\\x1b[2J"),
        records.names(TreePath.of(tree.path("g/overlay/top/diff").toString())));
    assertEquals(
        List.of(), records.names(TreePath.of(tree.path("g/overlay/base/diff").toString())));
  }

  @Test
  void nameAloneMakesNoEngine() throws IOException {
    tree.directory("overlay/x/diff").directory("overlay2/y/diff").directory("containers/z/rootfs");
    assertEquals("unmanaged", answer("overlay/x/diff"));
    assertEquals("unmanaged", answer("overlay2/y/diff"));
    assertEquals("unmanaged", answer("containers/z/rootfs"));
  }
}
