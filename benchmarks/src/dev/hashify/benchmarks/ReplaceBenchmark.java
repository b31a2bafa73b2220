package dev.hashify.benchmarks;

import dev.hashify.file.ExtendedAttributes;
import dev.hashify.file.TreePath;
import dev.hashify.hash.ByteComparer;
import dev.hashify.hash.Comparison;
import dev.hashify.hash.GroupComparison;
import dev.hashify.hash.IdWanted;
import dev.hashify.hash.ReadWatch;
import dev.hashify.link.BatchException;
import dev.hashify.link.BatchRecorder;
import dev.hashify.link.Duplicate;
import dev.hashify.link.Keeper;
import dev.hashify.link.LinkOutcome;
import dev.hashify.link.LinkRoot;
import dev.hashify.link.Linker;
import dev.hashify.link.ShareGroup;
import dev.hashify.os.LeaseCalls;
import dev.hashify.os.Linux;
import dev.hashify.os.NativeSystemCalls;
import dev.hashify.os.OpenFile;
import dev.hashify.plan.Member;
import dev.hashify.plan.MemberPath;
import dev.hashify.store.Access;
import dev.hashify.store.Guard;
import dev.hashify.store.LockHolder;
import dev.hashify.store.ObjectName;
import dev.hashify.store.Store;
import dev.hashify.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// What replacing a path costs, with its part of the batch: object, sync, journal, exchange,
/// checks. Comparing, leases and the index are outside; on a tmpfs a sync costs nothing. `-p
/// place=DIR` takes a disk.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 10, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
public class ReplaceBenchmark {

  private static final int GROUPS = 20;
  private static final int DUPLICATES = 10;

  @Param(MemoryDirectory.USUAL_PLACE)
  public String place = "";

  private final Linux linux = new Linux(new NativeSystemCalls());
  private final ByteComparer comparer = new ByteComparer(linux);
  private final List<OpenFile> files = new ArrayList<>();
  private final List<ShareGroup> groups = new ArrayList<>();
  private @Nullable Path directory;
  private @Nullable Store store;
  private @Nullable LinkRoot root;
  private @Nullable Linker linker;

  @Setup
  public void openStore() throws IOException, StoreException {
    directory = MemoryDirectory.make(place);
    Path top = Files.createDirectory(directory.resolve("root"));
    var path = TreePath.of(top.toString());
    root = new LinkRoot(path, linux.open().directory(path));
    var who = new LockHolder(ProcessHandle.current().pid(), Instant.EPOCH, "benchmark");
    var storePath = TreePath.of(directory.resolve("store").toString());
    store = Store.open(linux, storePath, Access.CHANGE, who);
    linker = new Linker(linux, store, List.of(root), Guard.NONE, BatchRecorder.NONE);
  }

  /// Equal files, open and leased and compared, as a batch has them.
  @Setup(Level.Invocation)
  public void makeGroups() throws IOException {
    for (int group = 0; group < GROUPS; group++) {
      byte[] content = ("content " + group).getBytes(StandardCharsets.US_ASCII);
      var opened = new ArrayList<OpenFile>();
      for (int i = 0; i <= DUPLICATES; i++) {
        Files.write(pathOf(name(group, i)), content);
        opened.add(open(name(group, i)));
      }
      files.addAll(opened);
      groups.add(compared(group, opened));
    }
  }

  private static String name(int group, int number) {
    return "file-" + group + "-" + number;
  }

  private Path pathOf(String name) {
    return Objects.requireNonNull(directory).resolve("root").resolve(name);
  }

  private OpenFile open(String name) throws IOException {
    var parent = Objects.requireNonNull(root).descriptor();
    var file = linux.open().file(parent, TreePath.of(name).bytes());
    if (linux.leases().take(file) != LeaseCalls.Grant.TAKEN) {
      throw new IOException(name + ": no lease");
    }
    return new OpenFile(file, linux.stat().of(file));
  }

  private ShareGroup compared(int group, List<OpenFile> opened) throws IOException {
    OpenFile keeper = opened.getFirst();
    List<OpenFile> others = opened.subList(1, opened.size());
    var answer = comparer.compare(keeper, others, IdWanted.YES, ReadWatch.ALWAYS);
    if (!(answer instanceof GroupComparison.Compared(var id, var answers))) {
      throw new IOException("not compared: " + answer);
    }
    var duplicates = new ArrayList<Duplicate>();
    for (int i = 0; i < others.size(); i++) {
      if (!(answers.get(i) instanceof Comparison.Same(var receipt))) {
        throw new IOException("not equal: " + answers.get(i));
      }
      Member member = member(name(group, i + 1), others.get(i));
      duplicates.add(
          new Duplicate(member, others.get(i), ExtendedAttributes.NONE, receipt, Optional.empty()));
    }
    var object = new ObjectName(id.orElseThrow(), 1, 0);
    return new ShareGroup(
        new Keeper(
            keeper,
            ExtendedAttributes.NONE,
            Optional.of(object),
            Optional.of(member(name(group, 0), keeper))),
        duplicates);
  }

  private static Member member(String name, OpenFile file) {
    var stat = file.stat();
    return new Member(
        stat.inode(),
        stat.sizeBytes(),
        stat.modifiedNanos(),
        stat.changedNanos(),
        false,
        List.of(new MemberPath(0, 0, TreePath.EMPTY, TreePath.of(name))),
        false,
        false);
  }

  @Benchmark
  @OperationsPerInvocation(GROUPS * DUPLICATES)
  public Linker.Result replace() throws BatchException, IOException {
    var result = Objects.requireNonNull(linker).apply(groups);
    for (var outcome : result.outcomes()) {
      if (!(outcome instanceof LinkOutcome.Shared)) {
        throw new IOException("not replaced: " + outcome);
      }
    }
    return result;
  }

  @TearDown(Level.Invocation)
  public void removeGroups() throws IOException {
    for (var group : groups) {
      Objects.requireNonNull(store).forget(group.keeper().objectName());
    }
    groups.clear();
    files.forEach(OpenFile::close);
    files.clear();
    for (int group = 0; group < GROUPS; group++) {
      for (int i = 0; i <= DUPLICATES; i++) {
        Files.delete(pathOf(name(group, i)));
      }
    }
  }

  @TearDown
  public void closeStore() throws IOException {
    comparer.close();
    Objects.requireNonNull(root).descriptor().close();
    Objects.requireNonNull(store).close();
    MemoryDirectory.remove(Objects.requireNonNull(directory));
  }
}
