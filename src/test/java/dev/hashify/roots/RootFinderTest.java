package dev.hashify.roots;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hashify.file.FileProblem;
import dev.hashify.file.TreePath;
import dev.hashify.layers.ContainerEngine;
import dev.hashify.testkit.RealLinux;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Hosts as engines lay them out, and what is found there. `@` stands for the top of the host.
class RootFinderTest {

  private static final String STORAGE_CONF = "etc/containers/storage.conf";
  private static final String LAYERS = "overlay-layers/layers.json";

  private final Map<String, TreePath> environment = new HashMap<>();

  @SuppressWarnings("NullAway.Init")
  private Tree host;

  @BeforeEach
  void make() throws IOException {
    host = TestVolume.plain().tree();
  }

  @AfterEach
  void remove() throws IOException {
    host.close();
  }

  private Tree file(String path, String text) throws IOException {
    return host.file(path, text.replace("@", host.root().toString()));
  }

  private Findings find(EnginePlace... engines) {
    var place = new EngineHost(RealLinux.LINUX, host.hostPath(), environment);
    return new RootFinder(place).find(List.of(engines));
  }

  private Findings find(ContainerEngine engine) {
    return find(new EnginePlace(engine, Optional.empty()));
  }

  private EnginePlace at(ContainerEngine engine, String place) {
    return new EnginePlace(engine, Optional.of(TreePath.of(host.root() + "/" + place)));
  }

  private String shown(Object text) {
    return text.toString().replace(host.root().toString(), "@");
  }

  /// `PATH`, or `PATH: why it is no root`.
  private List<String> roots(Findings findings) {
    List<String> roots = new ArrayList<>();
    for (var tree : findings.trees()) {
      roots.add(shown(tree.path() + tree.objection().map(why -> ": " + why).orElse("")));
    }
    assertEquals(List.of(), findings.problems());
    return roots;
  }

  private Tree graph(String graph, String... layers) throws IOException {
    host.file(graph + "/" + LAYERS, "[]");
    host.directory(graph + "/overlay/l").directory(graph + "/overlay/.hashify/diff");
    for (String layer : layers) {
      host.directory(graph + "/overlay/" + layer + "/diff");
    }
    return host;
  }

  @Test
  void podmanKeepsLayersWhereItAlwaysDoes() throws IOException {
    graph("var/lib/containers/storage", "b", "a").directory("var/lib/containers/storage/overlay/x");
    Findings found = find(ContainerEngine.PODMAN);
    assertEquals(
        List.of(
            "@/var/lib/containers/storage/overlay/a/diff",
            "@/var/lib/containers/storage/overlay/b/diff"),
        roots(found));
    assertEquals(
        List.of("@/var/lib/containers/storage/overlay/.hashify"),
        found.layerStores().stream().map(this::shown).toList());
  }

  @Test
  void podmanKeepsLayersWhereStorageConfSays() throws IOException {
    file("usr/share/containers/storage.conf", "[storage]\ngraphroot = \"@/wrong\"\n");
    file(
        STORAGE_CONF,
        """
        [storage]
        graphroot = "@/g/"
        imagestore = "@/images"
        [storage.options]
        additionalimagestores = ["@/more", "@/missing", "@/same"]
        """);
    graph("g", "a");
    graph("images", "i");
    graph("more", "m").symlink("same", "g");
    graph("wrong", "w");
    assertEquals(
        List.of("@/g/overlay/a/diff", "@/images/overlay/i/diff", "@/more/overlay/m/diff"),
        roots(find(ContainerEngine.PODMAN)));
  }

  @Test
  void variableNamesAnotherStorageConf() throws IOException {
    file("own.conf", "[storage]\ngraphroot = \"@/own\"\n");
    graph("own", "o").symlink("link.conf", "own.conf");
    environment.put("CONTAINERS_STORAGE_CONF", TreePath.of(host.root() + "/link.conf"));
    assertEquals(List.of("@/own/overlay/o/diff"), roots(find(ContainerEngine.PODMAN)));
    environment.put("CONTAINERS_STORAGE_CONF", TreePath.of(host.root() + "/missing.conf"));
    assertEquals(
        List.of(
            "@/missing.conf: roots of containers/storage (podman, buildah, CRI-O) not found: named"
                + " by CONTAINERS_STORAGE_CONF, but there is no such file; correct it, or give"
                + " their place: --engine podman=DIR"),
        find(ContainerEngine.PODMAN).problems().stream().map(this::shown).toList());
  }

