package dev.hashify.hash;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import dev.hashify.os.OpenFile;
import dev.hashify.os.ReadBuffer;

/// Makes fingerprints, one read each. One thread at a time.
public final class Fingerprints implements AutoCloseable {

  private final Linux linux;
  private final ReadBuffer buffer = new ReadBuffer();
  private final byte[] piece = new byte[ReadBuffer.SIZE_BYTES];
  private final HashStream128 stream = Hashing.xxh3_128().hashStream();
  private long bytesRead;

  public Fingerprints(Linux linux) {
    this.linux = linux;
  }

  /// Reads `file` from its first byte to its last.
  public FingerprintResult of(OpenFile file) {
    try {
      stream.reset();
      long size = file.sizeBytes();
      long offset = 0;
      while (offset < size) {
        int length = (int) Math.min(ReadBuffer.SIZE_BYTES, size - offset);
        int read = linux.content().read(file.descriptor(), buffer, length, offset);
        bytesRead += read;
        if (read < length) {
          return new FingerprintResult.Failed(new ReadFailure.Changed());
        }
        buffer.copyTo(piece, length);
        stream.putBytes(piece, 0, length);
        offset += length;
      }
      var now = linux.stat().of(file.descriptor());
      if (!SameBytes.isSameVersion(file.stat(), now)
          || now.changedNanos() != file.stat().changedNanos()) {
        return new FingerprintResult.Failed(new ReadFailure.Changed());
      }
      return new FingerprintResult.Made(of(stream.get()));
    } catch (ErrnoException failed) {
      return new FingerprintResult.Failed(new ReadFailure.Unreadable(failed));
    }
  }

  /// The fingerprint of a file that has this content.
  static Fingerprint of(byte[] content) {
    return of(Hashing.xxh3_128().hashBytesTo128Bits(content));
  }

  private static Fingerprint of(HashValue128 value) {
    return new Fingerprint(value.getMostSignificantBits(), value.getLeastSignificantBits());
  }

  /// The bytes read so far.
  public long bytesRead() {
    return bytesRead;
  }

  @Override
  public void close() {
    buffer.close();
  }
}
