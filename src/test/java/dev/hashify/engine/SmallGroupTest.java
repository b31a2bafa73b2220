package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hashify.hash.SmallFiles;
import dev.hashify.plan.IdentityKey;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Small files of one size and several contents.
class SmallGroupTest extends TwoRoots {

  private static final Options SIZE_ALONE = Options.DEFAULT.ignoring(IdentityKey.NAME);

  private static byte[] content(int length, int number) {
    var bytes = new byte[length];
    bytes[length - 1] = (byte) number;
    return bytes;
  }

  private void fill(int files, int different, int length) throws IOException {
    for (int i = 0; i < files; i++) {
      one.bytes("a" + i, content(length, i % different)).modified("a" + i, NANOS);
      other.bytes("b" + i, content(length, i % different)).modified("b" + i, NANOS);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {20, SmallFiles.SIZE_MAX_BYTES})
  void eachIsReadOnce(int length) throws IOException {
    fill(12, 5, length);
    var told = run(SIZE_ALONE);
    assertEquals(24 - 5, told.counts().shared());
    assertEquals(5, told.counts().groups());
    assertEquals(24L * length, told.counts().bytesRead());
    assertEquals(24, told.counts().filesRead());
    assertEquals(one.id("a0"), other.id("b10"));
  }

  @Test
  void largerOnesAreComparedSideBySide() throws IOException {
    int length = SmallFiles.SIZE_MAX_BYTES + 1;
    fill(12, 5, length);
    assertEquals(24 - 5, run(SIZE_ALONE).counts().shared());
    assertEquals(one.id("a0"), other.id("b10"));
  }

  /// More contents than are kept at a time: those that are left are sorted among themselves.
  @Test
  void contentsForWhichThereWasNoRoomAreSharedToo() throws IOException {
    fill(150, 150, SmallFiles.SIZE_MAX_BYTES);
    var told = run(SIZE_ALONE);
    assertEquals(150, told.counts().shared());
    assertEquals(0, told.counts().problems());
    assertEquals(one.id("a149"), other.id("b149"));
  }

  @Test
  void fileThatComesLaterFindsItsPartnerAmongUnlikeOnes() throws IOException {
    fill(12, 12, 20);
    one.bytes("odd", content(20, 77)).modified("odd", NANOS);
    run(SIZE_ALONE);
    assertEquals(0, run(SIZE_ALONE).counts().bytesRead());
    other.bytes("new", content(20, 77)).modified("new", NANOS);
    assertEquals(1, run(SIZE_ALONE).counts().shared());
    assertEquals(one.id("odd"), other.id("new"));
  }
}
