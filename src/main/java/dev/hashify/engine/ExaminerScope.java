package dev.hashify.engine;

import dev.hashify.file.TreePath;
import dev.hashify.hash.Fingerprint;
import dev.hashify.hash.SmallFiles;
import dev.hashify.os.Linux;
import dev.hashify.plan.Identity;
import dev.hashify.plan.Member;
import dev.hashify.report.RunMode;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/// What all comparing threads of one store share.
///
/// @param linksPerInodeMax how many names an object may get, head room left
/// @param openFilesMax how many files of a group a thread may have open
/// @param smallFilesMax how many if they are small and nothing is done to them
/// @param objectPaths where objects are, if only equal paths may be names of one inode
/// @param readAhead what was read before groups are examined
record ExaminerScope(
    Linux linux,
    UnifyRequest request,
    Identity identity,
    StoreWork work,
    Outcomes outcomes,
    int linksPerInodeMax,
    int openFilesMax,
    int smallFilesMax,
    Optional<ObjectPaths> objectPaths,
    ReadAhead readAhead) {

  /// The same, but `read` is told what is read, see [Linux#counted].
  ExaminerScope counted(LongConsumer read) {
    return new ExaminerScope(
        linux.counted(read),
        request,
        identity,
        work,
        outcomes,
        linksPerInodeMax,
        openFilesMax,
        smallFilesMax,
        objectPaths,
        readAhead);
  }

  /// How many files like `member` a thread may have open.
  int openFilesMax(Member member) {
    boolean isSmall = member.sizeBytes() <= SmallFiles.SIZE_MAX_BYTES;
    return isSmall && request.mode() == RunMode.DRY ? smallFilesMax : openFilesMax;
  }

  /// How many more names the file can be given.
  int namesLeft(Candidate candidate) {
    // An adopted keeper gets the store's own name besides.
    int own = candidate.object().isPresent() ? 0 : 1;
    return Math.max(0, linksPerInodeMax - candidate.file().stat().links() - own);
  }

  /// What of a file's paths must be equal: nothing, or all of them. Those of an object are not all
  /// known unless they were all seen.
  List<TreePath> pathsOf(Candidate candidate) {
    Member member = candidate.member();
    if (objectPaths.isEmpty()) {
      return List.of();
    }
    if (member.isObject()) {
      return objectPaths
          .get()
          .all(member.inode(), candidate.file().stat().links())
          .orElseGet(() -> List.of(TreePath.of("/" + member.inode())));
    }
    return member.names().stream().map(name -> name.path()).distinct().sorted().toList();
  }

  /// The light key the object of a keeper is named by.
  long keyOf(Member member) {
    return work.table().key(member.names().getFirst().row());
  }

  /// A number for the file that no other file of the run has.
  long fileNumber(Member member) {
    long volume = work.volumeOf(member.names().getFirst().root());
    return work.fileNumber(volume, member.inode());
  }

  /// The fingerprint an earlier run made, if it still holds.
  Optional<Fingerprint> knownFingerprint(Member member) {
    return member.names().isEmpty()
        ? Optional.empty()
        : work.table()
            .fingerprint(member.names().getFirst().row())
            .map(halves -> new Fingerprint(halves[0], halves[1]));
  }

  void rememberFingerprint(Member member, Fingerprint print) {
    for (var name : member.names()) {
      work.table().setFingerprint(name.row(), print.high(), print.low());
    }
  }

  TreePath pathOf(Candidate candidate) {
    return candidate.isKeeperOnly()
        ? work.session()
            .place()
            .child("objects")
            .resolve(TreePath.of(candidate.object().map(Object::toString).orElse("?")))
        : outcomes.hostPath(candidate.member().names().getFirst());
  }
}
