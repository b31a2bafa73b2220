package dev.hashify.index;

import static org.lmdbjava.DbiFlags.MDB_CREATE;

import dev.hashify.file.Errno;
import java.io.File;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.lmdbjava.ByteArrayProxy;
import org.lmdbjava.Dbi;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.LmdbException;
import org.lmdbjava.LmdbNativeException;
import org.lmdbjava.Txn;

/// The open LMDB environment and its four databases.
///
/// @param env to be closed once, after every transaction
record Databases(
    Env<byte[]> env, Dbi<byte[]> directory, Dbi<byte[]> object, Dbi<byte[]> key, Dbi<byte[]> meta)
    implements AutoCloseable {

  /// How large the index may grow. A map takes address space, not memory or disk; smaller ones are
  /// tried where the process has a limit on it (`ulimit -v`).
  static final long[] MAP_BYTES = {64L << 30, 8L << 30, 1L << 30};

  /// LMDB refuses more readers than it was told of; one thread has one.
  private static final int READERS_MAX = 512;

  private static final int FILE_MODE = 0600;

  private static final byte[] DIRECTORY = name("directory");
  private static final byte[] OBJECT = name("object");
  private static final byte[] KEY = name("key");
  private static final byte[] META = name("meta");

  /// There is a file, but what it holds cannot be used; the message says why, as a phrase.
  static final class UnusableException extends Exception {

    private static final long serialVersionUID = 1;

    private final String why;

    UnusableException(String why) {
      super(why);
      this.why = why;
    }

    String why() {
      return why;
    }
  }

  private static byte[] name(String name) {
    return name.getBytes(StandardCharsets.US_ASCII);
  }

  /// Opens what is in `directory`, and makes the databases if there are none and it is opened for
  /// writing. Without, an index in which nothing was ever made is unusable.
  static Databases open(Path directory, Access access, long[] mapBytes)
      throws IndexException, UnusableException {
    var place = nativePath(directory);
    try {
      var env = openEnv(place, access, mapBytes);
      try {
        return openDatabases(env, access);
      } catch (LmdbException | UnusableException e) {
        env.close();
        throw e;
      }
    } catch (LmdbException e) {
      if (isAboutContent(e)) {
        throw new UnusableException(text(e));
      }
      throw new IndexException(Messages.of(directory, "not opened", text(e)), e);
    } catch (LinkageError e) {
      // Also thrown by every later use of the class whose initialisation failed.
      throw new IndexException(
          Messages.of(directory, "not opened", "LMDB's native library cannot be loaded")
              + " from "
              + System.getProperty("java.io.tmpdir")
              + "; if that is mounted noexec, set -Dlmdbjava.extract.dir to a directory that is"
              + " not, or -Dlmdbjava.native.lib to an installed liblmdb.so",
          e);
    }
  }

  /// The path as text that becomes the same bytes again when LMDB's binding encodes it as UTF-8;
  /// [Path#toString] does not when the locale is C.
  private static File nativePath(Path directory) throws IndexException {
    byte[] bytes = Messages.bytes(directory);
    var text = new String(bytes, StandardCharsets.UTF_8);
    if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
      throw new IndexException(
          Messages.of(directory, "not opened", "its path is not UTF-8; give another --index"));
    }
    return new File(text);
  }

  private static Env<byte[]> openEnv(File place, Access access, long[] mapBytes) {
    EnvFlags[] flags =
        switch (access) {
          case READ_ONLY ->
              new EnvFlags[] {EnvFlags.MDB_RDONLY_ENV, EnvFlags.MDB_NOLOCK, EnvFlags.MDB_NOTLS};
          case READ_WRITE -> new EnvFlags[] {EnvFlags.MDB_NOTLS};
        };
    for (int attempt = 0; ; attempt++) {
      try {
        return Env.create(ByteArrayProxy.PROXY_BA)
            .setMapSize(mapBytes[attempt])
            .setMaxDbs(4)
            .setMaxReaders(READERS_MAX)
            .open(place, FILE_MODE, flags);
      } catch (LmdbNativeException e) {
        if (attempt == mapBytes.length - 1 || errno(e) != Errno.ENOMEM) {
          throw e;
        }
      }
    }
  }

  private static Databases openDatabases(Env<byte[]> env, Access access) throws UnusableException {
    if (env.stat().entries == 0) {
      return switch (access) {
        case READ_ONLY -> throw new UnusableException("nothing was written yet");
        case READ_WRITE -> create(env);
      };
    }
    Dbi<byte[]> meta;
    try {
      meta = env.openDbi(META);
    } catch (Dbi.KeyNotFoundException | Dbi.IncompatibleException _) {
      throw new UnusableException("the file of another program");
    }
    requireVersion(env, meta);
    return new Databases(env, env.openDbi(DIRECTORY), env.openDbi(OBJECT), env.openDbi(KEY), meta);
  }

  /// In one transaction, so that there are either all databases with a version, or none.
  private static Databases create(Env<byte[]> env) {
    try (var txn = env.txnWrite()) {
      var databases =
          new Databases(
              env,
              create(env, txn, DIRECTORY),
              create(env, txn, OBJECT),
              create(env, txn, KEY),
              create(env, txn, META));
      databases.meta.put(txn, Formats.VERSION_KEY, Formats.version(Formats.VERSION));
      databases.meta.put(txn, Formats.CLEAN_KEY, new byte[] {1});
      txn.commit();
      return databases;
    }
  }

  private static Dbi<byte[]> create(Env<byte[]> env, Txn<byte[]> txn, byte[] name) {
    return env.openDbi(txn, name, ByteArrayProxy::compareArrays, false, MDB_CREATE);
  }

  private static void requireVersion(Env<byte[]> env, Dbi<byte[]> meta) throws UnusableException {
    byte[] value;
    try (var txn = env.txnRead()) {
      value = meta.get(txn, Formats.VERSION_KEY);
    }
    if (value == null || value.length != 4) {
      throw new UnusableException("the file of another program");
    }
    int version = ByteBuffer.wrap(value).getInt();
    if (version != Formats.VERSION) {
      throw new UnusableException(
          "format "
              + version
              + (version > Formats.VERSION ? " is newer than " : " is older than ")
              + Formats.VERSION);
    }
  }

  /// Whether another file in the same place would do.
  private static boolean isAboutContent(LmdbException e) {
    return e instanceof Env.FileInvalidException
        || e instanceof Env.VersionMismatchException
        || e instanceof LmdbNativeException.PageCorruptedException
        || e instanceof LmdbNativeException.PageNotFoundException
        || e instanceof LmdbNativeException.PanicException
        || e instanceof Dbi.IncompatibleException
        || e instanceof Dbi.KeyNotFoundException
        || e instanceof Dbi.BadDbiException;
  }

  /// The cause of `e` as a phrase.
  static String text(LmdbException e) {
    var errno = errno(e);
    if (errno == Errno.EIO) {
      // LMDB says this for a short write, too.
      return errno.display() + ", or the disk is full";
    }
    if (errno != Errno.OTHER) {
      return errno.display();
    }
    return switch (e) {
      case Env.MapFullException _ -> "the index is full";
      case Env.ReadersFullException _ -> "more than " + READERS_MAX + " readers";
      default -> "LMDB: " + String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    };
  }

  private static Errno errno(LmdbException e) {
    return e instanceof LmdbNativeException.ConstantDerivedException coded
        ? Errno.of(coded.getResultCode())
        : Errno.OTHER;
  }

  int pageSize() {
    return env.stat().pageSize;
  }

  @Override
  public void close() {
    env.close();
  }
}
