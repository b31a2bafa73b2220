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
import picocli.CommandLine.Model.CommandSpec;

/// `hashify unify`.
final class UnifyCommand implements Command {

  private boolean dryRun;
  private final StoreOption storeOption = new StoreOption();
  private ShareMethod share = ShareMethod.AUTO;
  private GuardChoice guard = GuardChoice.AUTO;
  private final RuleOptions ruleOptions = new RuleOptions();
  private Set<IdentityKey> ignored = new LinkedHashSet<>();
  private long minSizeBytes = 16;
  private boolean includePrivileged;
  private boolean splitLinks;
  private List<TreePath> inside = new ArrayList<>();
  private boolean skipInUse;
  private boolean includeMounted;
  private boolean freeze;
  private boolean noSweep;
  private Optional<TreePath> index = Optional.empty();
  private int threads = Runtime.getRuntime().availableProcessors();
  private DiskKind disk = DiskKind.AUTO;
  private final RestraintOptions restraintOptions = new RestraintOptions();
  private final OutputOptions outputOptions = new OutputOptions();
  private final LockWaitOption lockWaitOption = new LockWaitOption();
  private List<TreePath> rootsIn = new ArrayList<>();
  private final EngineOption engineOption = new EngineOption();
  private List<TreePath> roots = new ArrayList<>();

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            this,
            "unify",
            "Share equal files of the roots.",
            "A dry run first shows what it would bring, and which guard can keep a write in one"
                + " root from reaching the others.");
    HelpOption.addTo(spec);
    spec.addOption(
        Options.flag(
            "-n",
            "--dry-run",
            typed -> dryRun = typed,
            "Say what would be shared; change nothing."));
    storeOption.addTo(spec);
    addMethod(spec);
    addCandidates(spec);
    addPrecautions(spec);
    addMeans(spec);
    restraintOptions.addTo(spec);
    outputOptions.addTo(spec);
    lockWaitOption.addTo(spec);
    spec.addOption(
        Options.list(
            "--roots-in",
            "DIR",
            Options::path,
            typed -> rootsIn = typed,
            "Every directory in DIR is a root, but lost+found and those whose name begins with a"
                + " dot."));
    engineOption.addTo(spec);
    spec.addPositional(
        Options.paths("ROOT...", 0, typed -> roots = typed, "A directory tree.")
            .hideParamSyntax(true)
            .build());
    return spec;
  }

  /// How files share, and what guards them then.
  private void addMethod(CommandSpec spec) {
    spec.addOption(
        Options.value(
            "--share",
            "auto|reflink|hardlink",
            Words.of(ShareMethod.class),
            typed -> share = typed,
            "How equal files share. Default: auto, what needs no decision of yours.",
            "reflink: their blocks, where the file system can (XFS, Btrfs); every file keeps its"
                + " inode and metadata, and a write to one stays its own. --guard is for hard links"
                + " only.",
            "hardlink: one inode; saves memory too, and needs a guard. What a --guard named"
                + " means."));
    spec.addOption(
        Options.value(
            "--guard",
            "auto|overlay|verity|immutable|none",
            Words.of(GuardChoice.class),
            typed -> guard = typed,
            "What keeps a shared file from being written. Default: auto, what needs no decision of"
                + " yours.",
            "overlay: the roots are lower layers of overlay mounts, where a write makes a copy"
                + " above; auto takes it where a container engine's records say so.",
            "verity: writing a shared file fails in all roots for good, because a seal cannot be"
                + " taken off; owner, mode and times stay shared.",
            "immutable: writing, replacing and deleting a shared file fails in all roots until it"
                + " is released.",
            "none: a write in one root is a write to all."));
  }

  /// Which files share.
  private void addCandidates(CommandSpec spec) {
    ruleOptions.addTo(spec);
    spec.addOption(
        Options.commaList(
            "--ignore",
            "name,mtime,xattr",
            Words.of(IdentityKey.class),
            typed -> ignored = new LinkedHashSet<>(typed),
            "What may differ between files that share; the keeper's is kept."));
    spec.addOption(
        Options.value(
            "--min-size",
            "N",
            new SizeConverter(),
            typed -> minSizeBytes = typed,
            "Leave smaller files alone: 4096, 4k, 1M. Default: 16; empty files never."));
    spec.addOption(
        Options.flag(
            "--include-privileged",
            typed -> includePrivileged = typed,
            "Take set-uid and set-gid files and those with capabilities too."));
    spec.addOption(
        Options.flag(
            "--split-links",
            typed -> splitLinks = typed,
            "Part files from names outside the roots that they have, too."));
    spec.addOption(
        Options.list(
            "--inside",
            "DIR",
            Options::path,
            typed -> inside = typed,
            "Names below DIR do not count as outside: an old hash directory."));
  }

  /// What is done for what goes on meanwhile, and afterwards.
  private void addPrecautions(CommandSpec spec) {
    spec.addOption(
        Options.flag(
            "--skip-in-use",
            typed -> skipInUse = typed,
            "Leave files alone that running programs use."));
    spec.addOption(
        Options.flag(
            "--include-mounted",
            typed -> includeMounted = typed,
            "With overlay: take layers of live mounts too; memory and space come back when the"
                + " container is restarted."));
    spec.addOption(
        Options.flag(
            "--freeze",
            typed -> freeze = typed,
            "Stop the programs that run in the roots for some milliseconds around each batch of"
                + " replacements, so that no write of theirs is lost.",
            "Needs cgroup version 2, and each root's programs in a cgroup of their own."));
    spec.addOption(
        Options.flag(
            "--no-gc",
            typed -> noSweep = typed,
            "Keep objects in the store that no path uses any more."));
  }

  /// What the work is done with.
  private void addMeans(CommandSpec spec) {
    spec.addOption(
        Options.value(
            "--index",
            "DIR",
            Options::path,
            typed -> index = Optional.of(typed),
            "Where to keep what was learnt for the next run. Default: in the store."));
    spec.addOption(
        Options.value(
            "--threads",
            "N",
            Options::number,
            typed -> threads = typed,
            "How many threads work. Default: one for each processor."));
    spec.addOption(
        Options.value(
            "--disk",
            "auto|hdd|ssd",
            Words.of(DiskKind.class),
            typed -> disk = typed,
            "What the roots lie on. Default: auto, what the kernel says of the devices below.",
            "hdd: files are read one after the other in the order they lie in, and compared after."
                + " Say it for a virtual disk that lies on one: the kernel cannot know.",
            "ssd: files are compared as they come, by all threads."));
  }

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