  @Test
  void userHasPlacesOfHisOwn() throws IOException {
    environment.put("_CONTAINERS_ROOTLESS_UID", TreePath.of("1000"));
    environment.put("HOME", TreePath.of(host.root() + "/home/u"));
    graph("home/u/.local/share/containers/storage", "a");
    assertEquals(
        List.of("@/home/u/.local/share/containers/storage/overlay/a/diff"),
        roots(find(ContainerEngine.PODMAN)));
    file(STORAGE_CONF, "[storage]\nrootless_storage_path = \"@/users/$UID${HOME}\"\n");
    graph("users/1000" + host.root() + "/home/u", "b");
    assertEquals(
        List.of("@/users/1000@/home/u/overlay/b/diff"), roots(find(ContainerEngine.PODMAN)));
    file("home/u/.config/containers/storage.conf", "[storage]\ngraphroot = \"$HOME/mine\"\n");
    graph("home/u/mine", "c");
    assertEquals(List.of("@/home/u/mine/overlay/c/diff"), roots(find(ContainerEngine.PODMAN)));
  }

  @Test
  void brokenConfigurationIsToldWithFileAndLine() throws IOException {
    graph("var/lib/containers/storage", "a");
    host.file(STORAGE_CONF, "[storage]\n\ngraphroot = /unquoted\n");
    host.file("etc/docker/daemon.json", "{\n\"data-root\": /x }");
    host.file("etc/containerd/config.toml", "root = \"x\"");
    host.file("etc/lxc/lxc.conf", "\nlxc.lxcpath\n");
    List<String> problems = find().problems().stream().map(this::why).toList();
    assertEquals(4, problems.size());
    assertEquals(
        "@/etc/containers/storage.conf: line 3: expected a value (text stands in quotes)",
        problems.getFirst());
    assertEquals(
        "@/etc/docker/daemon.json: line 2: ", problems.get(1).replaceFirst("(?<=line 2: ).*", ""));
    assertEquals("@/etc/containerd/config.toml: 'x' is not an absolute path", problems.get(2));
    assertEquals(
        "@/etc/lxc/lxc.conf: line 2: 'lxc.lxcpath' is not of the form KEY = VALUE",
        problems.get(3));
    assertEquals(List.of(), find().trees());
  }

  private String why(FileProblem problem) {
    return shown(problem.path() + ": " + problem.why());
  }

  @Test
  void dockerKeepsLayersWhereDaemonJsonSays() throws IOException {
    file("etc/docker/daemon.json", "{\"log-opts\": {\"a\": 1}, \"data-root\": \"@/d\"}");
    for (String home : List.of("d", "d/1000.1000", "d/volumes")) {
      host.directory(home + "/image/overlay2/layerdb/sha256");
      host.directory(home + "/overlay2/a/diff").directory(home + "/overlay2/l");
    }
    assertEquals(
        List.of("@/d/overlay2/a/diff", "@/d/1000.1000/overlay2/a/diff"),
        roots(find(ContainerEngine.DOCKER)));
  }

  @Test
  void containerdKeepsSnapshotsBelowItsRoot() throws IOException {
    String snapshotter = "io.containerd.snapshotter.v1.overlayfs";
    host.directory("var/lib/containerd/" + snapshotter + "/snapshots/1/fs");
    host.directory("other/snapshots/2/fs").directory("c/" + snapshotter + "/snapshots/3/fs");
    assertEquals(
        List.of("@/var/lib/containerd/" + snapshotter + "/snapshots/1/fs"),
        roots(find(ContainerEngine.CONTAINERD)));
    file(
        "etc/containerd/config.toml",
        "root = '@/c'\n[plugins.'" + snapshotter + "']\nsync_remove = true\n");
    assertEquals(
        List.of("@/c/" + snapshotter + "/snapshots/3/fs"), roots(find(ContainerEngine.CONTAINERD)));
    assertEquals(
        List.of("@/c/" + snapshotter + "/snapshots/3/fs"),
        roots(find(at(ContainerEngine.CONTAINERD, "c/" + snapshotter))));
  }

  @Test
  void lxcKeepsRootsWhereEachContainerSays() throws IOException {
    file("etc/lxc/lxc.conf", "# system\nlxc.lxcpath = @/lxc\n");
    host.file("lxc/a/config", "# nothing of it\nlxc.uts.name = a\n");
    file("lxc/b/config", "lxc.rootfs.path = dir:@/elsewhere/b\n");
    file("lxc/c/config", "lxc.rootfs=@/old/c\n");
    file("lxc/d/config", "lxc.rootfs.path = overlay:@/lxc/a/rootfs:@/lxc/d/delta\n");
    host.file("lxc/e/config", "broken\n");
    host.directory("lxc/snaps/x").directory("lxc/a/rootfs");
    assertEquals(
        List.of(
            "@/lxc/a/rootfs",
            "@/elsewhere/b",
            "@/old/c",
            "@/lxc/d/rootfs: its root file system is of the kind 'overlay', which is there only"
                + " while it runs or in several layers",
            "@/lxc/e/rootfs: @/lxc/e/config: line 1: 'broken' is not of the form KEY = VALUE"),
        roots(find(ContainerEngine.LXC)));
  }

