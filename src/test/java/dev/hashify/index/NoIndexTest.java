package dev.hashify.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NoIndexTest {

  @Test
  void knowsNothing() throws IndexException {
    try (var index = new NoIndex();
        var reader = index.reader()) {
      reader.refresh();
      assertNull(reader.directory(1, 2));
      assertEquals(Optional.empty(), reader.object(1, 2));
      assertEquals(List.of(), reader.objectsOfKey(1, 2));
      assertEquals(Optional.empty(), reader.meta("name"));
    }
  }

  @Test
  void cannotBeWritten() {
    var index = new NoIndex();
    assertThrows(IllegalStateException.class, () -> index.write(new IndexChanges()));
  }
}
