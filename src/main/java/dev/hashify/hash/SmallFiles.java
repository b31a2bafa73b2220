package dev.hashify.hash;

import dev.hashify.file.ContentId;
import dev.hashify.file.FileStat;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import dev.hashify.os.OpenFile;
import dev.hashify.os.ReadBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tells small files of one size apart by their bytes. Each is read once, however many contents
/// there are, because one copy of each content is kept.
///
/// One thread at a time; one buffer of [ReadBuffer#SIZE_BYTES] lives as long as it does.
public final class SmallFiles implements AutoCloseable {

  /// Larger files are compared side by side by [ByteComparer], which keeps nothing of them. Most
  /// files of a Debian root are smaller.
  public static final int SIZE_MAX_BYTES = 32 * 1024;

  /// What is kept of the contents of one group; files of further contents are not told apart.
  private static final int KEPT_MAX_BYTES = 4 << 20;

  private final Linux linux;
  private final ReadBuffer buffer = new ReadBuffer();
  private @Nullable ContentDigest digest;
  private long bytesRead;

  public SmallFiles(Linux linux) {
    this.linux = linux;
  }

  /// Reads all of `files`.
  ///
  /// @param files open and stat'ed, all of one size, at most [#SIZE_MAX_BYTES]
  /// @param watch asked before each file
  public Sorted sort(List<OpenFile> files, ReadWatch watch) {
    var sorted = new Sorted(files.size());
    for (int number = 0; number < files.size(); number++) {
      try {
        read(number, files.get(number), watch, sorted);
      } catch (ErrnoException failed) {
        sorted.failures.put(number, new ReadFailure.Unreadable(failed));
      }
    }
    return sorted;
  }

  private void read(int number, OpenFile file, ReadWatch watch, Sorted sorted)
      throws ErrnoException {
    if (!watch.mayGoOn(file)) {
      sorted.failures.put(number, new ReadFailure.Changed());
      return;
    }
    int length = (int) file.sizeBytes();
    int read = linux.content().read(file.descriptor(), buffer, length, 0);
    bytesRead += read;
    FileStat now = linux.stat().of(file.descriptor());
    if (read < length || ByteComparer.isChanged(file, now)) {
      sorted.failures.put(number, new ReadFailure.Changed());
      return;
    }
    sorted.stats[number] = now;
    sorted.contents[number] = sorted.contentOf(buffer, length);
  }

  /// The bytes read so far.
  public long bytesRead() {
    return bytesRead;
  }

  @Override
  public void close() {
    buffer.close();
    if (digest != null) {
      digest.close();
    }
  }

  private ContentId identify(byte[] content) {
    ContentDigest known = digest;
    if (known == null) {
      known = ContentDigest.make();
      digest = known;
    }
    known.reset();
    buffer.copyFrom(content);
    known.update(buffer, content.length);
    return known.id();
  }

  /// What became of the files, by their places in the list.
  public final class Sorted {

    /// The content of a file that could not be read, or for whose content there was no room.
    public static final int NONE = -1;

    private final @Nullable FileStat[] stats;
    private final int[] contents;
    private final Map<Integer, ReadFailure> failures = new HashMap<>();
    private final List<byte[]> kept = new ArrayList<>();

    /// Contents by a sample of their bytes: those that differ nearly always differ in it.
    private final Map<Long, List<Integer>> bySample = new HashMap<>();

    private Sorted(int files) {
      stats = new FileStat[files];
      contents = new int[files];
      Arrays.fill(contents, NONE);
    }

    private int contentOf(ReadBuffer read, int length) {
      List<Integer> alike = bySample.computeIfAbsent(read.sample(length), _ -> new ArrayList<>(1));
      for (int content : alike) {
        if (read.startsWith(kept.get(content))) {
          return content;
        }
      }
      if ((long) (kept.size() + 1) * length > KEPT_MAX_BYTES) {
        return NONE;
      }
      kept.add(read.toBytes(length));
      alike.add(kept.size() - 1);
      return kept.size() - 1;
    }

    /// How many contents were found.
    public int contents() {
      return kept.size();
    }

    /// The number of a file's content, from 0 on; or [#NONE].
    public int content(int file) {
      return contents[file];
    }

    /// Why a file was not read.
    public Optional<ReadFailure> failure(int file) {
      return Optional.ofNullable(failures.get(file));
    }

    /// The receipt that two files have the same content.
    ///
    /// @throws IllegalArgumentException if they have not
    public SameBytes receipt(int keeper, int duplicate) {
      FileStat one = stats[keeper];
      FileStat other = stats[duplicate];
      if (one == null
          || other == null
          || contents[keeper] == NONE
          || contents[keeper] != contents[duplicate]) {
        throw new IllegalArgumentException("files " + keeper + " and " + duplicate + " differ");
      }
      return new SameBytes(one, other);
    }

    /// Names a content.
    public ContentId id(int content) {
      return identify(kept.get(content));
    }

    /// The fingerprint of a content.
    public Fingerprint fingerprint(int content) {
      return Fingerprints.of(kept.get(content));
    }
  }
}
