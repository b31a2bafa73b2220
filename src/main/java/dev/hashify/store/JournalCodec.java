package dev.hashify.store;

import dev.hashify.file.TreePath;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/// The bytes of a journal file.
///
/// All numbers big-endian. 8 bytes `hashifyJ`; version u32; length of the body u32; body; CRC-32C
/// of everything before, u32; a note for each step. Body: number of steps u32, steps, number of
/// guards u32, guards. Every text or path is a length u32 and that many bytes; fields stand in the
/// order of [JournalStep], [DisplacedFile] and [JournalGuard], numbers as s64, but mode, owner,
/// group, checksum and the step's group as s32. A note is two times, s64, and the CRC-32C, u32, of
/// the step's place s32 and the times; one whose checksum is wrong, as that of zeros is, says
/// nothing.
final class JournalCodec {

  /// 2 added the modification times of guarded objects, 3 those of objects and directories, the
  /// metadata of displaced files, and the notes; 4 moved the first times of directories into these.
  static final int VERSION = 4;

  static final int NOTE_BYTES = 2 * Long.BYTES + Integer.BYTES;

  /// Some 500,000 steps: no batch is a hundredth of it.
  static final int BYTES_MAX = 256 << 20;

  private static final byte[] MAGIC = "hashifyJ".getBytes(StandardCharsets.US_ASCII);
  private static final int HEAD_BYTES = MAGIC.length + 8;
  private static final int CRC_BYTES = 4;

  private JournalCodec() {}

  /// What a file's bytes mean.
  sealed interface Decoded {

    /// A batch as it was written down.
    ///
    /// @param directoryTimes what is noted for each step
    record Batch(
        List<JournalStep> steps,
        List<JournalGuard> guards,
        List<Optional<DirectoryTimes>> directoryTimes)
        implements Decoded {}

    /// Part of a record is missing, as after a power cut right after it was written, or wrong.
    record Incomplete(String reason) implements Decoded {}

    /// Another program's, which knows what to do with it.
    record OtherVersion(String reason) implements Decoded {}

    /// Whole, and not a record that this program would have written.
    record Unusable(String reason) implements Decoded {}
  }

  /// The record, with room for notes.
  ///
  /// @throws IllegalArgumentException if the batch is larger than [#BYTES_MAX]
  static byte[] encode(List<JournalStep> steps, List<JournalGuard> guards) {
    var body = new ByteWriter();
    body.putInt(steps.size());
    for (var step : steps) {
      encode(step, body);
    }
    body.putInt(guards.size());
    for (var guard : guards) {
      body.putText(guard.object().text());
      body.putLong(guard.inode());
      body.putLong(guard.modifiedNanos());
    }
    var file = new ByteWriter();
    file.putRaw(MAGIC);
    file.putInt(VERSION);
    file.putBytes(body.bytes());
    byte[] checked = file.bytes();
    file.putInt(crc(checked, checked.length));
    file.putRaw(new byte[steps.size() * NOTE_BYTES]);
    byte[] all = file.bytes();
    if (all.length > BYTES_MAX) {
      throw new IllegalArgumentException("batch of " + steps.size() + " steps is too large");
    }
    return all;
  }

  private static void encode(JournalStep step, ByteWriter to) {
    to.putText(step.temporaryName());
    to.putText(step.object().text());
    to.putLong(step.objectInode());
    to.putLong(step.objectModifiedNanos());
    to.putBytes(step.root().bytes());
    to.putBytes(step.directory().bytes());
    to.putLong(step.directoryInode());
    to.putBytes(step.name().bytes());
    encode(step.displaced(), to);
    to.putInt(step.group());
  }

  private static void encode(DisplacedFile file, ByteWriter to) {
    to.putLong(file.device());
    to.putLong(file.inode());
    to.putLong(file.sizeBytes());
    to.putLong(file.modifiedNanos());
    to.putInt(file.mode());
    to.putInt(file.uid());
    to.putInt(file.gid());
    to.putInt(file.attributesCrc());
  }

  /// Where the notes of a record begin.
  static long notesOffset(int recordBytes, int steps) {
    return recordBytes - (long) steps * NOTE_BYTES;
  }

  static byte[] encodeNote(int step, DirectoryTimes times) {
    var note = new ByteWriter();
    note.putLong(times.beforeNanos());
    note.putLong(times.nowNanos());
    note.putInt(noteCrc(step, times));
    return note.bytes();
  }

  private static int noteCrc(int step, DirectoryTimes times) {
    var checked = new ByteWriter();
    checked.putInt(step);
    checked.putLong(times.beforeNanos());
    checked.putLong(times.nowNanos());
    byte[] bytes = checked.bytes();
    return crc(bytes, bytes.length);
  }

