/// The only code that changes a root: compare, guard, replace, break.
///
/// # What is promised
///
/// Whatever fails and whenever the process ends, every path that existed still exists and reads the
/// bytes it had, or those a program wrote to it meanwhile; and nothing a user can see of it changes
/// but inode number, link count and ctime.
///
/// # The order of a batch ([Linker])
///
/// Keepers and duplicates are open and under read leases since before they were compared, until the
/// end.
///
/// 1. *Adopt*: each keeper's own inode gets a name in the store. The index is told before that
///    there may be objects it does not know, and again when it knows them all.
/// 2. *Sync* the file system once. Without this a power cut after the first replacement leaves
///    empty files on XFS and Btrfs (20 of 20 measured): the object's data must be down before a
///    path depends on it. One `syncfs` per batch costs a twenty-fifth of an `fsync` per file.
/// 3. *Record* new objects in the index.
/// 4. *Journal*, synced: for each path the temporary's name, the directory, the base name, what is
///    displaced; and which guards come off.
/// 5. *Replace* path by path ([Replacement]).
/// 6. *Guard* the objects, then *look once more* at every displaced file and its keeper; put back
///    what anybody touched and *drop* the others.
/// 7. Restore the directories' times, end the journal.
///
/// # Replacing one path
///
/// The object is linked to a temporary in the store's `tmp` (the same mount, so no foreign name
/// ever appears in a root and a name of 255 bytes is no trouble), checked to be the object and not
/// the duplicate itself (renaming an inode onto itself does nothing), and exchanged with the path
/// by `renameat2(RENAME_EXCHANGE)`: at no moment does the path lack a file. What came out is looked
/// at: same inode, size, times, owner, mode, link count, extended attributes, lease undisturbed and
/// granted anew. If anything moved, it is exchanged back. If somebody put a new file at the path
/// meanwhile, the new file stays and the displaced one is what that somebody replaced.
///
/// All names of an inode move together or not at all.
///
/// # What remains
///
/// A writer that resolved the path before the exchange and opens the file after our last look
/// writes to a file that has no name any more. The late look of step 6 is there to shrink that
/// window. A `chmod` or `setxattr` in the same window is lost likewise.
///
/// Measured with a process that writes one file all the time (in place, truncated, replaced by
/// rename, mapped) and looks after each write whether the path shows it, against a linker that
/// shares this file over and over without a guard; 45 s each, Linux 6.18, 2 cores under other load,
/// November 2026:
///
/// | | writes | tried | shared | refused | lost | then written to the shared inode |
/// |---|---|---|---|---|---|---|
/// | ext4 | 7,410 | 5,376 | 3,602 | 1,774 | 0 | 2,003 |
/// | XFS | 6,703 | 4,502 | 2,961 | 1,541 | 0 | 1,513 |
/// | Btrfs | 8,660 | 5,940 | 3,084 | 2,856 | 0 | 2,053 |
///
/// The last column is what no guard means. Comparing, linking and renaming without all this loses
/// 18 to 28 % of the writes. While a replacement was also put back because the *object* had been
/// opened for writing, 11 writes of 7,012 were lost (3,813 times shared): the opener had come
/// through the path itself, and putting it back took the path away from under its write. So that is
/// an objection only where a guard makes the write fail anyway.
///
/// What somebody does to a path between the exchange and the last look is done to the object. If
/// its metadata shows it, all paths of the group are put back and it stays with the keeper: nobody
/// can tell any more through which of its paths it came. A directory's time may stay moved after a
/// kill: the journal does not know whether others moved it too.
///
/// # After a kill ([Recovery])
///
/// Only the journal is believed. A temporary that is the object's inode is dropped. One that is a
/// displaced inode is dropped only if it is equal to what its path reads, and all names of it were
/// exchanged; else it is exchanged back; if the path has become something else, it is kept and
/// reported. Guards that were off are put on. A damaged journal is never acted on; one that cannot
/// be read is left for the next run.
///
/// # Breaking
///
/// The copy is made as a file without a name (a kill leaves nothing of it) with all metadata and
/// holes, synced once per batch, given its name once the journal knows it, and then exchanged. All
/// names of a copy are exchanged or none; a break that was killed when all were is completed. Names
/// that were hard links of each other before they were shared (the store remembers them) get one
/// copy together.
@NullMarked
package dev.hashify.link;

import org.jspecify.annotations.NullMarked;