  @Test
  void incusKeepsRootsInPools() throws IOException {
    host.directory("var/lib/incus/storage-pools/p/containers/web/rootfs")
        .directory("var/lib/incus/storage-pools/p/containers/zfs")
        .directory("var/lib/incus/storage-pools/p/virtual-machines/vm/rootfs")
        .directory("var/snap/lxd/common/lxd/storage-pools/q/containers/old/rootfs");
    assertEquals(
        List.of(
            "@/var/lib/incus/storage-pools/p/containers/web/rootfs",
            "@/var/lib/incus/storage-pools/p/containers/zfs/rootfs: not mounted: pools of this kind"
                + " show it only while it runs",
            "@/var/snap/lxd/common/lxd/storage-pools/q/containers/old/rootfs"),
        roots(find(ContainerEngine.INCUS)));
  }

  @Test
  void machinesAreDirectoriesOfAnyName() throws IOException {
    byte[] name = {'m', (byte) 0xff, '\n', '"'};
    host.directory(TreePath.of("var/lib/machines").child(name))
        .directory("var/lib/machines/.#lock")
        .directory("var/lib/machines/lost+found")
        .file("var/lib/machines/image.raw", "x")
        .symlink("var/lib/machines/z", "/");
    Findings found = find(ContainerEngine.NSPAWN);
    assertEquals(
        List.of(
            "@/var/lib/machines/m\\xff\\n\"",
            "@/var/lib/machines/z: a symbolic link; name what it leads to"),
        roots(found));
    assertEquals(
        host.hostPath().resolve(TreePath.of("var/lib/machines")).child(name),
        found.trees().getFirst().path());
  }

  @Test
  void vserverGuestsTakePartIfTheySaySo() throws IOException {
    host.directory("etc/vservers/web/apps/vunify")
        .directory("etc/vservers/own/apps/vunify")
        .directory("etc/vservers/not/apps")
        .directory("etc/vservers/gone/apps/vunify")
        .directory("vservers/web")
        .directory("vservers/own")
        .directory("vservers/not")
        .symlink("etc/vservers/web/vdir", host.root() + "/vservers/web")
        .symlink("etc/vservers/own/vdir", host.root() + "/vservers/own")
        .symlink("etc/vservers/not/vdir", host.root() + "/vservers/not")
        .symlink("etc/vservers/gone/vdir", host.root() + "/vservers/gone")
        .file("etc/vservers/own/apps/vunify/exclude", "/own\n")
        .file("etc/vservers/.defaults/apps/vunify/exclude", "/all\n");
    Findings found = find(ContainerEngine.VSERVER);
    assertEquals(
        List.of(
            "@/etc/vservers/gone/vdir: it leads to no directory",
            "@/vservers/not: it does not take part: make the directory"
                + " @/etc/vservers/not/apps/vunify if it shall",
            "@/vservers/own",
            "@/vservers/web"),
        roots(found));
    assertEquals(
        List.of(
            "@/etc/vservers/own/apps/vunify/exclude",
            "@/etc/vservers/.defaults/apps/vunify/exclude"),
        found.trees().stream().flatMap(tree -> tree.rules().stream()).map(this::shown).toList());
  }

  @Test
  void hashLinksOfVserverAreStores() throws IOException {
    host.directory("etc/vservers/web/apps/vunify")
        .directory("vservers/web")
        .symlink("etc/vservers/web/vdir", host.root() + "/vservers/web")
        .directory("vservers/.hash")
        .file("data/.hash/b6/60/0f1505-00000000", "unified by vhashify")
        .file("other/store/format", "hashify 1")
        .file("etc/vservers/.defaults/apps/vunify/hash/method", "sha1")
        .symlink("etc/vservers/.defaults/apps/vunify/hash/00", host.root() + "/vservers/.hash")
        .symlink("etc/vservers/.defaults/apps/vunify/hash/01", host.root() + "/data/.hash")
        .symlink("etc/vservers/.defaults/apps/vunify/hash/02", host.root() + "/other/store");
    Findings found = find(ContainerEngine.VSERVER);
    assertEquals(
        List.of("@/vservers/.hash", "@/data/.hash/.hashify", "@/other/store"),
        found.namedStores().stream().map(this::shown).toList());
    assertEquals(List.of("@/data/.hash"), found.inside().stream().map(this::shown).toList());
  }

  @Test
  void engineThatIsNotHereIsToldOnlyIfItIsNamed() {
    assertEquals(List.of(), find().notes());
    assertEquals(
        List.of(
            "no Docker here (looked at @/var/lib/docker); if it keeps its roots elsewhere: --engine"
                + " docker=DIR"),
        find(ContainerEngine.DOCKER).notes().stream().map(this::shown).toList());
  }

  @Test
  void placeThatIsNoEnginesIsAProblem() throws IOException {
    host.directory("d");
    Findings found = find(at(ContainerEngine.DOCKER, "d"), at(ContainerEngine.NSPAWN, "missing"));
    assertEquals(
        List.of(
            "@/d: not laid out as Docker does",
            "@/missing: no such directory, or it cannot be opened"),
        found.problems().stream().map(this::why).toList());
  }
}
