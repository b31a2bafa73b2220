package dev.hashify.cli;

import dev.hashify.engine.DiskKind;
import dev.hashify.engine.GuardChoice;
import dev.hashify.engine.RunException;
import dev.hashify.engine.ShareMethod;
import dev.hashify.engine.UnifyFlag;
import dev.hashify.engine.UnifyRequest;
import dev.hashify.file.TreePath;
import dev.hashify.plan.IdentityKey;
import dev.hashify.report.RunMode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hashify unify`.
@Command(
    name = "unify",
    description = {
      "Share equal files of the roots.",
      "A dry run first shows what it would bring, and which guard can keep a write in one root from"
          + " reaching the others."
    })
final class UnifyCommand implements dev.hashify.cli.Command {

  @Mixin HelpOption helpOption = new HelpOption();

  @Option(
      names = {"-n", "--dry-run"},
      description = "Say what would be shared; change nothing.")
  boolean dryRun;

  @Mixin StoreOption storeOption = new StoreOption();

  @Option(
      names = "--share",
      paramLabel = "auto|reflink|hardlink",
      description = {
        "How equal files share. Default: auto, what needs no decision of yours.",
        "reflink: their blocks, where the file system can (XFS, Btrfs); every file keeps its inode"
            + " and metadata, and a write to one stays its own. --guard is for hard links only.",
        "hardlink: one inode; saves memory too, and needs a guard. What a --guard named means."
      })
  ShareMethod share = ShareMethod.AUTO;

  @Option(
      names = "--guard",
      paramLabel = "auto|overlay|verity|immutable|none",
      description = {
        "What keeps a shared file from being written. Default: auto, what needs no decision of"
            + " yours.",
        "overlay: the roots are lower layers of overlay mounts, where a write makes a copy above;"
            + " auto takes it where a container engine's records say so.",
        "verity: writing a shared file fails in all roots for good, because a seal cannot be taken"
            + " off; owner, mode and times stay shared.",
        "immutable: writing, replacing and deleting a shared file fails in all roots until it is"
            + " released.",
        "none: a write in one root is a write to all."
      })
  GuardChoice guard = GuardChoice.AUTO;

  @Mixin RuleOptions ruleOptions = new RuleOptions();

  @Option(
      names = "--ignore",
      paramLabel = "name,mtime,xattr",
      split = ",",
      hideParamSyntax = true,
      description = "What may differ between files that share; the keeper's is kept.")
  Set<IdentityKey> ignored = new LinkedHashSet<>();

  @Option(
      names = "--min-size",
      paramLabel = "N",
      converter = SizeConverter.class,
      description = "Leave smaller files alone: 4096, 4k, 1M. Default: 16; empty files never.")
  long minSizeBytes = 16;

  @Option(
      names = "--include-privileged",
      description = "Take set-uid and set-gid files and those with capabilities too.")
  boolean includePrivileged;

  @Option(
      names = "--split-links",
      description = "Part files from names outside the roots that they have, too.")
  boolean splitLinks;

  @Option(
      names = "--inside",
      paramLabel = "DIR",
      description = "Names below DIR do not count as outside: an old hash directory.")
  List<TreePath> inside = new ArrayList<>();

  @Option(names = "--skip-in-use", description = "Leave files alone that running programs use.")
  boolean skipInUse;

  @Option(
      names = "--include-mounted",
      description =
          "With overlay: take layers of live mounts too; memory and space come back when the"
              + " container is restarted.")
  boolean includeMounted;

  @Option(
      names = "--freeze",
      description = {
        "Stop the programs that run in the roots for some milliseconds around each batch of"
            + " replacements, so that no write of theirs is lost.",
        "Needs cgroup version 2, and each root's programs in a cgroup of their own."
      })
  boolean freeze;

  @Option(names = "--no-gc", description = "Keep objects in the store that no path uses any more.")
  boolean noSweep;

  @Option(
      names = "--index",
      paramLabel = "DIR",
      description = "Where to keep what was learnt for the next run. Default: in the store.")
  Optional<TreePath> index = Optional.empty();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many threads work. Default: one for each processor.")
  int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--disk",
      paramLabel = "auto|hdd|ssd",
      description = {
        "What the roots lie on. Default: auto, what the kernel says of the devices below.",
        "hdd: files are read one after the other in the order they lie in, and compared after."
            + " Say it for a virtual disk that lies on one: the kernel cannot know.",
        "ssd: files are compared as they come, by all threads."
      })
  DiskKind disk = DiskKind.AUTO;

  @Mixin RestraintOptions restraintOptions = new RestraintOptions();

  @Mixin OutputOptions outputOptions = new OutputOptions();

  @Mixin LockWaitOption lockWaitOption = new LockWaitOption();

  @Option(
      names = "--roots-in",
      paramLabel = "DIR",
      description =
          "Every directory in DIR is a root, but lost+found and those whose name begins with a"
              + " dot.")
  List<TreePath> rootsIn = new ArrayList<>();

  @Mixin EngineOption engineOption = new EngineOption();

  @Parameters(
      paramLabel = "ROOT...",
      hideParamSyntax = true,
      arity = "0..*",
      description = "A directory tree.")
  List<TreePath> roots = new ArrayList<>();

  @Override
  public ExitCode run(Session session)
      throws UsageException, NothingTouchedException, RunException, InterruptedException {
    outputOptions.check();
    if (roots.isEmpty() && rootsIn.isEmpty() && engineOption.engines.isEmpty()) {
      throw new UsageException(
          "no ROOT given; name directories, or the one they are in with" + " --roots-in");
    }
    if (share == ShareMethod.REFLINK && guard != GuardChoice.AUTO) {
      throw new UsageException(
          "--share reflink needs no --guard: the file system keeps a write to one file from the"
              + " others; leave out one of the two");
    }
    if (threads < 1) {
      throw new UsageException("--threads must be at least 1");
    }
    List<TreePath> named = new ArrayList<>(roots);
    named.addAll(rootsIn);
    EngineRoots found = EngineRoots.find(session, engineOption, named, mounted());
    if (!outputOptions.quiet) {
      found.notes().forEach(note -> session.say(Weight.NOTE, note));
    }
    List<TreePath> allRoots = Roots.of(roots, rootsIn, found.paths());
    ruleOptions.rulesFor.addAll(found.rulesFor());
    inside.addAll(found.inside());
    RuleLists rules = RuleLists.read(ruleOptions, session.outside().defaultRules(), allRoots);
    session.warn(rules.warnings());
    return new UnifyRun(session, outputOptions).run(request(allRoots, rules, found));
  }

  /// Only the guard that is an overlay looks at who has a layer mounted.
  private EngineRoots.Mounted mounted() {
    boolean isLookedAt = guard == GuardChoice.AUTO || guard == GuardChoice.OVERLAY;
    return isLookedAt || includeMounted
        ? EngineRoots.Mounted.LEFT_TO_THE_RUN
        : EngineRoots.Mounted.LEFT_OUT;
  }

  private UnifyRequest request(List<TreePath> allRoots, RuleLists rules, EngineRoots found) {
    return new UnifyRequest(
        dryRun ? RunMode.DRY : RunMode.REAL,
        allRoots.stream().map(rules::request).toList(),
        rules.names(),
        storeOption.stores.isEmpty() ? found.stores() : storeOption.stores,
        share,
        guard,
        ignored,
        Math.max(1, minSizeBytes),
        flags(),
        inside,
        index,
        threads,
        lockWaitOption.lockWait,
        restraintOptions.restraints(),
        disk);
  }

  private Set<UnifyFlag> flags() {
    Set<UnifyFlag> flags = EnumSet.noneOf(UnifyFlag.class);
    if (includePrivileged) {
      flags.add(UnifyFlag.INCLUDE_PRIVILEGED);
    }
    if (splitLinks) {
      flags.add(UnifyFlag.SPLIT_LINKS);
    }
    if (skipInUse) {
      flags.add(UnifyFlag.SKIP_IN_USE);
    }
    if (includeMounted) {
      flags.add(UnifyFlag.INCLUDE_MOUNTED);
    }
    if (freeze) {
      flags.add(UnifyFlag.FREEZE);
    }
    if (noSweep) {
      flags.add(UnifyFlag.NO_SWEEP);
    }
    return flags;
  }
}
