package dev.hashify.engine;

import dev.hashify.file.TreePath;
import dev.hashify.plan.IdentityKey;
import dev.hashify.report.RunMode;
import dev.hashify.select.RuleList;
import dev.hashify.select.RuleSet;
import dev.hashify.select.ShippedRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes a [UnifyRequest] of what is said and, for the rest, of what the command line takes if
/// nothing is said: the rules `container-root`, files of 16 bytes and more, a guard that needs no
/// decision, and a thread for each processor.
///
/// For one thread; can be used for several requests.
public final class UnifyRequestBuilder {

  private static final long SIZE_BYTES_MIN = 16;

  private final List<TreePath> roots;
  private final List<RuleList> rules = new ArrayList<>();
  private final List<TreePath> stores = new ArrayList<>();
  private final List<TreePath> inside = new ArrayList<>();
  private final Set<IdentityKey> ignored = EnumSet.noneOf(IdentityKey.class);
  private final Set<UnifyFlag> flags = EnumSet.noneOf(UnifyFlag.class);
  private RunMode mode = RunMode.REAL;
  private ShareMethod share = ShareMethod.AUTO;
  private GuardChoice guard = GuardChoice.AUTO;
  private long minSizeBytes = SIZE_BYTES_MIN;
  private Optional<TreePath> index = Optional.empty();
  private int threads = Runtime.getRuntime().availableProcessors();
  private Duration lockWait = Duration.ZERO;
  private Restraints restraints = Restraints.NONE;
  private DiskKind disk = DiskKind.AUTO;
  private boolean hasShippedRules = true;

  UnifyRequestBuilder(List<TreePath> roots) {
    this.roots = List.copyOf(roots);
  }

  /// Says what would be shared and changes nothing.
  public UnifyRequestBuilder dryRun() {
    mode = RunMode.DRY;
    return this;
  }

  public UnifyRequestBuilder share(ShareMethod wanted) {
    share = wanted;
    return this;
  }

  /// What keeps shared files from being written; read what each means before naming one.
  public UnifyRequestBuilder guard(GuardChoice wanted) {
    guard = wanted;
    return this;
  }

  /// A list of rules for all roots, asked after those added before and before the shipped one.
  public UnifyRequestBuilder rules(RuleList list) {
    rules.add(list);
    return this;
  }

  /// Leaves out the shipped list `container-root`.
  public UnifyRequestBuilder withoutShippedRules() {
    hasShippedRules = false;
    return this;
  }

  /// A directory to be the store of the roots on its mount.
  public UnifyRequestBuilder store(TreePath directory) {
    stores.add(directory);
    return this;
  }

  /// A part of the identity that need not be equal.
  public UnifyRequestBuilder ignore(IdentityKey key) {
    ignored.add(key);
    return this;
  }

  public UnifyRequestBuilder flag(UnifyFlag flag) {
    flags.add(flag);
    return this;
  }

  /// A directory whose names count as inside.
  public UnifyRequestBuilder inside(TreePath directory) {
    inside.add(directory);
    return this;
  }

  /// Smaller files are left alone; empty ones always are.
  public UnifyRequestBuilder minSizeBytes(long bytes) {
    minSizeBytes = Math.max(1, bytes);
    return this;
  }

  /// Where the index lies, if not in the store.
  public UnifyRequestBuilder index(TreePath directory) {
    index = Optional.of(directory);
    return this;
  }

  /// How many threads walk and compare.
  ///
  /// @throws IllegalArgumentException if there is to be none
  public UnifyRequestBuilder threads(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("threads (" + count + ") must be at least 1");
    }
    threads = count;
    return this;
  }

  /// How long to wait for another run over a store to end.
  public UnifyRequestBuilder lockWait(Duration wait) {
    lockWait = wait;
    return this;
  }

  /// What is left to others.
  public UnifyRequestBuilder restraints(Restraints wanted) {
    restraints = wanted;
    return this;
  }

  /// What the roots lie on, where the kernel does not know or is not to be believed.
  public UnifyRequestBuilder disk(DiskKind kind) {
    disk = kind;
    return this;
  }

  /// The request.
  public UnifyRequest build() {
    List<RuleList> lists = new ArrayList<>(rules);
    if (hasShippedRules) {
      lists.add(ShippedLists.read(ShippedRules.CONTAINER_ROOT));
    }
    RuleSet set = RuleSet.of(lists);
    return new UnifyRequest(
        mode,
        roots.stream().map(root -> new RootRequest(root, set)).toList(),
        lists.stream().map(RuleList::source).toList(),
        stores,
        share,
        guard,
        ignored,
        minSizeBytes,
        flags,
        inside,
        index,
        threads,
        lockWait,
        restraints,
        disk);
  }
}
