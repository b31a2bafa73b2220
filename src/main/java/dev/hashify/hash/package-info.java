/// Reading content: comparing bytes, naming content by its SHA-256, telling contents apart cheaply.
///
/// Every file is read once, from its first byte to its last, in pieces of
/// [dev.hashify.os.ReadBuffer#SIZE_BYTES] into reused buffers. No mapping (8 to 11 times slower,
/// and a file that shrinks kills the reader), no reading of whole files into memory but small ones.
///
/// - [ByteComparer] reads one keeper beside all its duplicates and, on the way, makes the keeper's
///   [dev.hashify.file.ContentId]. For each equal pair it makes a [SameBytes] receipt, which
///   nothing else can make and without which nothing can be shared.
/// - [ContentDigest] makes the ids: with OpenSSL's libcrypto where the host has it, else with the
///   JDK's digest through commons-codec. The JDK's is fast only in code of the optimizing compiler,
///   without which everything else of a run takes a fifth less (the figures are in
///   benchmarks/README.md); the launcher leaves that compiler on where it finds no libcrypto.
/// - [Fingerprints] tells the members of a mixed group apart, one read each, so that no group is
///   compared pair by pair. A fingerprint is never proof of equality.
///
/// - [SmallFiles] tells files of up to 32 KiB apart by their bytes, one read each. Of a million
///   small files told apart by size alone each was read 2.3 times before, which took a fifth of the
///   run.
///
/// A file whose size, inode, mtime or ctime is not the same after reading as before yields nothing:
/// what was read may be of two versions. Errors of one file are values ([ReadFailure]), not
/// exceptions.
@NullMarked
package dev.hashify.hash;

import org.jspecify.annotations.NullMarked;
