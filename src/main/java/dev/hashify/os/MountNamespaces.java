package dev.hashify.os;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The mounts of every mount namespace that some process is in, at one moment.
///
/// Containers mount in namespaces of their own, which the mount table of this process does not
/// show. A namespace that only a file or a descriptor keeps alive is not found.
///
/// @param all one for each namespace; that of this process is among them
/// @param sawAll whether every process could be asked
public record MountNamespaces(List<Namespace> all, boolean sawAll) {

  public MountNamespaces {
    all = List.copyOf(all);
  }

  /// One mount namespace.
  ///
  /// @param process the id of a process in it
  public record Namespace(int process, Mounts mounts) {}

  /// Reads them as they are now.
  public static MountNamespaces read() {
    var reading = new Reading();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        reading.add(process);
      }
    } catch (IOException _) {
      reading.sawAll = false;
    }
    return new MountNamespaces(reading.found, reading.sawAll);
  }

  private static final class Reading {
    private final List<Namespace> found = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private boolean sawAll = true;

    void add(Path process) {
      try {
        // As `mnt:[4026531841]`, one for each namespace.
        String name = Files.readSymbolicLink(process.resolve("ns/mnt")).toString();
        if (!seen.contains(name)) {
          Mounts mounts = Mounts.parse(Files.readAllBytes(process.resolve("mountinfo")));
          // Only now: a process that ends in between says nothing of its namespace.
          seen.add(name);
          int id = Integer.parseInt(String.valueOf(process.getFileName()));
          found.add(new Namespace(id, mounts));
        }
      } catch (NoSuchFileException _) {
        // It has ended.
      } catch (IOException _) {
        // One that ends while its table is read gives other errors than one that is not ours.
        sawAll &= !Files.exists(process);
      }
    }
  }
}
