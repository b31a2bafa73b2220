package dev.hashify.engine;

import dev.hashify.file.FileId;
import dev.hashify.file.FileProblem;
import dev.hashify.file.FileStat;
import dev.hashify.file.TreePath;
import dev.hashify.os.Descriptor;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The roots of a run, opened. A root that cannot be opened is a problem and the others are done;
/// one given twice counts once.
final class OpenRoots implements AutoCloseable {

  private final Linux linux;
  private final List<OpenRoot> roots = new ArrayList<>();
  private final List<FileProblem> problems = new ArrayList<>();
  private final Set<FileId> seen = new HashSet<>();

  private OpenRoots(Linux linux) {
    this.linux = linux;
  }

  /// Opens what can be opened.
  static OpenRoots open(Linux linux, List<RootRequest> requests) {
    var roots = new OpenRoots(linux);
    for (var request : requests) {
      roots.open(request);
    }
    return roots;
  }

  private void open(RootRequest request) {
    try {
      Descriptor descriptor = linux.open().directory(request.path());
      try {
        add(request, descriptor);
      } catch (ErrnoException failed) {
        descriptor.close();
        throw failed;
      }
    } catch (ErrnoException failed) {
      problems.add(
          new FileProblem(
              request.path(), "root not used", failed.why(), "the other roots are done"));
    }
  }

  private void add(RootRequest request, Descriptor descriptor) throws ErrnoException {
    FileStat stat = linux.stat().of(descriptor);
    if (!seen.add(stat.id())) {
      descriptor.close();
      return;
    }
    TreePath path = linux.open().realPath(descriptor);
    long volume = linux.volumes().of(descriptor).volumeId();
    roots.add(
        new OpenRoot(
            roots.size(), request.path(), path, descriptor, stat, volume, request.rules()));
  }

  /// The usable roots, by number.
  List<OpenRoot> all() {
    return roots;
  }

  List<Descriptor> descriptors() {
    return roots.stream().map(OpenRoot::descriptor).toList();
  }

  /// What was wrong with the others.
  List<FileProblem> problems() {
    return problems;
  }

  @Override
  public void close() {
    for (var root : roots) {
      root.close();
    }
  }
}
