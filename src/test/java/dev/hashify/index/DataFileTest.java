package dev.hashify.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFileTest {

  @TempDir Path temp = Path.of("");

  private Path file() {
    return temp.resolve(DataFile.NAME);
  }

  private byte[] makeIndex() throws Exception {
    LmdbIndex.open(temp, Access.READ_WRITE).index().close();
    return Files.readAllBytes(file());
  }

  @Test
  void fileThatEndsBeforeItsLastPageIsMadeAsLongAsItSays() throws Exception {
    byte[] whole = makeIndex();
    Files.write(file(), Arrays.copyOf(whole, whole.length - 4096));
    assertTrue(DataFile.problem(file()).isPresent());

    DataFile.extend(file(), whole.length / 4096 - 1, 4096);

    assertEquals(whole.length, Files.size(file()));
    assertEquals(Optional.empty(), DataFile.problem(file()));
  }

  @Test
  void fileThatIsLongEnoughIsLeftAsItIs() throws Exception {
    byte[] whole = makeIndex();
    DataFile.extend(file(), 1, 4096);
    assertArrayEquals(whole, Files.readAllBytes(file()));
  }

  @Test
  void missingAndEmptyFilesHoldNothing() throws Exception {
    assertFalse(DataFile.isThere(file()));
    Files.createFile(file());
    assertFalse(DataFile.isThere(file()));
    assertEquals(Optional.empty(), DataFile.problem(file()));
  }

  @Test
  void randomBytesBehindTheMagicAreNeverAnException() throws Exception {
    var random = new Random(Long.getLong("seed", 1));
    byte[] whole = makeIndex();
    for (int round = 0; round < 500; round++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i < 20; i++) {
        damaged[random.nextInt(152) + 4096 * random.nextInt(2)] = (byte) random.nextInt();
      }
      Files.write(file(), damaged);
      DataFile.problem(file()).ifPresent(why -> assertFalse(why.isBlank()));
    }
  }
}