  static Decoded decode(byte[] file) {
    if (file.length < HEAD_BYTES + CRC_BYTES) {
      return new Decoded.Incomplete("cut off after " + file.length + " bytes");
    }
    ByteBuffer from = ByteBuffer.wrap(file);
    byte[] magic = new byte[MAGIC.length];
    from.get(magic);
    int version = from.getInt();
    int bodyLength = from.getInt();
    if (!Arrays.equals(magic, MAGIC)) {
      // Where nothing was written yet, zeros are read.
      return Arrays.equals(magic, new byte[MAGIC.length])
          ? new Decoded.Incomplete("it begins with zeros")
          : new Decoded.Unusable("not a journal file");
    }
    if (version != VERSION) {
      return new Decoded.OtherVersion("version " + version + ", this program knows " + VERSION);
    }
    if (bodyLength < 0 || bodyLength > file.length - HEAD_BYTES - CRC_BYTES) {
      return new Decoded.Incomplete("its length is wrong");
    }
    int checked = HEAD_BYTES + bodyLength;
    if (crc(file, checked) != from.getInt(checked)) {
      return new Decoded.Incomplete("its checksum is wrong: cut off or changed");
    }
    try {
      return decodeBody(
          from.slice(HEAD_BYTES, bodyLength),
          from.slice(checked + CRC_BYTES, file.length - checked - CRC_BYTES));
    } catch (BufferUnderflowException | IllegalArgumentException wrong) {
      return new Decoded.Unusable("its checksum is right but its fields are not");
    }
  }

  private static Decoded decodeBody(ByteBuffer from, ByteBuffer notes) {
    List<JournalStep> steps = new ArrayList<>();
    int stepCount = count(from);
    for (int i = 0; i < stepCount; i++) {
      steps.add(decodeStep(from));
    }
    List<JournalGuard> guards = new ArrayList<>();
    int guardCount = count(from);
    for (int i = 0; i < guardCount; i++) {
      guards.add(new JournalGuard(object(from), from.getLong(), from.getLong()));
    }
    if (from.hasRemaining()) {
      throw new IllegalArgumentException(from.remaining() + " bytes too many");
    }
    if (notes.remaining() < (long) stepCount * NOTE_BYTES) {
      return new Decoded.Incomplete("cut off in its notes");
    }
    return new Decoded.Batch(steps, guards, decodeNotes(notes, stepCount));
  }

  private static List<Optional<DirectoryTimes>> decodeNotes(ByteBuffer notes, int steps) {
    if (notes.remaining() != (long) steps * NOTE_BYTES) {
      throw new IllegalArgumentException("room for notes is " + notes.remaining() + " bytes");
    }
    List<Optional<DirectoryTimes>> times = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      var noted = new DirectoryTimes(notes.getLong(), notes.getLong());
      boolean isNoted = notes.getInt() == noteCrc(step, noted);
      times.add(isNoted ? Optional.of(noted) : Optional.empty());
    }
    return times;
  }

  private static JournalStep decodeStep(ByteBuffer from) {
    return new JournalStep(
        text(from),
        object(from),
        from.getLong(),
        from.getLong(),
        TreePath.of(bytes(from)),
        TreePath.of(bytes(from)),
        from.getLong(),
        TreePath.of(bytes(from)),
        decodeDisplaced(from),
        from.getInt());
  }

  private static DisplacedFile decodeDisplaced(ByteBuffer from) {
    return new DisplacedFile(
        from.getLong(),
        from.getLong(),
        from.getLong(),
        from.getLong(),
        from.getInt(),
        from.getInt(),
        from.getInt(),
        from.getInt());
  }

  private static ObjectName object(ByteBuffer from) {
    return ObjectName.parse(text(from))
        .orElseThrow(() -> new IllegalArgumentException("not the name of an object"));
  }

  /// A count or length; none can be larger than the bytes that are left.
  private static int count(ByteBuffer from) {
    int count = from.getInt();
    if (count < 0 || count > from.remaining()) {
      throw new IllegalArgumentException("count (" + count + ") exceeds what is left");
    }
    return count;
  }

  private static byte[] bytes(ByteBuffer from) {
    byte[] bytes = new byte[count(from)];
    from.get(bytes);
    return bytes;
  }

  private static String text(ByteBuffer from) {
    return new String(bytes(from), StandardCharsets.ISO_8859_1);
  }

  private static int crc(byte[] bytes, int length) {
    var crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
