package dev.hashify.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Container roots as administrators make them: one base by `debootstrap`, copied by `cp -a`, and a
/// few packages installed in each. Needs root and the network, the first time.
///
/// @param suite the Debian release
/// @param mirror where to get it; empty for what `debootstrap` takes by itself
/// @param kept where the base is kept for other scales
record DebianRoots(String suite, String mirror, Path kept) {

  /// A root and what is installed in it. None of these needs /proc or a running service.
  private enum Kind {
    PLAIN(""),
    PYTHON("python3"),
    PERL("perl libwww-perl"),
    GIT("git"),
    WEB("nginx-light"),
    DATABASE("postgresql-client"),
    CACHE("redis-server"),
    RUBY("ruby"),
    NODE("nodejs"),
    PHP("php-cli"),
    BUILD("gcc libc6-dev make"),
    SHELL("openssh-client rsync curl vim-nox");

    /// Separated by blanks.
    final String packages;

    Kind(String packages) {
      this.packages = packages;
    }
  }

  /// Makes the roots below `directory`; a scale below 1 leaves the last ones out.
  ///
  /// @return what they are
  String make(Path directory, double scale) throws IOException {
    Path base = base();
    int count = Math.clamp(Math.round(Kind.values().length * scale), 2, Kind.values().length);
    var installed = new ArrayList<String>();
    for (Kind kind : List.of(Kind.values()).subList(0, count)) {
      String name = kind.name().toLowerCase(Locale.ROOT);
      Path root = directory.resolve(name);
      System.err.println("compare: making root " + name);
      Shell.run("cp", "-a", base.toString(), root.toString());
      if (!kind.packages.isEmpty()) {
        install(root, kind.packages);
      }
      installed.add(kind.packages.isEmpty() ? name : name + ": " + kind.packages);
    }
    return count
        + " Debian roots ("
        + suite
        + ", debootstrap --variant=minbase, cp -a, apt-get install): "
        + String.join("; ", installed);
  }

  private Path base() throws IOException {
    Path base = kept.resolve("debian-" + suite);
    Path complete = kept.resolve("debian-" + suite + ".complete");
    if (Files.exists(complete)) {
      return base;
    }
    Files.createDirectories(kept);
    Shell.run("rm", "-rf", "--one-file-system", base.toString());
    System.err.println("compare: debootstrap " + suite);
    var command =
        new ArrayList<>(List.of("debootstrap", "--variant=minbase", suite, base.toString()));
    if (!mirror.isEmpty()) {
      command.add(mirror);
    }
    Shell.runLogged(log(), command.toArray(String[]::new));
    Path policy = base.resolve("usr/sbin/policy-rc.d");
    Files.writeString(policy, "#!/bin/sh\nexit 101\n");
    Shell.run("chmod", "755", policy.toString());
    // Names are looked up from inside the root when packages are installed.
    Files.copy(
        Path.of("/etc/resolv.conf"),
        base.resolve("etc/resolv.conf"),
        StandardCopyOption.REPLACE_EXISTING);
    Files.createFile(complete);
    return base;
  }

  private void install(Path root, String packages) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                "chroot",
                root.toString(),
                "env",
                "-i",
                "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
                "LC_ALL=C.UTF-8",
                "DEBIAN_FRONTEND=noninteractive",
                "apt-get",
                "-y",
                "-q",
                "--no-install-recommends",
                "install"));
    command.addAll(List.of(packages.split(" ", -1)));
    Shell.runLogged(log(), command.toArray(String[]::new));
    Shell.runLogged(log(), "chroot", root.toString(), "apt-get", "clean");
  }

  private Path log() {
    return kept.resolve("debian-" + suite + ".log");
  }
}
