package dev.hashify.os;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the kernel says of the devices below file systems, from sysfs
/// (Documentation/ABI/stable/sysfs-block).
public final class BlockDevices {

  /// Drivers of virtual disks. They are told nothing of what is behind them, and the kernel calls
  /// their disks rotational because it does so unless told otherwise.
  private static final Set<String> KNOW_NOTHING = Set.of("virtio_blk", "vbd");

  /// Devices stacked deeper than that are not looked through.
  private static final int DEPTH_MAX = 16;

  private final Path sys;
  private final Mounts mounts;
  private final Host host;

  /// What is asked of the host besides sysfs.
  interface Host {
    /// The device that the file at `path` lies on, as `8:1`.
    String deviceOf(Path path) throws IOException;

    /// The device that the device node at `path` stands for, as `8:1`.
    String deviceAt(Path path) throws IOException;
  }

  BlockDevices(Path sys, Mounts mounts, Host host) {
    this.sys = sys;
    this.mounts = mounts;
    this.host = host;
  }

  /// The devices below `mounts`.
  public static BlockDevices below(Mounts mounts) {
    return new BlockDevices(
        Path.of("/sys"),
        mounts,
        new Host() {
          @Override
          public String deviceOf(Path path) throws IOException {
            return number(path, "unix:dev");
          }

          @Override
          public String deviceAt(Path path) throws IOException {
            return number(path, "unix:rdev");
          }
        });
  }

  private static String number(Path path, String attribute) throws IOException {
    long device = (long) Files.getAttribute(path, attribute);
    // gnu_dev_major and gnu_dev_minor of sys/sysmacros.h.
    long major = (device >>> 8 & 0xfff) | (device >>> 32 & 0xffff_f000L);
    long minor = (device & 0xff) | (device >>> 12 & 0xffff_ff00L);
    return major + ":" + minor;
  }

  /// Whether what lies on `mount` lies on a disk that turns: at least one of the devices below it
  /// says so, and knows. What cannot be found out does not turn.
  public boolean isRotational(Mount mount) {
    return isAnyRotational(devicesOf(mount), 0);
  }

  private boolean isAnyRotational(List<Path> devices, int depth) {
    return devices.stream().anyMatch(device -> isRotational(device, depth));
  }

  private boolean isRotational(Path device, int depth) {
    // A partition has the queue of its disk.
    Path disk = Files.exists(device.resolve("partition")) ? device.resolve("..") : device;
    if (depth > DEPTH_MAX || !line(disk.resolve("queue/rotational")).equals("1")) {
      return false;
    }
    String file = line(disk.resolve("loop/backing_file"));
    if (!file.isEmpty()) {
      return isAnyRotational(devicesBelow(Path.of(file)), depth + 1);
    }
    // Those of a volume or an array.
    List<Path> parts = entries(disk.resolve("slaves"));
    return parts.isEmpty() ? knows(disk) : isAnyRotational(parts, depth + 1);
  }

  /// The devices that the file of a loop device lies on.
  private List<Path> devicesBelow(Path file) {
    Optional<Mount> mount =
        mounts.all().stream()
            .filter(each -> file.startsWith(Path.of(each.point().toString())))
            // Of mounts on one directory the last is on top.
            .reduce((one, other) -> length(other) >= length(one) ? other : one);
    try {
      List<Path> devices = named(host.deviceOf(file));
      return devices.isEmpty() ? mount.map(this::devicesOf).orElse(List.of()) : devices;
    } catch (IOException | InvalidPathException gone) {
      // A deleted file, or one of another namespace, says nothing.
      return List.of();
    }
  }

  private static int length(Mount mount) {
    return mount.point().bytes().length;
  }

  private static boolean knows(Path disk) {
    try {
      Path driver = disk.resolve("device/driver").toRealPath().getFileName();
      return driver == null || !KNOW_NOTHING.contains(driver.toString());
    } catch (IOException none) {
      return true;
    }
  }

  /// The devices of a mounted file system. Btrfs has several, and a number of its own that is none
  /// of them.
  private List<Path> devicesOf(Mount mount) {
    List<Path> devices = named(mount.device());
    if (!devices.isEmpty() || !mount.source().startsWith("/")) {
      return devices;
    }
    try {
      List<Path> one = named(host.deviceAt(Path.of(mount.source())));
      return one.isEmpty() ? one : together(one.getFirst()).orElse(one);
    } catch (IOException | InvalidPathException gone) {
      return List.of();
    }
  }

  private List<Path> named(String device) {
    Path directory = sys.resolve("dev/block").resolve(device);
    return Files.isDirectory(directory) ? List.of(real(directory)) : List.of();
  }

  /// All devices of the Btrfs that `device` is one of.
  private Optional<List<Path>> together(Path device) {
    for (Path fileSystem : entries(sys.resolve("fs/btrfs"))) {
      List<Path> devices = entries(fileSystem.resolve("devices"));
      if (devices.contains(device)) {
        return Optional.of(devices);
      }
    }
    return Optional.empty();
  }

  /// The directories that the links in `directory` lead to.
  private static List<Path> entries(Path directory) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      entries.forEach(entry -> found.add(real(entry)));
    } catch (IOException none) {
      // Most devices are made of nothing else.
      return List.of();
    }
    found.sort(Comparator.naturalOrder());
    return found;
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException gone) {
      return path;
    }
  }

  private static String line(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1).strip();
    } catch (IOException none) {
      return "";
    }
  }
}
