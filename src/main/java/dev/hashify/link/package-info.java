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
///    there may be objects it does not know; which they are it hears some thousands at a time
///    ([BatchRecorder]).
/// 2. *Journal*: for each path the temporary's name, the directory, the base name, what is
///    displaced; and which guards come off.
/// 3. *Sync* the file system, the only time in a batch: the objects' data, their names and the
///    record must be down before a path depends on them. Without this a power cut after the first
///    replacement leaves empty files at paths that were safe on the disk (see *After a power cut*).
///    One `syncfs` per batch costs a twenty-fifth of an `fsync` per file.
/// 4. *Replace* path by path ([Replacement]).
/// 5. *Guard* the objects and ask for their leases anew, then *look once more* at every displaced
///    file and its keeper; put back what anybody touched and *drop* the others.
/// 6. Restore the directories' times. The record goes with the sync of a later batch
///    ([EndedBatches]); until then a kill or a power cut finds a batch with nothing left to do.
///
/// Several threads have a batch each, so that a disk that syncs keeps nobody else waiting; but only
/// one is in steps 4 to 6. Two would take each other for strangers in a directory, whose time is
/// looked at when the batch's turn has come, not before: by then it has been put back. So the
/// record cannot hold that time; it is noted behind it with each exchange. On Btrfs there is one
/// batch at a time: 26,000 files took 8.0 s beside each other and 7.4 s one after the other.
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
/// # Guards on objects
///
/// The immutable flag keeps a file from being linked and exchanged, so it is off from step 4 to
/// step 5. A program that opens an object for writing in between has passed the kernel's check and
/// waits for our lease; on XFS and Btrfs it would write although the flag is on by then. Asking for
/// the lease anew finds it (EAGAIN), and the sharing of that group is undone. That helps those who
/// were to share from now on, not those who did before: so on these file systems the run begins
/// only when no program uses the roots (the caller sees to that).
///
/// A seal of fs-verity is in nobody's way and never comes off. It is put on in step 5, after a look
/// of its own at each displaced file, and only on what something shares by then: a seal for nothing
/// would keep a user from writing to his file. The kernel refuses it (ETXTBSY) while somebody has
/// the file open for writing, and then the sharing is undone likewise. It is the journal that
/// remembers objects that a killed run left without their seal.
///
/// # What remains
///
/// A writer that resolved the path before the exchange and opens the file after our last look
/// writes to a file that has no name any more. The late look of step 5 is there to shrink that
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
/// The same for 125 s each on a busier machine, first with the program running on, then with the
/// program frozen from before each exchange until the displaced file is dropped:
///
/// | | writes | tried | shared | lost | then written to the shared inode |
/// |---|---|---|---|---|---|
/// | ext4 | 10,796 | 5,377 | 1,334 | 0 | 849 |
/// | XFS | 13,383 | 7,411 | 2,616 | 0 | 1,502 |
/// | Btrfs | 7,431 | 2,529 | 198 | 0 | 100 |
/// | ext4, frozen | 8,207 | 3,374 | 756 | 0 | 545 |
/// | XFS, frozen | 12,684 | 5,919 | 1,225 | 0 | 854 |
/// | Btrfs, frozen | 10,910 | 4,525 | 552 | 0 | 399 |
///
/// The last column is what no guard means. Comparing, linking and renaming without all this loses
/// 18 to 28 % of the writes. While a replacement was also put back because the *object* had been
/// opened for writing, 11 writes of 7,012 were lost (3,813 times shared): the opener had come
/// through the path itself, and putting it back took the path away from under its write. So that is
/// an objection only where a guard makes the write fail anyway.
///
/// What somebody does to a path between the exchange and the last look is done to the object. If
/// its metadata shows it, all paths of the group are put back and it stays with the keeper: nobody
/// can tell any more through which of its paths it came.
///
/// That window is closed where programs stand still meanwhile ([Standstill]): from before the
/// guards come off until the displaced files are dropped. The same writer, living in the root in a
/// cgroup that is frozen around each batch, lost 0 writes on ext4, XFS and Btrfs. Whoever was
/// waiting to open a file when it was frozen shows as a disturbed lease, and finds what is at the
/// path when it goes on. Where a guard is sound only if nobody is about to open the file, the
/// standstill is demanded, and roots whose programs may run are left alone.
///
/// # After a kill ([Recovery])
///
/// Only the journal is believed. A temporary that is the object's inode is dropped. One that is a
/// displaced inode is dropped only if it is as the journal remembers it (content, owner, mode,
/// time, attributes), equal to what its path reads, and all names of it were exchanged; else it is
/// exchanged back, so that what somebody did to it right before the kill is not lost. If the path
/// has changed as well, or has become something else, it is kept and reported, with what to do.
/// Guards that were off are put on. A damaged journal is never acted on; one that cannot be read is
/// left for the next run.
///
/// *Times of directories.* After each exchange the directory's modification time is noted in the
/// journal, beside the one from before the batch ([OpenDirectory]), with a write that survives a
/// kill. A directory that still has a noted time has been changed by the batch alone and gets its
/// old time back; so does one that a recovery exchanges names in, and one that is killed, too. Any
/// other time is news of somebody else and stays. A kill between an exchange and its note looks the
/// same, so then the time stays moved: these are two system calls of a batch. After a power cut the
/// note may be of another moment than the directory, and then nothing is done either.
///
/// *Records that are not whole.* They are written without a sync of their own, so a power cut, and
/// a kill too, can leave a part of one. Its batch was not begun then, and it is removed; guards are
/// gone through once, in case it was damaged later. If there are temporaries that no record
/// explains, it was damaged, and is kept and reported.
///
/// # Sharing blocks ([Cloner])
///
/// FIDEDUPERANGE compares and shares in one call under the locks of both files, atomic with regard
/// to writes, and changes nothing but where content lies. So none of the above is needed: at every
/// moment every path reads what it read, and a run that is killed has shared some files and not
/// others. A file is done in pieces of 16 MiB, because a writer waits as long as the kernel holds
/// the locks; what the pieces before a difference shared stays shared, and is equal.
///
/// The program that writes one file all the time, against a thread that lets this file share its
/// blocks with a copy all the time, now as keeper and now as duplicate, 150 s each: on XFS 22,611
/// writes, shared 112,280 times, 0 lost; on Btrfs 15,096 writes, shared 42,280 times, 0 lost. No
/// write ever showed in the copy.
///
/// # After a power cut
///
/// Tested by cloning the image under a file system while a run of some ten batches goes on in it,
/// at instants drawn from the calls of the run and by the clock, often right after a sync of ours
/// or of somebody else ([the test](../../../../../test/java/dev/hashify/engine/PowerCutTest.java)).
/// Each clone is mounted, compared with what was there before, mended by the next run, compared
/// again and given to its own `fsck`. A clone has all that the file system had written, in the
/// order it wrote it; a device that loses or reorders what it acknowledged is not tested.
///
/// The sync of step 3 is needed on every file system: with it left out and keepers that were
/// written a moment before, nearly all cuts found paths empty or short that had been on the disk
/// for long, also on ext4, which writes content out by itself before a rename but not before an
/// exchange. So it is with the copies of a break.
///
/// # Breaking
///
/// The copy is made as a file without a name (a kill leaves nothing of it) with all metadata and
/// holes, synced with the journal once per batch, given its name then, and exchanged if the file
/// still has the content, owner, mode, times and attributes that were copied. All names of a copy
/// are exchanged or none; a break that was killed when all were is completed. Names that were hard
/// links of each other before they were shared (the store remembers them) get one copy together.
///
/// A file that shares blocks gets a copy with blocks of its own in the same way, under the same
/// leases and journal; all its names must be below what is broken. What is displaced is then all
/// there is of the old file, so it is looked at once more before it is dropped.
@NullMarked
package dev.hashify.link;

import org.jspecify.annotations.NullMarked;
