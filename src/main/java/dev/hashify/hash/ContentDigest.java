package dev.hashify.hash;

import dev.hashify.file.ContentId;
import dev.hashify.os.NativeSha256;
import dev.hashify.os.ReadBuffer;
import java.security.MessageDigest;
import org.apache.commons.codec.digest.DigestUtils;

/// Names content by its SHA-256: with the host's library where there is one, else with the JDK's.
/// One thread at a time.
abstract sealed class ContentDigest implements AutoCloseable {

  /// The faster one of those that are to be had.
  static ContentDigest make() {
    return NativeSha256.ofLibrary().<ContentDigest>map(OfLibrary::new).orElseGet(OfJdk::new);
  }

  /// Begins a content.
  abstract void reset();

  /// Adds the first `length` bytes of `piece`.
  abstract void update(ReadBuffer piece, int length);

  /// The id of what was added since [#reset].
  abstract ContentId id();

  @Override
  public abstract void close();

  static final class OfLibrary extends ContentDigest {
    private final NativeSha256 sha256;

    OfLibrary(NativeSha256 sha256) {
      this.sha256 = sha256;
    }

    @Override
    void reset() {
      sha256.reset();
    }

    @Override
    void update(ReadBuffer piece, int length) {
      sha256.update(piece, length);
    }

    @Override
    ContentId id() {
      return ContentId.of(sha256.digest());
    }

    @Override
    public void close() {
      sha256.close();
    }
  }

  static final class OfJdk extends ContentDigest {
    private final MessageDigest sha256 = DigestUtils.getSha256Digest();

    @Override
    void reset() {
      sha256.reset();
    }

    @Override
    void update(ReadBuffer piece, int length) {
      sha256.update(piece.bytes(length));
    }

    @Override
    ContentId id() {
      return ContentId.of(sha256.digest());
    }

    @Override
    public void close() {}
  }
}
