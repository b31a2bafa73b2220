package dev.hashify.index;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

class LmdbIndexTest extends IndexContract {

  @TempDir Path temp = Path.of("");

  @Override
  Index open() throws IndexException {
    var opened = LmdbIndex.open(temp.resolve("index"), Access.READ_WRITE);
    assertEquals(Optional.empty(), opened.rebuilt());
    return opened.index();
  }
}
