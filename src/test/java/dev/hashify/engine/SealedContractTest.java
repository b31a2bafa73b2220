package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.hashify.testkit.TestVolume;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What becomes of deeds to a sealed file is what [RecordedDeeds] say, of which the table of guards
/// is made. A failure shows what to record.
///
/// Few kernels can seal files; `src/test/verity/run` boots one that can.
@Tag("verity")
class SealedContractTest {

  @Test
  void deedsToASealedFileComeOutAsRecorded() throws Exception {
    assertEquals(RecordedDeeds.lines(), RecordedDeeds.lines(measured()));
  }

  private static Map<Deed, Outcome> measured() throws Exception {
    try {
      return GuardContract.measure(TestVolume.ext4(), GuardCell.VERITY);
    } catch (RunException cannot) {
      String message = "no file can be sealed here: " + cannot.getMessage();
      return "true".equals(System.getenv("HASHIFY_REQUIRE_VERITY"))
          ? fail(message)
          : abort(message);
    }
  }
}
