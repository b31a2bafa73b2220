package dev.hashify.os;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TerminalCallsTest {

  private static final int ANY = 2;

  @Test
  void widthIsTheSecondNumberOfTheWindow() {
    var linux =
        new Linux((call, file, request, address, _, _, _) -> {
          assertEquals(SystemCall.IOCTL, call);
          assertEquals(ANY, file);
          assertEquals(0x5413, request);
          Memory.putShort(address, (short) 50);
          Memory.putShort(address + 2, (short) 132);
          return 0;
        });
    assertEquals(OptionalInt.of(132), linux.terminals().columns(ANY));
  }

  @Test
  void whatIsNoTerminalHasNoWidth() {
    var linux = new Linux((_, _, _, _, _, _, _) -> -dev.hashify.file.Errno.ENOTTY.number());
    assertEquals(OptionalInt.empty(), linux.terminals().columns(ANY));
  }

  @Test
  void terminalThatDoesNotKnowHasNoWidth() {
    var linux = new Linux((_, _, _, _, _, _, _) -> 0);
    assertEquals(OptionalInt.empty(), linux.terminals().columns(ANY));
  }
}
