package dev.hashify.testkit;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A podman with a place of its own: nothing of the host's images and containers is touched.
///
/// Where there is none, or it cannot be used because that needs root, the test is skipped, or fails
/// if `HASHIFY_REQUIRE_FILESYSTEMS` is `true`, as for [TestVolume].
public final class Podman implements AutoCloseable {

  /// Containers run in a mount namespace with nothing but cgroup version 2, wherever the host has
  /// it.
  private static final String WITH_CGROUP2 =
      "umount -R /sys/fs/cgroup 2>/dev/null; mount -t cgroup2 none /sys/fs/cgroup && exec \"$@\"";

  private final Path home;

  /// Short, because sockets are made in it and their paths may have 107 bytes.
  private final Path running;

  private final Path configuration;

  private Podman(Path home, Path running, Path configuration) {
    this.home = home;
    this.running = running;
    this.configuration = configuration;
  }

  /// A podman that keeps everything below `home`, which must not exist yet.
  public static Podman in(Path home) throws IOException {
    if (Command.attempt("sh", "-c", "command -v podman && test $(id -u) = 0").exitCode() != 0) {
      String missing = "podman is not installed, or this is not root";
      return "true".equals(System.getenv("HASHIFY_REQUIRE_FILESYSTEMS"))
          ? fail(missing)
          : abort(missing);
    }
    Files.createDirectories(home);
    Path running = Files.createTempDirectory("hp");
    Path configuration = running.resolve("storage.conf");
    Files.writeString(
        configuration,
        """
        # The driver is named, or an old database may choose another.
        [storage]
        driver = "overlay"
        graphroot = "%s"
        runroot = "%s"
        """
            .formatted(home, running.resolve("run")));
    return new Podman(home, running, configuration);
  }

  /// The variable that makes podman and this program find it, as `NAME=value`.
  public String variable() {
    return "CONTAINERS_STORAGE_CONF=" + configuration;
  }

  private List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(List.of("env", variable(), "podman"));
    command.addAll(List.of("--tmpdir", running.resolve("tmp").toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  /// What podman says.
  ///
  /// @throws IOException if it fails
  public String run(String... arguments) throws IOException {
    return Command.run(command(arguments).toArray(String[]::new)).strip();
  }

  /// What a shell in a new container of the image says; the container is removed again.
  public String inContainer(String image, String script) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of("unshare", "-m", "--propagation", "private", "sh", "-c", WITH_CGROUP2, "-"));
    command.addAll(
        command(
            "run",
            "--rm",
            "--cgroups=disabled",
            "--network=none",
            // Without these it asks for more than a host in a sandbox may give.
            "--ulimit=nofile=1024:1024",
            "--ulimit=nproc=1024:1024",
            image,
            "/bin/sh",
            "-c",
            script));
    return Command.run(command.toArray(String[]::new)).strip();
  }

  /// Makes an image of one layer.
  public void importImage(Path tree, String name) throws IOException {
    Path tar = running.resolve("image.tar");
    Command.run("tar", "-C", tree.toString(), "--sort=name", "-cf", tar.toString(), ".");
    run("import", "--quiet", tar.toString(), name);
    Files.delete(tar);
  }

  /// The SHA-256 of what `podman save` writes.
  public String savedSum(String image) throws IOException {
    Path tar = running.resolve("saved.tar");
    run("save", "--quiet", "-o", tar.toString(), image);
    String sum = Command.run("sha256sum", tar.toString()).substring(0, 64);
    Files.delete(tar);
    return sum;
  }

  /// The directory of the image's top layer.
  public Path layer(String image) throws IOException {
    return Path.of(run("image", "inspect", "--format", "{{.GraphDriver.Data.UpperDir}}", image));
  }

  /// The directory that a container writes to.
  public Path layerOfContainer(String container) throws IOException {
    return Path.of(run("inspect", "--format", "{{.GraphDriver.Data.UpperDir}}", container));
  }

  /// Removes everything.
  @Override
  public void close() throws IOException {
    Command.attempt(command("image", "umount", "--all"));
    Command.attempt(command("rm", "--all", "--force"));
    Command.attempt("umount", home.resolve("overlay").toString());
    Command.run("rm", "-rf", "--one-file-system", "--", running.toString());
  }
}
