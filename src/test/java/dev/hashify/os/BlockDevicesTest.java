package dev.hashify.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is made of a sysfs as the kernel lays it out.
class BlockDevicesTest {

  @TempDir Path sys;

  private final Map<Path, String> devicesOfFiles = new HashMap<>();
  private final Map<Path, String> devicesOfNodes = new HashMap<>();

  private Path disk(String name, String number, boolean isRotational) throws IOException {
    Path disk = Files.createDirectories(sys.resolve("devices").resolve(name));
    Files.createDirectories(disk.resolve("queue"));
    Files.createDirectories(disk.resolve("slaves"));
    Files.writeString(disk.resolve("queue/rotational"), isRotational ? "1\n" : "0\n");
    number(disk, number);
    return disk;
  }

  private void number(Path device, String number) throws IOException {
    Path numbers = Files.createDirectories(sys.resolve("dev/block"));
    Files.createSymbolicLink(numbers.resolve(number), device);
  }

  private Path partition(Path disk, String name, String number) throws IOException {
    Path partition = Files.createDirectories(disk.resolve(name));
    Files.writeString(partition.resolve("partition"), "1\n");
    number(partition, number);
    return partition;
  }

  private static void madeOf(Path disk, Path part) throws IOException {
    Files.createSymbolicLink(disk.resolve("slaves").resolve(part.getFileName()), part);
  }

  private void driver(Path disk, String name) throws IOException {
    Path driver = Files.createDirectories(sys.resolve("bus/drivers").resolve(name));
    Path device = Files.createDirectories(disk.resolveSibling(disk.getFileName() + "-device"));
    Files.createSymbolicLink(device.resolve("driver"), driver);
    Files.createSymbolicLink(disk.resolve("device"), device);
  }

  private boolean isRotational(String device, String type, String source, String... more) {
    String line = "1 0 " + device + " / /m rw - " + type + " " + source + " rw\n";
    Mounts mounts =
        Mounts.parse((line + String.join("", more)).getBytes(StandardCharsets.ISO_8859_1));
    var host =
        new BlockDevices.Host() {
          @Override
          public String deviceOf(Path path) throws IOException {
            return answer(devicesOfFiles, path);
          }

          @Override
          public String deviceAt(Path path) throws IOException {
            return answer(devicesOfNodes, path);
          }
        };
    return new BlockDevices(sys, mounts, host).isRotational(mounts.byId(1).orElseThrow());
  }

  private static String answer(Map<Path, String> known, Path path) throws IOException {
    String answer = known.get(path);
    if (answer == null) {
      throw new NoSuchFileException(path.toString());
    }
    return answer;
  }

  @Test
  void aDiskIsWhatItsQueueSays() throws IOException {
    disk("sda", "8:0", true);
    disk("nvme0n1", "259:0", false);

    assertTrue(isRotational("8:0", "ext4", "/dev/sda"));
    assertFalse(isRotational("259:0", "ext4", "/dev/nvme0n1"));
  }

  @Test
  void aPartitionIsAsItsDisk() throws IOException {
    partition(disk("sda", "8:0", true), "sda1", "8:1");
    partition(disk("sdb", "8:16", false), "sdb1", "8:17");

    assertTrue(isRotational("8:1", "ext4", "/dev/sda1"));
    assertFalse(isRotational("8:17", "ext4", "/dev/sdb1"));
  }

  @Test
  void aStackedDeviceTurnsIfAnyBelowDoes() throws IOException {
    Path sda = disk("sda", "8:0", true);
    Path sdb = disk("sdb", "8:16", false);
    Path mirror = disk("md0", "9:0", true);
    madeOf(mirror, partition(sda, "sda1", "8:1"));
    madeOf(mirror, partition(sdb, "sdb1", "8:17"));
    Path volume = disk("dm-0", "252:0", true);
    madeOf(volume, mirror);

    assertTrue(isRotational("252:0", "xfs", "/dev/mapper/a-b"));
  }

