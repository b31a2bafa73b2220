package dev.hashify.engine;

import dev.hashify.hash.Fingerprint;
import dev.hashify.os.OpenFile;
import dev.hashify.plan.Member;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What was read before the groups it belongs to are examined: fingerprints, and content that is in
/// the page cache until then.
///
/// Changed by one thread while no other looks, between passes.
final class ReadAhead {

  /// @param wasUncached whether the file was not in the page cache before
  private record Read(Fingerprint print, boolean wasUncached) {}

  private final StoreWork work;
  private final Map<Long, Read> files = new HashMap<>();

  ReadAhead(StoreWork work) {
    this.work = work;
  }

  private long number(Member member) {
    return member.names().isEmpty()
        ? member.inode()
        : work.fileNumber(work.volumeOf(member.names().getFirst().root()), member.inode());
  }

  /// Notes what reading `file` showed. It stays in the page cache although nobody else uses it: it
  /// is about to be compared.
  void add(Member member, OpenFile file, Fingerprint print) {
    files.put(number(member), new Read(print, file.descriptor().stayCached()));
  }

  boolean isEmpty() {
    return files.isEmpty();
  }

  /// The fingerprint of the content the file had, if it was read.
  Optional<Fingerprint> fingerprint(Member member) {
    return files.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(files.get(number(member))).map(Read::print);
  }

  /// Gives a file that was opened again its due: if it was brought into the page cache for this
  /// run, it leaves it with the run.
  void opened(Member member, OpenFile file) {
    if (!files.isEmpty()) {
      Read read = files.get(number(member));
      if (read != null && read.wasUncached) {
        file.descriptor().setUncached();
      }
    }
  }

  /// Forgets all, once it is examined.
  void clear() {
    files.clear();
  }
}
