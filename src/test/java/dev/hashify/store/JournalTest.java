package dev.hashify.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.Errno;
import dev.hashify.file.TreePath;
import dev.hashify.store.JournalCodec.Decoded;
import dev.hashify.testkit.CrashLoop;
import dev.hashify.testkit.FaultLoop;
import dev.hashify.testkit.TestVolume;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JournalTest {

  private static final ObjectName OBJECT = StoreTree.nameOf("content");

  private static final List<JournalStep> STEPS =
      List.of(
          step("t-0011223344556677-0", TreePath.EMPTY, TreePath.of("plain")),
          step(
              "t-0011223344556677-1",
              TreePath.of("usr/lib"),
              TreePath.of(new byte[] {'n', '\n', (byte) 0xff, '\\'})));

  private static final List<JournalGuard> GUARDS =
      List.of(new JournalGuard(OBJECT, 77, 1), new JournalGuard(OBJECT.withGeneration(3), -1, -2));

  private static JournalStep step(String temporary, TreePath directory, TreePath name) {
    var displaced = new DisplacedFile(13, 14, 15, -16, 0100644, 17, 18, -19);
    return new JournalStep(
        temporary, OBJECT, 11, -12, TreePath.of("/srv/a"), directory, 20, name, displaced, 1);
  }

  private static final List<Optional<DirectoryTimes>> NOTHING_NOTED =
      List.of(Optional.empty(), Optional.empty());

  @ParameterizedTest
  @MethodSource("dev.hashify.testkit.TestVolume#all")
  void batchThatWasNotEndedIsReadByTheNextRun(TestVolume volume) throws Exception {
    try (var there = StoreTree.on(volume)) {
      try (var store = there.change()) {
        store.journal().write(STEPS, GUARDS);
      }
      try (var store = there.change()) {
        var readings = store.journal().read();
        assertEquals(1, readings.size());
        var valid = assertInstanceOf(JournalReading.Valid.class, readings.getFirst());
        assertEquals(STEPS, valid.steps());
        assertEquals(GUARDS, valid.guards());
        assertEquals(NOTHING_NOTED, valid.directoryTimes());

        valid.entry().done();
        valid.entry().done();

        assertEquals(List.of(), store.journal().read());
      }
    }
  }

  @Test
  void endedBatchLeavesNothing() throws Exception {
    try (var there = StoreTree.on(TestVolume.plain());
        var store = there.change()) {
      store.journal().write(STEPS).done();

      assertEquals(List.of(), store.journal().read());
      assertEquals(List.of(), store.temporaries());
    }
  }

  @Test
  void recordCutAnywhereIsIncomplete() {
    byte[] whole = JournalCodec.encode(STEPS, GUARDS);
    assertEquals(new Decoded.Batch(STEPS, GUARDS, NOTHING_NOTED), JournalCodec.decode(whole));

    for (int length = 0; length < whole.length; length++) {
      assertInstanceOf(
          Decoded.Incomplete.class, JournalCodec.decode(Arrays.copyOf(whole, length)), "" + length);
    }
  }

  /// A file can have its length before it has its bytes.
  @Test
  void recordWithZerosInTheMiddleIsIncomplete() {
    byte[] whole = JournalCodec.encode(STEPS, GUARDS);

    for (int end = 8; end < notes(whole); end++) {
      byte[] late = whole.clone();
      Arrays.fill(late, 0, end, (byte) 0);
      assertInstanceOf(Decoded.Incomplete.class, JournalCodec.decode(late), "from " + end);
      byte[] early = whole.clone();
      Arrays.fill(early, notes(whole) - end, notes(whole), (byte) 0);
      assertFalse(JournalCodec.decode(early) instanceof Decoded.Batch, "up to " + end);
    }
  }

  @Test
  void recordWithMoreBehindItIsDamaged() {
    byte[] whole = JournalCodec.encode(STEPS, GUARDS);

    for (int more = 1; more < 20; more++) {
      byte[] longer = Arrays.copyOf(whole, whole.length + more);
      assertInstanceOf(Decoded.Unusable.class, JournalCodec.decode(longer));
    }
  }

  @Test
  void recordWithAnyBitFlippedIsNotActedOn() {
    byte[] whole = JournalCodec.encode(STEPS, GUARDS);

    for (int bit = 0; bit < notes(whole) * 8; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertFalse(JournalCodec.decode(flipped) instanceof Decoded.Batch, "bit " + bit);
    }
  }

  private static int notes(byte[] whole) {
    return (int) JournalCodec.notesOffset(whole.length, STEPS.size());
  }

  @Test
  void noteWithAnyBitFlippedSaysNothingAndTheRecordStays() {
    byte[] whole = JournalCodec.encode(STEPS, GUARDS);
    for (int step = 0; step < STEPS.size(); step++) {
      byte[] note = JournalCodec.encodeNote(step, new DirectoryTimes(7, -5));
      System.arraycopy(note, 0, whole, notes(whole) + step * note.length, note.length);
    }
    var times = Optional.of(new DirectoryTimes(7, -5));
    var noted = List.of(times, times);
    assertEquals(new Decoded.Batch(STEPS, GUARDS, noted), JournalCodec.decode(whole));

    for (int bit = notes(whole) * 8; bit < whole.length * 8; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      var read = assertInstanceOf(Decoded.Batch.class, JournalCodec.decode(flipped), "bit " + bit);
      assertEquals(1, read.directoryTimes().stream().filter(Optional::isPresent).count());
    }
  }

  @Test
  void noteOfAnotherStepSaysNothing() {
    byte[] whole = JournalCodec.encode(STEPS, GUARDS);
    byte[] note = JournalCodec.encodeNote(1, new DirectoryTimes(4, 5));
    System.arraycopy(note, 0, whole, notes(whole), note.length);
    assertEquals(new Decoded.Batch(STEPS, GUARDS, NOTHING_NOTED), JournalCodec.decode(whole));
  }

  @ParameterizedTest
  @MethodSource("dev.hashify.testkit.TestVolume#all")
  void notesAreReadByTheNextRun(TestVolume volume) throws Exception {
    try (var there = StoreTree.on(volume)) {
      try (var store = there.change();
          var entry = store.journal().write(STEPS, GUARDS)) {
        entry.noteDirectory(1, new DirectoryTimes(3, 7));
        entry.noteDirectory(1, new DirectoryTimes(3, 8));
      }
      try (var store = there.change()) {
        var valid = assertInstanceOf(JournalReading.Valid.class, store.journal().read().getFirst());
        var first = Optional.of(new DirectoryTimes(3, 8));
        assertEquals(List.of(Optional.empty(), first), valid.directoryTimes());
        var later = new DirectoryTimes(-1, 9);
        try (var entry = valid.entry()) {
          entry.noteDirectory(0, later);
        }
        var again = assertInstanceOf(JournalReading.Valid.class, store.journal().read().getFirst());
        assertEquals(List.of(Optional.of(later), first), again.directoryTimes());
      }
    }
  }

  @Test
  void layoutIsThatOfItsVersion() {
    byte[] empty = JournalCodec.encode(List.of(), List.of());

    assertEquals(
        "hashifyJ 00000004 00000008 00000000 00000000",
        new String(empty, 0, 8, StandardCharsets.US_ASCII)
            + " "
            + java.util.HexFormat.of().formatHex(empty, 8, 12)
            + " "
            + java.util.HexFormat.of().formatHex(empty, 12, 16)
            + " "
            + java.util.HexFormat.of().formatHex(empty, 16, 20)
            + " "
            + java.util.HexFormat.of().formatHex(empty, 20, 24));
    assertEquals(28, empty.length);
  }

  @Test
  void recordOfALaterVersionIsNotActedOn() {
    byte[] later = JournalCodec.encode(STEPS, GUARDS);
    later[11] = 5;
    seal(later);

    var answer = assertInstanceOf(Decoded.OtherVersion.class, JournalCodec.decode(later));
    assertEquals("version 5, this program knows 4", answer.reason());
  }

  @Test
  void forgedFieldsBehindARightChecksumAreNotActedOn() {
    byte[] whole = JournalCodec.encode(STEPS, GUARDS);
    byte[] evil = "../../../evil-temporary".substring(0, 20).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(evil, 0, whole, 24, evil.length);
    seal(whole);

    assertInstanceOf(Decoded.Unusable.class, JournalCodec.decode(whole));
  }

  private static void seal(byte[] file) {
    int checked = notes(file) - 4;
    var crc = new java.util.zip.CRC32C();
    crc.update(file, 0, checked);
    java.nio.ByteBuffer.wrap(file).putInt(checked, (int) crc.getValue());
  }

  @Test
  void stepThatCouldLeaveItsDirectoryCannotBeMade() {
    String temporary = "t-0011223344556677-0";
    for (String name : List.of("", ".", "..", "a/b", "/", "/a")) {
      assertThrows(
          IllegalArgumentException.class, () -> step(temporary, TreePath.EMPTY, TreePath.of(name)));
    }
    assertThrows(IllegalArgumentException.class, () -> step("x", TreePath.EMPTY, TreePath.of("a")));
    assertThrows(
        IllegalArgumentException.class,
        () -> step(temporary, TreePath.of("/etc"), TreePath.of("a")));
  }

  @Test
  void damagedRecordIsPutAsideAndTheOthersAreRead() throws Exception {
    try (var there = StoreTree.on(TestVolume.plain());
        var store = there.change()) {
      store.journal().write(STEPS);
      there
          .tree()
          .file("store/journal/t-0011223344556677-9", "another one's, and long enough for a head")
          .file("store/journal/notes", "mine")
          .symlink("store/journal/t-0011223344556677-8", "notes");

      var damaged =
          store.journal().read().stream()
              .filter(JournalReading.Damaged.class::isInstance)
              .map(JournalReading.Damaged.class::cast)
              .toList();
      assertEquals(3, damaged.size());
      for (var one : damaged) {
        store.journal().putAside(one);
      }

      assertEquals(1, store.journal().read().size());
      there.assertReads("store/damaged/journal-0-notes", "mine");
    }
  }

  @Test
  void recordIsWholeOrOfNoBatchAfterAnyCrash() {
    long crashes =
        CrashLoop.everyCall(
            JournalTest::freshStore,
            (there, calls) -> {
              try (var store = there.change(calls)) {
                store.journal().write(STEPS, GUARDS).done();
              }
            },
            JournalTest::assertWholeOrAbsent);

    assertTrue(crashes > 20, "crashes: " + crashes);
  }

  @Test
  void recordIsWholeOrOfNoBatchAfterAnyFault() {
    FaultLoop.everyCall(
        JournalTest::freshStore,
        (there, calls) -> {
          try (var store = there.change(calls)) {
            store.journal().write(STEPS, GUARDS).done();
          }
        },
        JournalTest::assertWholeOrAbsent,
        Errno.EIO,
        Errno.ENOSPC);
  }

  private static StoreTree freshStore() throws Exception {
    var there = StoreTree.on(TestVolume.plain());
    there.change().close();
    return there;
  }

  private static void assertWholeOrAbsent(StoreTree there) throws Exception {
    try (var store = there.change()) {
      for (var reading : store.journal().read()) {
        switch (reading) {
          case JournalReading.Valid valid -> assertEquals(STEPS, valid.steps());
          case JournalReading.Incomplete incomplete -> store.journal().remove(incomplete);
          default -> throw new AssertionError(reading.toString());
        }
      }
    }
  }
}