  @Test
  void aStackedDeviceOverSolidOnesDoesNotTurnWhateverItSays() throws IOException {
    Path volume = disk("dm-0", "252:0", true);
    madeOf(volume, disk("sdb", "8:16", false));

    assertFalse(isRotational("252:0", "xfs", "/dev/mapper/a-b"));
  }

  @Test
  void aVirtualDiskDoesNotKnow() throws IOException {
    driver(disk("vda", "254:0", true), "virtio_blk");
    driver(disk("sda", "8:0", true), "sd");

    assertFalse(isRotational("254:0", "ext4", "/dev/vda"));
    assertTrue(isRotational("8:0", "ext4", "/dev/sda"));
  }

  @Test
  void aLoopDeviceIsAsTheDiskOfItsFile() throws IOException {
    disk("sda", "8:0", true);
    Path loop = disk("loop0", "7:0", true);
    Files.createDirectories(loop.resolve("loop"));
    Files.writeString(loop.resolve("loop/backing_file"), "/images/a\n");
    devicesOfFiles.put(Path.of("/images/a"), "8:0");

    assertTrue(isRotational("7:0", "ext4", "/dev/loop0"));
    devicesOfFiles.clear();
    assertFalse(isRotational("7:0", "ext4", "/dev/loop0"), "its file is out of sight");
  }

  @Test
  void aLoopDeviceOverBtrfsIsFoundByTheMountOfItsFile() throws IOException {
    disk("sda", "8:0", true);
    Path loop = disk("loop0", "7:0", true);
    Files.createDirectories(loop.resolve("loop"));
    Files.writeString(loop.resolve("loop/backing_file"), "/images/a\n");
    devicesOfFiles.put(Path.of("/images/a"), "0:99");
    devicesOfNodes.put(Path.of("/dev/sda"), "8:0");

    String images = "2 0 0:40 / /images rw - btrfs /dev/sda rw\n";
    assertTrue(isRotational("7:0", "ext4", "/dev/loop0", images));
  }

  @Test
  void ofSeveralDevicesOfABtrfsAllAreAsked() throws IOException {
    Path one = disk("sda", "8:0", false);
    Path other = disk("sdb", "8:16", true);
    Path together = Files.createDirectories(sys.resolve("fs/btrfs/1234/devices"));
    Files.createSymbolicLink(together.resolve("sda"), one);
    Files.createSymbolicLink(together.resolve("sdb"), other);
    devicesOfNodes.put(Path.of("/dev/sda"), "8:0");

    assertTrue(isRotational("0:40", "btrfs", "/dev/sda"));
  }

  @Test
  void whatHasNoDeviceDoesNotTurn() {
    assertFalse(isRotational("0:41", "tmpfs", "tmpfs"));
    assertFalse(isRotational("0:42", "nfs4", "host:/export"));
    assertFalse(isRotational("0:43", "btrfs", "/dev/gone"));
  }

  @Test
  void aDeviceThatIsMadeOfItselfEnds() throws IOException {
    Path volume = disk("dm-0", "252:0", true);
    madeOf(volume, volume);

    assertFalse(isRotational("252:0", "xfs", "/dev/mapper/a-b"));
  }

  /// Whatever this machine is: the answer is that of its own sysfs, and no exception.
  @Test
  void everyMountOfThisMachineHasAnAnswer() throws IOException {
    Mounts mounts = Mounts.read();
    var devices = BlockDevices.below(mounts);
    long turning = mounts.all().stream().filter(devices::isRotational).count();
    long withoutQueue =
        mounts.all().stream()
            .filter(mount -> mount.type().equals("proc") || mount.type().equals("tmpfs"))
            .filter(devices::isRotational)
            .count();
    assertTrue(turning <= mounts.all().size());
    assertEquals(0, withoutQueue);
  }
}
