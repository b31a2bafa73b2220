package dev.hashify.engine;

import dev.hashify.file.Errno;
import dev.hashify.file.TreePath;
import dev.hashify.index.IndexChanges;
import dev.hashify.index.IndexException;
import dev.hashify.index.IndexReader;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// All roots that may have names of a store's objects, whichever night and options gave them those.
///
/// [RecordedRun] knows those of the last runs; but what two roots shared once they share still when
/// other roots take part, and a program in them can write to an object whose guard is off. Noted
/// before a run shares anything, so that a killed one is known, too. A root that was moved is lost
/// sight of.
final class SharingRoots {

  private static final String NAME = "sharing-roots";

  private static final int ROOTS_MAX = 1_000_000;

  private SharingRoots() {}

  /// The real paths of the roots; some may be gone.
  static List<TreePath> read(IndexReader reader) throws IndexException {
    Set<TreePath> all = new LinkedHashSet<>(parse(reader.meta(NAME)));
    RecordedRun.roots(reader).forEach(root -> all.add(root.path()));
    return List.copyOf(all);
  }

  /// Notes those of a run, if that is news, and forgets those that are gone.
  static void note(Linux linux, StoreWork work) throws IndexException {
    List<TreePath> known = parse(work.reader().meta(NAME));
    Set<TreePath> all = new LinkedHashSet<>(read(work.reader()));
    work.roots().forEach(root -> all.add(root.path()));
    if (known.size() == all.size() && all.containsAll(known)) {
      return;
    }
    all.removeIf(path -> isGone(linux, path));
    var changes = new IndexChanges();
    changes.putMeta(NAME, format(all));
    work.reader().refresh();
    work.session().index().write(changes);
  }

  private static boolean isGone(Linux linux, TreePath path) {
    try (var _ = linux.open().directory(path)) {
      return false;
    } catch (ErrnoException failed) {
      return failed.is(Errno.ENOENT);
    }
  }

  private static byte[] format(Set<TreePath> paths) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeInt(paths.size());
      for (var path : paths) {
        out.writeInt(path.length());
        out.write(path.bytes());
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static List<TreePath> parse(Optional<byte[]> value) {
    List<TreePath> paths = new ArrayList<>();
    if (value.isEmpty()) {
      return paths;
    }
    try (var in = new DataInputStream(new ByteArrayInputStream(value.get()))) {
      int count = Math.min(in.readInt(), ROOTS_MAX);
      for (int i = 0; i < count; i++) {
        paths.add(TreePath.of(in.readNBytes(in.readInt())));
      }
      return paths;
    } catch (IOException | IllegalArgumentException _) {
      // As good as none; the last run's roots are known besides.
      return List.of();
    }
  }
}
