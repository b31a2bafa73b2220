package dev.hashify.engine;

import dev.hashify.file.Errno;
import dev.hashify.file.TreePath;
import dev.hashify.os.Descriptor;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.InodeFlags;
import dev.hashify.os.LeaseCalls.Grant;
import dev.hashify.os.Linux;
import dev.hashify.report.ProbeReport.Answer;
import dev.hashify.report.ProbeReport.Mechanism;
import dev.hashify.report.ProbeReport.Trial;
import dev.hashify.store.LinkLimits;
import dev.hashify.store.SealProbe;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Tries what a file system can do, with real files in an empty directory.
final class Trials {

  private static final int MODE = 0600;

  /// Several blocks on every file system, and too much for Btrfs to keep beside the inode.
  private static final int CONTENT_BYTES = 64 << 10;

  private final Linux linux;
  private final Descriptor directory;
  private int files;

  Trials(Linux linux, Descriptor directory) {
    this.linux = linux;
    this.directory = directory;
  }

  private interface Attempt {
    Trial make() throws ErrnoException;
  }

  List<Trial> all() {
    return List.of(
        attempt(Mechanism.REFLINK, this::reflink),
        attempt(Mechanism.VERITY, this::verity),
        attempt(Mechanism.IMMUTABLE, this::immutable),
        attempt(Mechanism.LINKS, this::links),
        attempt(Mechanism.LEASES, this::leases),
        attempt(Mechanism.EXCHANGE, this::exchange),
        attempt(Mechanism.UNNAMED, this::unnamed));
  }

  /// Whatever the kernel answers is an answer.
  private static Trial attempt(Mechanism mechanism, Attempt attempt) {
    try {
      return attempt.make();
    } catch (ErrnoException failed) {
      return new Trial(mechanism, Answer.NO, failed.call().manualName() + ": " + failed.why());
    }
  }

  private record Named(TreePath path, Descriptor descriptor) implements AutoCloseable {
    byte[] name() {
      return path.bytes();
    }

    @Override
    public void close() {
      descriptor.close();
    }
  }

  private Named file() throws ErrnoException {
    var name = TreePath.of("file-" + files++);
    Descriptor file = linux.open().create(directory, name.bytes(), MODE);
    try {
      byte[] content = new byte[CONTENT_BYTES];
      Arrays.fill(content, (byte) 'h');
      linux.content().writeAll(file, content, 0);
      linux.content().sync(file);
      return new Named(name, file);
    } catch (ErrnoException failed) {
      file.close();
      throw failed;
    }
  }

  private Trial reflink() throws ErrnoException {
    return new ReflinkProbe(linux, directory)
        .objection()
        .map(why -> new Trial(Mechanism.REFLINK, Answer.NO, why))
        .orElseGet(
            () -> new Trial(Mechanism.REFLINK, Answer.YES, "two files share their blocks now"));
  }

  private Trial verity() {
    return new SealProbe(linux)
        .objection(directory)
        .map(why -> new Trial(Mechanism.VERITY, Answer.NO, why))
        .orElseGet(() ->
            new Trial(Mechanism.VERITY, Answer.YES, "a file was sealed; no seal comes off again"));
  }

  private Trial immutable() throws ErrnoException {
    try (var file = file()) {
      Descriptor open = file.descriptor();
      int before = linux.attributes().flags(open);
      linux.attributes().setFlags(open, before | InodeFlags.IMMUTABLE);
      boolean isRevoked = false;
      try {
        linux.content().writeAll(open, new byte[] {'w'}, 0);
      } catch (ErrnoException failed) {
        isRevoked = failed.is(Errno.EPERM);
      } finally {
        linux.attributes().setFlags(open, before);
      }
      return new Trial(
          Mechanism.IMMUTABLE,
          Answer.YES,
          isRevoked
              ? "set and cleared; a file that was open for writing could not be written any more"
              : "set and cleared; a file that was open for writing could still be written, so it"
                  + " needs stopped or frozen roots");
    } catch (ErrnoException failed) {
      boolean isForbidden = failed.is(Errno.EPERM) || failed.is(Errno.EACCES);
      return new Trial(
          Mechanism.IMMUTABLE,
          Answer.NO,
          failed.why() + (isForbidden ? "; only for the superuser" : ""));
    }
  }

  private Trial links() throws ErrnoException {
    int most = LinkLimits.usable(linux.volumes().of(directory));
    return new Trial(
        Mechanism.LINKS,
        Answer.YES,
        "known limit, not tried: "
            + (most > 1_000_000 ? "more than a million" : most)
            + " names before a second object is begun");
  }

  private Trial leases() throws ErrnoException {
    try (var file = file()) {
      Grant whileWriting;
      try (var reader = linux.open().file(directory, file.name())) {
        whileWriting = linux.leases().take(reader);
      }
      file.descriptor().close();
      try (var reader = linux.open().file(directory, file.name())) {
        Grant alone = linux.leases().take(reader);
        boolean isGood = whileWriting == Grant.HAS_WRITERS && alone == Grant.TAKEN;
        return new Trial(
            Mechanism.LEASES,
            isGood ? Answer.YES : Answer.NO,
            isGood
                ? "a lease was taken, and refused while the file was open for writing"
                : "while the file was open for writing: "
                    + whileWriting
                    + ", afterwards: "
                    + alone);
      }
    }
  }

  private Trial exchange() throws ErrnoException {
    try (var first = file();
        var second = file()) {
      linux.names().exchange(directory, first.name(), directory, second.name());
      boolean isExchanged =
          linux
              .stat()
              .of(directory, first.name())
              .sharesInodeWith(linux.stat().of(second.descriptor()));
      return new Trial(
          Mechanism.EXCHANGE,
          isExchanged ? Answer.YES : Answer.NO,
          isExchanged ? "two names were exchanged in one step" : "nothing was exchanged");
    }
  }

  private Trial unnamed() throws ErrnoException {
    try (var file = linux.open().createUnnamed(directory, MODE)) {
      linux.names().linkOpenFile(file, directory, "named".getBytes(StandardCharsets.US_ASCII));
      return new Trial(
          Mechanism.UNNAMED, Answer.YES, "a file was made without a name and given one");
    }
  }
}
