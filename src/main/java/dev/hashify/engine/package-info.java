/// The run: stages, threads, counters, cancellation. The library's front door is [Operations];
/// [LocalOperations] is what it does on this machine.
///
/// # A run
///
/// [UnifyRun] opens the roots, decides where the store of each is, opens stores and indexes, and
/// then, for all stores together, walks, and for each of them compares and shares, records and
/// sweeps. A run without a guard is a dry run that ends with the choices; a dry run never makes a
/// [dev.hashify.link.Linker].
///
/// | stage | class | hands on |
/// |---|---|---|
/// | walk | [DirectoryScan], one per thread | rows of a [dev.hashify.plan.FileTable], or the word that a directory is as recorded |
/// | partners | [Partners] | unchanged directories in which something may match what changed |
/// | group | [dev.hashify.plan.KeyGroups] | inodes of one light key |
/// | compare | [GroupExaminer], one per thread | groups of equal files, open and, in a real run, leased |
/// | share | [LinkingSink], or [CountingSink] in a dry run | outcomes |
/// | compare and share blocks | [CloneExaminer] instead of both, with a [BlockMatcher] | outcomes |
/// | record | [IndexUpdate] | records of the directories in the table |
/// | sweep | [Sweeping] | objects that paths have left |
///
/// # What an earlier run's word is worth
///
/// A record of a directory is believed if it was made under the same rules, options and path (its
/// context) and for each entry as long as inode, size, times, owner, mode and links are the same.
/// It says of each entry what became of it. "Unique" depends on all other files too, so it counts
/// only while the root has taken part in every run of its job since ([SettledRoots]): then whatever
/// changed elsewhere was compared with it, because [Partners] brings it back in; and what another
/// job over the same store adopted meanwhile is brought to it the same way ([Adoptions]). So jobs
/// with roots of their own take turns and each has its fast nights. What was refused for the
/// moment, or failed, is looked at anew each night. Records of directories that could not be read
/// are dropped, with all below: what changed elsewhere meanwhile was not compared with them.
///
/// An entry whose inode is an object is shared whatever its change time says, because our own links
/// move that. Nothing is done to such a path on the strength of a record; and an object that a new
/// file is to share is opened and compared like any other file.
///
/// # Programs in the roots
///
/// [RootProcesses] says who lives in a root and who uses its files; a run says so in its summary.
/// With [UnifyFlag#FREEZE] the [Freezing] of a run is started before anything is touched, and each
/// store has a [FreezingStandstill] that stops the programs around each batch. It sizes the batches
/// by how long the last one took, because a fixed number of paths takes thirty times as long on a
/// loaded machine, or while the Java machine is still cold.
///
/// # Guards
///
/// [GuardPolicy] decides what keeps the shared files of a store from being written: what was asked
/// for if it is possible, else what the store has recorded if that holds for the roots of today,
/// else overlay if container engines' records call every root a read-only layer, else nothing, and
/// the user chooses. A guard that does not hold is never exchanged for another in silence.
/// [OverlayRules] then looks at each root and leaves alone those that a live mount uses or writes
/// to; [GuardWindow] sees that no program uses the roots while the immutable flag is off where that
/// matters, in all roots that ever shared ([SharingRoots]), when a run begins, and [RestStandstill]
/// before and after each batch, because a container may be started meanwhile; [Guarding] gives all
/// objects the store's guard.
///
/// Under an overlay, files of different paths are compared only if no mount can have an index (see
/// [dev.hashify.layers]). The paths of an object are found in the records ([ObjectPaths]); one that
/// also has paths in a root that is not given tonight has unknown ones, so new layers share with
/// each other then and not with it.
///
/// # What is remembered of runs, and who uses which space
///
/// Every run that is not dry adds its figures to its store's [RunHistory], a ring of
/// [RunHistory#RUNS_MAX] small values. On a night without changes that is all that is written: one
/// page of LMDB, committed, and the mark that the index was closed in order.
///
/// [SpaceSurvey] adds up which root uses which content. `status` feeds it the records
/// ([RecordedRoots]) of the roots of all jobs ([RecordedRun]), so it needs no file to be read; of a
/// root only whether it is still there. Lengths are counted, not blocks: a record has no blocks,
/// and two roots that share a file agree about its length.
///
/// [RunFindings] gathers what a run tells beyond its figures. Where the space was is added up as
/// files are shared ([ReclaimedSpace], of bounded size); an example for each reason is the first
/// path that came ([Examples]). Who uses which space and what a laxer identity would bring
/// ([Survey], [LaxerIdentity]) takes a pass over the table and the records of unchanged
/// directories, so it is done only for a listener that [RunListener#wantsSurvey]: a night without a
/// report does not pay.
///
/// # Roots of container engines
///
/// [RootsRun] takes what [dev.hashify.roots] finds and says what each tree is: by the engine's
/// records, by the live mounts, and by who runs in it. It does so before a run and apart from it:
/// roots that are found are given roots, and everything above is asked of them again.
/// [RootPrognosis] asks for the guard what a run would ask. [FoundStores] keeps podman's store
/// where podman's own mounts do not move it to another place each day.
///
/// # Explained apart
///
/// A file without partner that has likes is told what keeps it from them: extended attributes,
/// flags, project (seen when files of one light key are opened), owner ([OwnerTwins], from what the
/// listing says). Content is not read for it. Such a record is looked at again like one of a unique
/// file: when something new has its key ([dev.hashify.file.PathState#isAlone]). It may outlive the
/// likes it speaks of.
///
/// # Explained path by path
///
/// [ExplainRun] answers for single paths, from the records and a look at each path. A decision of
/// the last run is told as such only if the path is as it was recorded and the record was made by
/// the rules and options of the last run; those are recorded ([RecordedRun], for each root those of
/// the last run it took part in, with the problems of the run), so that what was edited since does
/// not change the answer. Else the path is judged now, by the same code as in a run ([DryJudge]),
/// and the answer says that, and what has changed. Who shares and who is alike is one pass over the
/// records ([Relatives]); the nearest likes are opened and compared ([LikeFiles]), because only
/// then is it true that dropping a key would let them share.
///
/// # Sharing blocks
///
/// Where the file system can ([SharePolicy]), equal files share blocks and keep their inodes. Of a
/// file only name and size have to be equal before its content is compared: owner, mode, times,
/// attributes, links, whoever has it open or mapped, all stay as they are and do not matter. There
/// is no lease, journal, temporary or object, and nothing to undo after a kill.
///
/// What shares is remembered by the directory records alone ([dev.hashify.file.PathState#CLONED]),
/// believed while every time of the file is as it was: sharing blocks moves none of them, so
/// whatever does move one is a change. A file changed within two seconds before the run is left
/// undecided, because a write in the same tick would not show; the next run sees from where it lies
/// that it shares, without reading it. The file system is synced before the records are written:
/// Btrfs would sync them alone, and after a power cut nothing about a file that has lost its share
/// would contradict them
/// ([seen](../../../../../test/java/dev/hashify/engine/ReflinkPowerCutTest.java)). [Partners]
/// brings such files back when a new one may be equal. A record made for hard links says nothing
/// about blocks and the other way round: [Settings#context] differs.
///
/// Files that lie in the same blocks are equal ([CloneClass]) and are never read. Then the kernel's
/// own comparison is tried first, one file of each class against the keeper, so that equal files
/// are read once; only classes that differ are told apart by fingerprints, one read each.
///
/// The figure of reclaimed bytes is what FIEMAP says the file alone had before and has no more
/// afterwards, never what the call claims. Blocks of a snapshot or of files outside the roots are
/// not freed and not counted. Of compressed extents (Btrfs) the content they hold is counted, which
/// is more than they take on disk. A dry run cannot know which blocks become free only when the
/// last of several sharers leaves them, and counts those as nothing.
///
/// Measured on four Debian roots (41,884 files, 1.4 GiB) copied without reflinks, no rules, 2 cores
/// under other load, Linux 6.18:
///
/// | | dry | real | night | reclaimed, dry and real | more free in `df` |
/// |---|---|---|---|---|---|
/// | XFS | 8.6 s | 9.8 s | 4.2 s | 760.9 MiB | 756 MiB |
/// | Btrfs | 8.4 s | 10.8 s | 2.4 s | 720.0 MiB | 717 MiB |
///
/// The difference is the index and less than 1 %. Btrfs keeps files up to 2 KiB inside its tree
/// (14,202 of these): nothing of them can be shared.
///
/// **Btrfs subvolumes** have inode numbers and device numbers of their own but one set of blocks:
/// roots on several share through one store. [StoreWork#volumeOf] and [StoreWork#fileNumber] tell
/// their directories and files apart. A read-only subvolume is left alone ([FittingRoots]), as is a
/// root on a read-only mount, however it shares ([WritableRoots]).
///
/// # Order of reading
///
/// Where the devices below a store turn ([dev.hashify.os.BlockDevices], or [DiskKind] says so),
/// groups are examined in a [PhysicalOrder]: in passes of at most a gigabyte, and at most a quarter
/// of the memory that is to be had. The files of a pass are opened, mapped (FIEMAP) and read by one
/// thread in the order of their first extents; each gets a fingerprint and stays in the page cache.
/// Then the groups of the pass are examined as ever, by all threads and from memory, but only what
/// has one fingerprint is compared. A fingerprint decides nothing alone: files share after their
/// bytes were compared, and a file that changed since is seen by its times.
///
/// Passes, because the files that turn out equal, nearly all, are read by the comparison again: a
/// read of the whole disk first would leave nothing of the beginning in memory. Fingerprints,
/// because comparing reads two and more files in turns, and because members that differ are known
/// before a second look. Objects a new file may be equal to are read along. With `--time-limit`
/// groups keep their order, the largest first, and only the files of each pass are sorted.
///
/// Elsewhere ([ReadingOrder#asGrouped]) nothing of this takes place; sysfs is asked once for a
/// store in which something changed.
///
/// # Groups that are too large to have open
///
/// Of a group, 400 files are open at a time, and each lot of these is compared with the keepers of
/// those before. That reads every file once if they are all equal. If the first lot has several
/// contents, the rest is read for fingerprints first, and then each fingerprint is a group of its
/// own, with the objects that have it: no lot meets the objects of all others. A group of more than
/// 128 lots begins with the fingerprints, two numbers a file in the table, because the
/// [dev.hashify.plan.Member] objects of ten million files of one size took 3 GB.
///
/// # How far a run is
///
/// [StageMeter] counts. How much there is to walk is what the last walk of the same job saw; how
/// much to compare, what the groups of the walk have ([GroupProgress]). A group counts when it is
/// done, one of many megabytes while it is read: the system calls tell
/// ([dev.hashify.os.Linux#counted]), and only where there is such a group.
///
/// # Threads
///
/// Walking threads share the table and the lists of [StoreWork], under its lock, once per
/// directory. Comparing threads take groups by number; each has its own buffers and its own batch,
/// and the linker takes one batch at a time. Everything between threads is immutable or locked;
/// events reach the listener one at a time.
@NullMarked
package dev.hashify.engine;

import org.jspecify.annotations.NullMarked;
