package dev.hashify.link;

import dev.hashify.testkit.RealLinux;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/// A program that keeps writing one file in every way there is, and looks after each write whether
/// the path shows it. Runs in a process of its own until its input ends, then prints a [Count].
final class HotFileWriter {

  /// Two blocks: Btrfs keeps short files in its tree, where nothing can be shared.
  static final int SIZE_BYTES = 8192;

  /// How long a write may be out of sight. A replacement that is being taken back shows the object
  /// at the path for some microseconds; what does not come back while a batch can last is lost.
  private static final long PATIENCE_NANOS = 500_000_000L;

  private static final int PAUSE_MAX_NANOS = Integer.getInteger("hashify.pause", 8_000_000);

  private final Path file;
  private final Path beside;
  private final Random random;
  private long sequence;

  private HotFileWriter(Path file, long seed) {
    this.file = file;
    beside = file.resolveSibling("beside");
    random = new Random(seed);
  }

  /// What a writer saw.
  ///
  /// @param writes how often it wrote
  /// @param hidden writes that the path did not show at once, but later
  /// @param lost writes that the path never showed
  /// @param lostBy in which ways the lost ones were written
  record Count(long writes, long hidden, long lost, String lostBy) {

    static Count parse(String line) {
      String[] words = line.strip().split(" ", 4);
      return new Count(
          Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]), words[3]);
    }

    String text() {
      return writes + " " + hidden + " " + lost + " " + lostBy;
    }
  }

  /// How to change a file.
  private enum Way {
    IN_PLACE,
    TRUNCATE,
    RENAME,
    MAPPING
  }

  /// Writes until the input ends.
  ///
  /// @param arguments the file, a seed, and a directory to live in, if that is not empty: the file
  ///   is then a path in it
  public static void main(String[] arguments) throws IOException {
    var writer = new HotFileWriter(Path.of(arguments[0]), Long.parseLong(arguments[1]));
    if (!arguments[2].isEmpty()) {
      new HotFileWriter(Path.of(arguments[2] + arguments[0]), 0).rehearse();
      liveIn(arguments[2]);
    }
    Count count = writer.untilInputEnds();
    System.out.println(count.text());
  }

  /// Says so when it is done, and waits for a line before it goes on.
  private static void liveIn(String root) throws IOException {
    RealLinux.changeRoot(root);
    System.out.println("ready");
    int read = System.in.read();
    if (read != '\n') {
      throw new IOException("told " + read + " instead of to go on");
    }
  }

  /// Does everything once: classes cannot be loaded any more once we live in the root.
  private void rehearse() throws IOException {
    Map<Way, Integer> lostBy = new EnumMap<>(Way.class);
    for (Way way : Way.values()) {
      write(way, content(0));
      if (!isShown(content(0)) || !comesBack(content(0))) {
        lostBy.merge(way, 1, Integer::sum);
      }
    }
    if (new Count(0, 0, 0, lostBy.toString()).text().isEmpty()) {
      throw new IllegalStateException("a count without text");
    }
    pause();
  }

  private Count untilInputEnds() throws IOException {
    Way[] ways = Way.values();
    long hidden = 0;
    long lost = 0;
    Map<Way, Integer> lostBy = new EnumMap<>(Way.class);
    while (System.in.available() == 0) {
      Way way = ways[random.nextInt(ways.length)];
      byte[] content = content(++sequence);
      write(way, content);
      if (!isShown(content)) {
        if (comesBack(content)) {
          hidden++;
        } else {
          lost++;
          lostBy.merge(way, 1, Integer::sum);
        }
      }
      pause();
    }
    return new Count(sequence, hidden, lost, lostBy.toString());
  }

  static byte[] content(long sequence) {
    byte[] content = new byte[SIZE_BYTES];
    Arrays.fill(content, (byte) 'w');
    ByteBuffer.wrap(content).putLong(sequence);
    return content;
  }

  private void write(Way way, byte[] content) throws IOException {
    switch (way) {
      case IN_PLACE -> {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.write(ByteBuffer.wrap(content), 0);
        }
      }
      case TRUNCATE -> {
        try (var channel =
            FileChannel.open(
                file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
          channel.write(ByteBuffer.wrap(content), 0);
        }
      }
      case RENAME -> {
        Files.write(beside, content);
        Files.move(
            beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      }
      case MAPPING -> {
        try (var arena = Arena.ofConfined();
            var channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
          var mapping = channel.map(MapMode.READ_WRITE, 0, content.length, arena);
          mapping.copyFrom(java.lang.foreign.MemorySegment.ofArray(content));
        }
      }
    }
  }

  private boolean isShown(byte[] content) throws IOException {
    return Arrays.equals(content, Files.readAllBytes(file));
  }

  private boolean comesBack(byte[] content) throws IOException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (System.nanoTime() < end) {
      if (isShown(content)) {
        return true;
      }
      Thread.onSpinWait();
    }
    return false;
  }

  private void pause() {
    long end = System.nanoTime() + random.nextInt(PAUSE_MAX_NANOS);
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }
}
