package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.hashify.testkit.TestVolume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What becomes of deeds to shared files is what the README says.
///
/// `-Dhashify.writeTables=true` writes what was measured into it.
class GuardTableTest {

  private static final Path README = Path.of("README.md");

  private static final List<Deed> WRITES =
      List.of(
          Deed.WRITE,
          Deed.APPEND,
          Deed.TRUNCATE,
          Deed.MAPPED_STORE,
          Deed.HELD_WRITE,
          Deed.HELD_MAPPING);

  @Test
  void readmeSaysWhatWasMeasured() throws Exception {
    var table = new GuardTable();
    for (GuardCell cell : GuardCell.values()) {
      for (TestVolume volume : TestVolume.all().toList()) {
        if (cell.fileSystems().contains(volume.kind())) {
          Map<Deed, Outcome> outcomes = outcomes(volume, cell);
          assertNoWriteLeaks(volume, cell, outcomes);
          table.add(cell, volume.kind(), outcomes);
        }
      }
    }
    compare(GuardTable.putInto(Files.readString(README), table.text()));
  }

  /// Few kernels can seal files; what they make of deeds is measured in a virtual machine.
  private static Map<Deed, Outcome> outcomes(TestVolume volume, GuardCell cell) throws Exception {
    return cell == GuardCell.VERITY ? RecordedDeeds.read() : GuardContract.measure(volume, cell);
  }

  private static void assertNoWriteLeaks(
      TestVolume volume, GuardCell cell, Map<Deed, Outcome> outcomes) {
    for (Deed deed : cell == GuardCell.NONE ? List.<Deed>of() : WRITES) {
      assertNotEquals(
          Outcome.Plain.CHANGES_ALL, outcomes.get(deed), () -> volume + ", " + cell + ", " + deed);
    }
  }

  private static void compare(String wanted) throws IOException {
    if (Boolean.getBoolean("hashify.writeTables")) {
      Files.writeString(README, wanted);
    }
    assertEquals(wanted, Files.readString(README));
  }
}
