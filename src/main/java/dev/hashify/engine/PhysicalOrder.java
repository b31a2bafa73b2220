package dev.hashify.engine;

import dev.hashify.file.PathState;
import dev.hashify.hash.FingerprintResult;
import dev.hashify.hash.Fingerprints;
import dev.hashify.index.IndexException;
import dev.hashify.index.IndexReader;
import dev.hashify.index.ObjectEntry;
import dev.hashify.link.BatchException;
import dev.hashify.os.BlockDevices;
import dev.hashify.os.FreeMemory;
import dev.hashify.os.Mounts;
import dev.hashify.os.OpenFile;
import dev.hashify.plan.KeyGroups;
import dev.hashify.plan.Member;
import dev.hashify.store.ObjectName;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// For disks with a head: groups are examined in passes. The files of a pass are read first, by one
/// thread, in the order they lie in on the disk; then its groups are compared, from memory and only
/// among files of one fingerprint.
///
/// A pass is as large as what surely stays in memory until it is compared. Comparing group by group
/// instead would move the head for every file, and for every piece of a large one; reading all of
/// the disk first would mean to read it twice.
final class PhysicalOrder implements ReadingOrder {

  /// Content in a pass. More would hardly save a movement of the head: the passes of a disk are few
  /// beside its files.
  private static final long PASS_BYTES_MAX = 1L << 30;

  private static final long PASS_BYTES_MIN = 64L << 20;

  /// The part of the memory that is to be had that a pass may take: others fill it too, and what is
  /// not compared in time is read again.
  private static final int MEMORY_SHARE = 4;

  /// What a file takes in memory at least.
  private static final long PAGE_BYTES = 4096;

  private final ExaminerScope scope;
  private final KeyGroups groups;
  private final MemberFactory members;
  private final CandidateOpener opener;
  private final Cancellation cancellation;
  private final boolean isByPlace;
  private final long passBytes;

  /// @param isByPlace whether groups are taken as they lie on the disk, too, or in their own order
  PhysicalOrder(
      ExaminerScope scope,
      KeyGroups groups,
      MemberFactory members,
      CandidateOpener opener,
      Cancellation cancellation,
      boolean isByPlace) {
    this.scope = scope;
    this.groups = groups;
    this.members = members;
    this.opener = opener;
    this.cancellation = cancellation;
    this.isByPlace = isByPlace;
    passBytes =
        Math.clamp(FreeMemory.availableBytes() / MEMORY_SHARE, PASS_BYTES_MIN, PASS_BYTES_MAX);
  }

  /// Whether roots that lie on one mount are to be read in this order.
  static boolean isFor(DiskKind disk, List<OpenRoot> roots) {
    return switch (disk) {
      case HDD -> true;
      case SSD -> false;
      case AUTO -> {
        try {
          Mounts mounts = Mounts.read();
          yield mounts
              .byId(roots.getFirst().stat().mountId())
              .filter(BlockDevices.below(mounts)::isRotational)
              .isPresent();
        } catch (IOException _) {
          // Without /proc nothing is known of any disk.
          yield false;
        }
      }
    };
  }

  @Override
  public void examine(Examination examination)
      throws BatchException, IndexException, InterruptedException {
    try (IndexReader reader = scope.work().session().index().reader();
        var fingerprints = new Fingerprints(scope.linux())) {
      PlacedFiles files = place(reader);
      for (int from = 0; from < files.groups() && !cancellation.isRequested(); ) {
        int to = files.endOfPass(from, passBytes);
        // What was freed by the pass before can be used again only when no reader can see it.
        reader.refresh();
        read(files, from, to, fingerprints);
        int first = from;
        examination.of(new Pass(to - from, at -> files.group(first + at)));
        scope.readAhead().clear();
        from = to;
      }
      int[] rest = files.unread();
      if (!cancellation.isRequested()) {
        examination.of(new Pass(rest.length, at -> rest[at]));
      }
    }
  }

  /// Finds out where everything lies that has to be read.
  private PlacedFiles place(IndexReader reader) throws IndexException {
    var table = scope.work().table();
    ObjectCatalog catalog = scope.work().session().catalog(reader);
    boolean hasObjects = !scope.work().settings().sharesBlocks();
    var files = new PlacedFiles();
    for (int number = 0; number < groups.count(); number++) {
      int[] leaders = groups.group(number);
      boolean isUndecided =
          Arrays.stream(leaders).anyMatch(row -> table.state(row) == PathState.UNSETTLED);
      List<ObjectEntry> objects =
          isUndecided && hasObjects ? catalog.byKey(table.key(leaders[0])) : List.of();
      if (!isUndecided || leaders.length + objects.size() < 2) {
        files.addUnread(number);
        continue;
      }
      files.begin(number, Math.max(PAGE_BYTES, table.sizeBytes(leaders[0])));
      for (int leader : leaders) {
        files.add(leader);
      }
      for (var object : objects) {
        if (Arrays.stream(leaders).noneMatch(row -> table.inode(row) == object.inode())) {
          files.add(object);
        }
      }
    }
    files.place(at -> {
      Optional<OpenFile> opened = open(files, at);
      if (cancellation.isRequested() || opened.isEmpty()) {
        opened.ifPresent(OpenFile::close);
        return PlacedFiles.NOWHERE;
      }
      try (OpenFile file = opened.get()) {
        return scope.linux().clones().firstPlace(file.descriptor()).orElse(PlacedFiles.NOWHERE);
      }
    });
    if (isByPlace) {
      files.sortGroups();
    }
    return files;
  }

  private Member member(PlacedFiles files, int at) {
    return files.object(at).map(members::of).orElseGet(() -> members.of(files.leader(at)));
  }

  /// None if it cannot be opened: why is told when its group is examined.
  private Optional<OpenFile> open(PlacedFiles files, int at) {
    Optional<ObjectName> name = files.object(at).flatMap(StoreSession::nameOf);
    return opener.openToRead(scope.work(), member(files, at), name);
  }

  /// Reads the files of the groups from `from` to before `to` as they lie.
  private void read(PlacedFiles files, int from, int to, Fingerprints fingerprints) {
    for (int at : files.inOrder(from, to, scope.work().settings().sharesBlocks())) {
      if (cancellation.isRequested()) {
        return;
      }
      open(files, at)
          .ifPresent(opened -> {
            try (OpenFile file = opened) {
              long before = fingerprints.bytesRead();
              var result = fingerprints.of(file);
              scope.outcomes().read(fingerprints.bytesRead() - before, 1);
              if (result instanceof FingerprintResult.Made(var print)) {
                scope.readAhead().add(member(files, at), file, print);
              }
            }
          });
    }
  }
}
