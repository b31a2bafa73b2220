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
/// | record | [IndexUpdate] | records of the directories in the table |
/// | sweep | [Sweeping] | objects that paths have left |
///
/// # What an earlier run's word is worth
///
/// A record of a directory is believed if it was made under the same rules, options and path (its
/// context) and for each entry as long as inode, size, times, owner, mode and links are the same.
/// It says of each entry what became of it. "Unique" depends on all other files too, so it counts
/// only while the root has taken part in every run since ([SettledRoots]): then whatever changed
/// elsewhere was compared with it, because [Partners] brings it back in. What was refused for the
/// moment, or failed, is looked at anew each night. Records of directories that could not be read
/// are dropped, with all below: what changed elsewhere meanwhile was not compared with them.
///
/// An entry whose inode is an object is shared whatever its change time says, because our own links
/// move that. Nothing is done to such a path on the strength of a record; and an object that a new
/// file is to share is opened and compared like any other file.
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
