package dev.hashify.engine;

import dev.hashify.file.DirectoryListing;
import dev.hashify.file.FileProblem;
import dev.hashify.file.TreePath;
import dev.hashify.os.Descriptor;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import dev.hashify.os.Mount;
import dev.hashify.os.Mounts;
import dev.hashify.report.ProbeReport;
import dev.hashify.report.ProbeReport.MountReport;
import dev.hashify.report.ProbeReport.Trial;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Tries on each mount what sharing, guarding and replacing need, with files of its own in a
/// directory of its own, which it removes again.
final class ProbeRun {

  private static final int PRIVATE = 0700;

  private final Environment environment;
  private final Linux linux;
  private final List<TreePath> directories;
  private final RunListener listener;
  private final Cancellation cancellation;
  private final List<MountReport> mounts = new ArrayList<>();
  private final List<FileProblem> problems = new ArrayList<>();
  private final Set<Long> seen = new HashSet<>();

  ProbeRun(
      Environment environment,
      List<TreePath> directories,
      RunListener listener,
      Cancellation cancellation) {
    this.environment = environment;
    this.linux = environment.linux();
    this.directories = List.copyOf(directories);
    this.listener = listener;
    this.cancellation = cancellation;
  }

  ProbeReport run() throws RunException {
    Mounts known;
    try {
      known = Mounts.read();
    } catch (IOException failed) {
      throw new RunException.Unusable("/proc/self/mountinfo: not read: " + failed.getMessage());
    }
    for (var path : directories) {
      if (!cancellation.isRequested()) {
        probe(path, known);
      }
    }
    return new ProbeReport(mounts, problems, cancellation.isRequested());
  }

  private void probe(TreePath path, Mounts known) {
    try (var directory = linux.open().directory(path)) {
      long id = linux.stat().of(directory).mountId();
      if (seen.add(id)) {
        probe(path, directory, known.byId(id));
      }
    } catch (ErrnoException failed) {
      problems.add(new FileProblem(path, "nothing tried", failed.why(), "nothing was written"));
    }
  }

  private void probe(TreePath path, Descriptor directory, Optional<Mount> mount)
      throws ErrnoException {
    String name = ".hashify-probe-" + HexFormat.of().toHexDigits(environment.random().nextLong());
    byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
    listener.note("trying in " + path.child(name) + ", which is removed again");
    linux.names().makeDirectory(directory, bytes, PRIVATE);
    List<Trial> trials = new ArrayList<>();
    try (var own = linux.open().subdirectory(directory, bytes)) {
      try {
        trials.addAll(new Trials(linux, own).all());
      } finally {
        empty(path.child(name), directory, bytes);
      }
    } finally {
      remove(path.child(name), directory, bytes);
    }
    trials.addAll(HostTrials.all());
    mounts.add(report(path, mount, trials));
  }

  /// Opened anew: Btrfs lists only what was there when a directory was opened.
  private void empty(TreePath path, Descriptor parent, byte[] name) throws ErrnoException {
    var listing = new DirectoryListing();
    try (var own = linux.open().subdirectory(parent, name)) {
      linux.stat().list(own, listing);
      for (int i = 0; i < listing.count(); i++) {
        try {
          linux.names().unlink(own, listing.name(i));
        } catch (ErrnoException failed) {
          problems.add(leftOver(path.child(listing.name(i)), failed));
        }
      }
    }
  }

  private void remove(TreePath path, Descriptor directory, byte[] name) {
    try {
      linux.names().removeDirectory(directory, name);
    } catch (ErrnoException failed) {
      problems.add(leftOver(path, failed));
    }
  }

  private static FileProblem leftOver(TreePath path, ErrnoException failed) {
    return new FileProblem(path, "not removed", failed.why(), "remove it by hand");
  }

  private MountReport report(TreePath path, Optional<Mount> mount, List<Trial> trials)
      throws ErrnoException {
    String automatic;
    List<String> choices = List.of();
    List<String> next = List.of("unify", "--dry-run", path.toString());
    switch (automatic(path)) {
      case GuardDecision.Taken(var guard) -> {
        automatic = guard.isForHardLinks() ? "hard links, guard " + guard.text() : "reflinks";
        next = List.of("unify", path.toString());
      }
      case GuardDecision.UserMustChoose(var lines) -> {
        automatic = "nothing, it asks you to choose:";
        choices = lines;
      }
      case GuardDecision.Impossible(var why) -> automatic = "nothing: " + why;
    }
    return new MountReport(
        path,
        mount.map(Mount::point).orElse(path),
        mount.map(Mount::type).orElse("unknown"),
        trials,
        automatic,
        choices,
        next);
  }

  /// What a run over the directory alone would take by itself, were there no store yet.
  private GuardDecision automatic(TreePath path) throws ErrnoException {
    var request = request(path);
    try (var roots = OpenRoots.open(linux, request.roots())) {
      if (roots.all().isEmpty()) {
        return new GuardDecision.Impossible(roots.problems().getFirst().toString());
      }
      var question = new GuardPolicy.Question(path, roots.all(), Optional.empty());
      var reflinks = linux.volumes().reflinks(roots.all().getFirst().descriptor());
      return new SharePolicy(linux, request)
          .decide(new SharePolicy.Known(question, false, reflinks));
    }
  }

  /// What a command line without options asks for.
  private static UnifyRequest request(TreePath path) {
    return UnifyRequest.over(List.of(path))
        .withoutShippedRules()
        .minSizeBytes(1)
        .threads(1)
        .build();
  }
}
