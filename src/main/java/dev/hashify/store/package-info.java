/// The hash directory: objects, their names, adoption, sweep, verification, and the journal.
///
/// # Layout
///
/// ```
/// <store>/        0700
///   CACHEDIR.TAG  lets backups omit it
///   format        "hashify store 1", digest, way of sharing, guard
///   lock          locked by whoever uses the store; says who changes it
///   index/        what earlier runs learnt; not looked at from here
///   objects/ab/<62 hex of the SHA-256>-<16 hex of the other identity keys>-<generation>
///   tmp/          t-<run>-<counter> names of steps, g-<object> objects in the hand of a sweep
///   journal/      t-<run>-<counter> one file for each batch in hand
///   damaged/      what was taken out of use; nothing is ever removed from it
/// ```
///
/// An object is a file of a root with one more name, never a copy; its name alone holds content id
/// and identity, so an index can be made anew from the store. The directory is for its owner only:
/// objects keep their owners and modes, and whoever could reach them here would pass by the
/// permissions of the directories they came from. A store that others may write to is not changed.
///
/// **One shard level**, 256 directories made when first needed. Two levels are 65,536 directories,
/// 256 MiB on ext4, more than a small store saves. With one, ten million objects are 39,000 entries
/// a directory, which the hashed directories of ext4 and the trees of XFS and Btrfs serve well.
///
/// **The lock** is one of the open file (`F_OFD_SETLK`), so it ends with whoever holds it, however
/// that ends. It is taken before anything is believed. Text is written by who holds it alone and
/// taken back on closing; readers leave none.
///
/// **The format** is the last thing made in a new store and always replaced whole. A directory
/// without one is made a store only if it is empty or holds nothing but what such a making leaves.
/// A format, digest or guard this version does not know is left alone.
///
/// **A store for reflinks** ([Guard#FILE_SYSTEM]) holds no objects: the directories stay empty but
/// for the moment of a break, and the index is all there is. Losing the index costs a look at where
/// each file lies. The other way, one more file for each content that the others are compared with,
/// would cost an inode and its name for each group: 8,672 on XFS and 4,950 on Btrfs for four Debian
/// roots with 41,884 files (a fifth more inodes, 4.2 MiB on XFS), would make each group one file
/// larger to walk and compare, and would keep content on disk that no path has any more until a
/// sweep. Nothing would be gained: the kernel compares with any file that has the content.
///
/// # What holds whatever fails
///
/// - Only names inside the store are made, moved or unlinked. A path of a root that shares an
///   object keeps it even if the whole store is deleted.
/// - Every call is on an open directory of the store and a single name; symbolic links are never
///   followed, so a path put in place of an object or a directory leads nowhere. What the store did
///   not put there is told and left.
/// - [Store#adopt] is one `linkat`: done or not done.
/// - [Sweep] renames an object aside before it asks for its number of names, because between asking
///   and unlinking at its place somebody could find and share it. A kill leaves a `g-` name from
///   which [Sweep#finishInterrupted] puts it back.
/// - [Journal] records are whole before the first step of their batch, and never acted on if they
///   are not. What is noted behind a record while its batch is in hand has checksums of its own,
///   and says nothing if they are wrong.
/// - [Repair] moves damaged objects away; bytes are never rewritten and nothing is deleted.
///
/// An immutable file can be neither linked nor renamed, so the guard is taken off an object for the
/// moment of a change. For a batch, [JournalGuard] remembers it; for a sweep, only objects without
/// other names lose it, and those that come back get it again; for taking out of use, see
/// [Repair#guardDamaged].
///
/// A seal of fs-verity is different: a sealed file can be linked, renamed and dropped like any
/// other, and nothing takes the seal off. So it is only ever put on.
///
/// **A seal moves the modification time** on ext4: enabling fs-verity cuts off blocks past the end
/// of the file first, and that counts as a change of it (Linux 6.1, measured; Btrfs moves no time).
/// It is put back at once, which a sealed file allows, and [JournalGuard] holds it while that has
/// not been done for certain: no object is sealed without its time in a synced record. A recovery
/// sets it again on objects that are sealed already; so what somebody did to the time of such an
/// object between the kill and the next run is taken back. A seal is trusted only after [SealProbe]
/// has seen that it holds: on Btrfs the super-user can truncate a sealed file.
///
/// Everything goes through [dev.hashify.os.Linux], so that tests can fail or end each call.
@NullMarked
package dev.hashify.store;

import org.jspecify.annotations.NullMarked;
