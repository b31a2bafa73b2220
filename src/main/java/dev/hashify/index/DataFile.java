package dev.hashify.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/// What can be known of LMDB's file without mapping it.
///
/// LMDB maps the file and believes it: a page behind the end of the file is a SIGBUS, which kills
/// the JVM. So the two meta pages are read here first, and what they promise is compared with the
/// file's length. Damage inside the file is not found by this; default syncing does not cause it.
///
/// Offsets are those of `MDB_page`, `MDB_meta` and `MDB_db` in LMDB 0.9's `mdb.c` on 64-bit hosts,
/// in the host's byte order.
final class DataFile {

  /// `DATANAME` of `mdb.c`.
  static final String NAME = "data.mdb";

  /// `MDB_MAGIC`.
  private static final int MAGIC = 0xBEEF_C0DE;

  /// `MDB_DATA_VERSION` of LMDB 0.9.
  private static final int DATA_VERSION = 1;

  /// `P_META`.
  private static final int META_PAGE_FLAG = 0x08;

  /// `MIN_PAGESIZE` is 256, `MAX_PAGESIZE` 64 KiB.
  private static final int PAGE_SIZE_MIN = 256;

  private static final int PAGE_SIZE_MAX = 0x1_0000;

  private static final int PAGE_FLAGS_AT = 10;
  private static final int MAGIC_AT = 16;
  private static final int VERSION_AT = 20;

  /// `md_pad` of the first database: the page size.
  private static final int PAGE_SIZE_AT = 40;

  private static final int FREE_ROOT_AT = 80;
  private static final int MAIN_ROOT_AT = 128;
  private static final int LAST_PAGE_AT = 136;
  private static final int TRANSACTION_AT = 144;
  private static final int META_BYTES = 152;

  /// `P_INVALID`: the root of an empty database.
  private static final long NO_PAGE = -1;

  private DataFile() {}

  /// Whether there is anything in the file. A file of no bytes is one that was just about to be
  /// made, and LMDB takes it as new.
  static boolean isThere(Path file) throws IOException {
    try {
      var attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return !attributes.isRegularFile() || attributes.size() > 0;
    } catch (NoSuchFileException _) {
      return false;
    }
  }

  /// Why LMDB must not open the file, as a phrase; empty if it may.
  static Optional<String> problem(Path file) throws IOException {
    if (!isThere(file)) {
      return Optional.empty();
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of("not a regular file");
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return problem(channel);
    }
  }

  private static Optional<String> problem(FileChannel channel) throws IOException {
    var first = metaPage(channel, 0);
    var wrong = problemOfMeta(first, channel.size());
    if (wrong.isPresent()) {
      return wrong;
    }
    int pageSize = first.getInt(PAGE_SIZE_AT);
    var second = metaPage(channel, pageSize);
    wrong = problemOfMeta(second, channel.size());
    if (wrong.isPresent()) {
      return wrong;
    }
    if (second.getInt(PAGE_SIZE_AT) != pageSize) {
      return Optional.of("its two meta pages contradict each other");
    }
    // As mdb_env_pick_meta: the first unless the second is newer.
    boolean secondIsNewer =
        Long.compareUnsigned(first.getLong(TRANSACTION_AT), second.getLong(TRANSACTION_AT)) < 0;
    return problemOfLength(secondIsNewer ? second : first, channel.size());
  }

  /// The first bytes of the meta page at `position`, fewer than [#META_BYTES] if the file ends.
  private static ByteBuffer metaPage(FileChannel channel, int position) throws IOException {
    var page = ByteBuffer.allocate(META_BYTES).order(ByteOrder.nativeOrder());
    while (page.hasRemaining() && channel.read(page, (long) position + page.position()) >= 0) {
      // A read may give less than was asked for.
    }
    return page.flip();
  }

  private static Optional<String> problemOfMeta(ByteBuffer page, long length) {
    if (page.limit() > MAGIC_AT + 4 && page.getInt(MAGIC_AT) != MAGIC) {
      return Optional.of("not an LMDB file");
    }
    if (page.limit() < META_BYTES) {
      return Optional.of("truncated: " + length + " bytes");
    }
    int version = page.getInt(VERSION_AT);
    if (version != DATA_VERSION) {
      return Optional.of("of LMDB's format " + version + ", not " + DATA_VERSION);
    }
    int pageSize = page.getInt(PAGE_SIZE_AT);
    if ((page.getShort(PAGE_FLAGS_AT) & META_PAGE_FLAG) == 0
        || pageSize < PAGE_SIZE_MIN
        || pageSize > PAGE_SIZE_MAX
        || Integer.bitCount(pageSize) != 1) {
      return Optional.of("its meta page is damaged");
    }
    return Optional.empty();
  }

  private static Optional<String> problemOfLength(ByteBuffer meta, long length) {
    int pageSize = meta.getInt(PAGE_SIZE_AT);
    long lastPage = meta.getLong(LAST_PAGE_AT);
    if (lastPage < 1
        || lastPage >= Long.MAX_VALUE / pageSize
        || !isPage(meta.getLong(FREE_ROOT_AT), lastPage)
        || !isPage(meta.getLong(MAIN_ROOT_AT), lastPage)) {
      return Optional.of("its meta page is damaged");
    }
    if ((lastPage + 1) * pageSize > length) {
      return Optional.of("truncated: " + length / pageSize + " pages of " + (lastPage + 1));
    }
    return Optional.empty();
  }

  private static boolean isPage(long root, long lastPage) {
    return root == NO_PAGE || (root > 1 && root <= lastPage);
  }

  /// Makes the file as long as its newest meta page promises.
  ///
  /// LMDB need not write a page that one transaction both takes and gives back (`P_LOOSE`), so a
  /// sound file may end before its last page; `mdb_env_copyfd0` allows for that too. Nothing reads
  /// such a page, but [#problem] could not tell that file from a truncated one.
  static void extend(Path file, long lastPage, int pageSize) throws IOException {
    long wanted = (lastPage + 1) * pageSize;
    if (Files.size(file) >= wanted) {
      return;
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      if (channel.size() < wanted) {
        // A hole and one zero byte, the last of a page without content.
        channel.write(ByteBuffer.allocate(1), wanted - 1);
      }
    }
  }
}
