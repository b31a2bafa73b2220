package dev.hashify.layers;

import dev.hashify.file.PathText;
import dev.hashify.file.TreePath;
import dev.hashify.layers.BoltFile.Bucket;
import dev.hashify.layers.BoltFile.NotUnderstoodException;
import dev.hashify.os.ErrnoException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The records of containerd's overlay snapshotter: `metadata.db` beside its `snapshots`
/// (containerd, `snapshots/storage/bolt.go`).
///
/// A snapshot is read-only if it is committed. That never changes while its directory exists, and
/// no directory's number is given out twice, so a record that is a moment old does no harm.
final class SnapshotRecords {

  private static final String DATABASE = "metadata.db";

  /// Tries to read a state during which nothing was written, of a file of milliseconds.
  private static final int TRIES = 5;

  private static final int ACTIVE = 2;
  private static final int COMMITTED = 3;

  private static final int VARINT_BITS = 7;

  /// @param key what containerd calls it, as `k8s.io/12/sha256:...`
  private record Snapshot(String key, int kind) {}

  private final TreePath home;
  private final Map<Long, Snapshot> byNumber = new HashMap<>();

  private SnapshotRecords(TreePath home) {
    this.home = home;
  }

  /// @param home the snapshotter's directory
  static SnapshotRecords read(TreeFiles files, TreePath home)
      throws ErrnoException, NotUnderstoodException {
    var records = new SnapshotRecords(home);
    records.add(quiet(files, home.child(DATABASE)));
    return records;
  }

  /// What a transaction frees the next one may overwrite: only if none ended meanwhile, all pages
  /// were of one state.
  private static BoltFile quiet(TreeFiles files, TreePath file)
      throws ErrnoException, NotUnderstoodException {
    for (int i = 0; i < TRIES; i++) {
      BoltFile read = BoltFile.of(content(files, file));
      if (read.transaction() == BoltFile.of(content(files, file)).transaction()) {
        return read;
      }
    }
    throw new NotUnderstoodException("it does not stay as it is long enough to be read");
  }

  private static byte[] content(TreeFiles files, TreePath file)
      throws ErrnoException, NotUnderstoodException {
    return files
        .content(file)
        .orElseThrow(() -> new NotUnderstoodException("there is no " + DATABASE));
  }

  private void add(BoltFile file) throws NotUnderstoodException {
    Optional<Bucket> snapshots = Optional.of(file.top());
    for (String name : List.of("v1", "snapshots")) {
      snapshots = inner(file, snapshots.orElseThrow(), name);
      if (snapshots.isEmpty()) {
        throw new NotUnderstoodException("it has no bucket " + name);
      }
    }
    for (var entry : snapshots.orElseThrow().entries().entrySet()) {
      if (entry.getValue().isBucket()) {
        add(entry.getKey(), file.bucket(entry.getValue()));
      }
    }
  }

  private static Optional<Bucket> inner(BoltFile file, Bucket bucket, String name)
      throws NotUnderstoodException {
    var entry = bucket.entries().get(name);
    return entry == null || !entry.isBucket() ? Optional.empty() : Optional.of(file.bucket(entry));
  }

  private void add(String key, Bucket snapshot) {
    Optional<String> id = snapshot.value("id");
    Optional<String> kind = snapshot.value("kind");
    if (id.isPresent() && kind.isPresent() && kind.get().length() == 1) {
      String shown = PathText.escape(key.getBytes(StandardCharsets.ISO_8859_1));
      byNumber.put(number(id.get()), new Snapshot(shown, kind.get().charAt(0)));
    }
  }

  /// Seven bits a byte, the lowest first (Go's `binary.Uvarint`).
  private static long number(String varint) {
    long number = 0;
    for (int i = 0; i < varint.length(); i++) {
      number |= (long) (varint.charAt(i) & 0x7f) << (VARINT_BITS * i);
    }
    return number;
  }

  /// What they say of a tree.
  TreeRecord of(TreePath tree) {
    String[] parts = home.relativize(tree).toString().split("/", -1);
    if (parts.length != 3 || !parts[0].equals("snapshots") || !parts[2].equals("fs")) {
      return managed("not the whole of a snapshot");
    }
    Optional<Snapshot> snapshot = snapshot(parts[1]);
    if (snapshot.isEmpty()) {
      return managed("a snapshot that its records do not know");
    }
    return switch (snapshot.get().kind()) {
      case COMMITTED -> new TreeRecord.ReadOnlyLayer(ContainerEngine.CONTAINERD, home);
      case ACTIVE ->
          new TreeRecord.Written(
              ContainerEngine.CONTAINERD, home, "a snapshot that a container writes to");
      default -> managed("no committed snapshot");
    };
  }

  /// What containerd calls the tree.
  List<String> names(TreePath tree) {
    String[] parts = home.relativize(tree).toString().split("/", -1);
    return parts.length < 2
        ? List.of()
        : snapshot(parts[1]).map(snapshot -> List.of(snapshot.key())).orElse(List.of());
  }

  private Optional<Snapshot> snapshot(String number) {
    return number.matches("[0-9]{1,18}")
        ? Optional.ofNullable(byNumber.get(Long.parseLong(number)))
        : Optional.empty();
  }

  private TreeRecord managed(String why) {
    return new TreeRecord.Managed(ContainerEngine.CONTAINERD, home, why);
  }
}
