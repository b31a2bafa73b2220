package dev.hashify.freeze;

import dev.hashify.file.FileId;
import dev.hashify.file.TreePath;
import dev.hashify.os.ProcessTable;
import dev.hashify.os.ProcessTable.Place;
import dev.hashify.testkit.RealLinux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/// A directory that looks like `/proc` and a cgroup hierarchy, with made-up processes.
///
/// ```
/// proc/17/root -> ../../roots/a     proc/17/cgroup
/// cgroup/a/cgroup.procs  cgroup.freeze  cgroup.events
/// roots/a/
/// ```
///
/// While it is open, a thread answers as the kernel does: who is asked to freeze stands still a
/// moment later, unless he is [#stubborn].
final class FakeHost implements AutoCloseable {

  final Path top;
  private final Set<Path> cgroups = new HashSet<>();
  private final Set<Path> stubborn = new HashSet<>();
  private final Thread kernel;
  private volatile boolean closed;

  FakeHost(Path top) throws IOException {
    this.top = top;
    Files.createDirectories(top.resolve("proc/self"));
    Files.createDirectories(top.resolve("cgroup"));
    Files.writeString(top.resolve("cgroup/cgroup.procs"), "");
    Files.writeString(top.resolve("proc/self/cgroup"), "1:name=systemd:/\n0::/\n");
    kernel = Thread.ofPlatform().name("fake-kernel").daemon().start(this::answer);
  }

  CgroupTree tree() {
    return new CgroupTree(top.resolve("cgroup"), top.resolve("proc"));
  }

  ProcessTable table() {
    return new ProcessTable(top.resolve("proc"));
  }

  Place place(String root) throws IOException {
    Files.createDirectories(top.resolve("roots").resolve(root));
    try (var open =
        RealLinux.LINUX.open().directory(TreePath.of(top.resolve("roots") + "/" + root))) {
      FileId id = RealLinux.LINUX.stat().of(open).id();
      return Place.of(id, open);
    }
  }

  Cgroup cgroup(String name) throws IOException {
    Path directory = top.resolve("cgroup").resolve(name);
    if (!Files.exists(directory.resolve("cgroup.procs"))) {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve("cgroup.procs"), "");
      Files.writeString(directory.resolve("cgroup.freeze"), "0\n");
      Files.writeString(directory.resolve("cgroup.events"), "populated 1\nfrozen 0\n");
      synchronized (this) {
        cgroups.add(directory);
      }
    }
    return new Cgroup(directory);
  }

  /// A process that lives in `root` and belongs to `cgroup`.
  void process(int id, String root, String cgroup) throws IOException {
    Path home = top.resolve("roots").resolve(root);
    Files.createDirectories(home);
    Path own = Files.createDirectories(top.resolve("proc/" + id));
    Files.createSymbolicLink(own.resolve("root"), home);
    Files.writeString(own.resolve("cgroup"), "0::/" + cgroup + "\n");
    Path procs =
        cgroup.isEmpty()
            ? top.resolve("cgroup/cgroup.procs")
            : cgroup(cgroup).directory().resolve("cgroup.procs");
    Files.writeString(procs, id + "\n", StandardOpenOption.APPEND);
  }

  /// Says that we ourselves are in `cgroup`.
  void weAreIn(String cgroup) throws IOException {
    cgroup(cgroup);
    Files.writeString(top.resolve("proc/self/cgroup"), "0::/" + cgroup + "\n");
  }

  /// Its processes never stand still.
  synchronized void stubborn(Cgroup cgroup) {
    stubborn.add(cgroup.directory());
  }

  private void answer() {
    while (!closed) {
      synchronized (this) {
        cgroups.forEach(this::answer);
      }
      LockSupport.parkNanos(200_000);
    }
  }

  private void answer(Path cgroup) {
    try {
      boolean isAsked = Files.readString(cgroup.resolve("cgroup.freeze")).startsWith("1");
      String word = isAsked && !stubborn.contains(cgroup) ? "1" : "0";
      Path events = cgroup.resolve("cgroup.events");
      String wanted = "populated 1\nfrozen " + word + "\n";
      if (!Files.readString(events).equals(wanted)) {
        // Under another name first: a reader never sees half of it.
        Path fresh = Files.writeString(top.resolve("events.new"), wanted);
        Files.move(fresh, events, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException _) {
      // The test is over.
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      kernel.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
