/// What earlier runs learnt, and whether it may still be believed.
///
/// Priorities, in this order: never crash the JVM; never say more than what was recorded; be fast
/// on the night when nothing changed; be small. An index is a cache: it may be deleted at any time,
/// it is never converted, and whatever is odd about it makes it empty rather than wrong.
///
/// - [Index] is what the rest of the program knows; [LmdbIndex] keeps it in LMDB, [NoIndex] is
///   empty.
/// - [IndexReader] is one thread's view; [IndexChanges] collects what [Index#write] then writes.
/// - [DirectoryRecord] is a whole directory in one value, compared with a fresh
///   [dev.hashify.file.DirectoryListing] in one go: one look-up per directory, not per file, is
///   what makes a run without changes cheaper than listing the tree with `find`.
///
/// ## Format, version 1
///
/// LMDB 0.9 in `data.mdb` and `lock.mdb`, four named databases. Keys are big endian, so that LMDB's
/// order is numeric order; values are little endian. `volume` and all other 64-bit words whose
/// meaning is not given are the caller's.
///
/// | database | key | value |
/// |---|---|---|
/// | `directory` | volume u64, inode u64 | directory record, below |
/// | `object` | volume u64, inode u64 | size i64, mtime i64 (ns), mode i32, uid i32, gid i32, light key i64, name (1 to 200 bytes UTF-8, to the end) |
/// | `key` | light key u64, volume u64, inode u64 | empty; one row for each row of `object`, same transaction |
/// | `meta` | `format` | version i32, **big** endian |
/// | `meta` | `clean` | one byte: 0 from a run's first write until its orderly close, else 1 |
/// | `meta` | `caller/` and a name of 1 to 200 bytes | the caller's bytes |
///
/// A directory record of *n* entries, *b* bytes of names and *f* fingerprints; 65 bytes an entry
/// besides its name:
///
/// | at | what |
/// |---|---|
/// | 0 | record format, u8: 1; three zero bytes |
/// | 4 | *n*, i32 |
/// | 8 | context, 16 bytes: two i64, high first |
/// | 24 | token, i64 |
/// | 32 | *b*, i32 |
/// | 36 | *f*, i32 |
/// | 40 | five columns of *n* i64: inode, size, mtime (ns), ctime (ns), light key |
/// | 40+40*n* | six columns of *n* i32: mode, links, uid, gid, attributes, end of the name |
/// | 40+64*n* | *n* bytes: state ([dev.hashify.file.PathState]) |
/// | 40+65*n* | the names, one after the other |
/// | 40+65*n*+*b* | *f* times: position of the entry i32, ascending; fingerprint, two i64, high first |
///
/// The volume of a directory is that of its root: on Btrfs, one index has directories of several
/// subvolumes, whose inode numbers repeat.
///
/// Entries are in the order of their inode numbers, unsigned. The end of a name counts from the
/// first name; ends never fall and the last is *b*. The length is exactly what the three counts
/// give. A value that breaks any of this is no record.
///
/// Limits: a record is one array, so a directory has at most some twenty million entries; the index
/// grows up to 64 GiB, or 8 or 1 where address space is limited.
///
/// ## Decisions
///
/// - **Columns**, because the comparison reads the same few fields of all entries, and all names
///   are compared by one vectorised call. Column ends for names, not lengths: 2 bytes more an
///   entry, but any name is found without adding up.
/// - **Byte arrays**, not mapped buffers: one copy per directory, and no LMDB memory can be touched
///   after its transaction. The buffers would need `--add-opens` and crash on misuse.
/// - **The file's length is checked before LMDB maps it** ([DataFile]): a truncated file is a
///   SIGBUS and kills the JVM. For the same reason LMDB's default syncing is kept; without it,
///   after a power cut 16 of 16 files on ext4 and XFS could not be read. Damage inside pages
///   remains; LMDB has no checksums.
/// - **A gate per reader** ([LmdbReader]): closing waits for the call a thread is in, ends its
///   transaction, and only then unmaps.
/// - **Nothing is locked for reading only** (`MDB_NOLOCK`), so that a dry run changes no file. That
///   is sound because the store's lock keeps writers out meanwhile.
/// - **An unusable file is renamed, not deleted**: a mistyped path may hold another program's
///   database.
@NullMarked
package dev.hashify.index;

import org.jspecify.annotations.NullMarked;
