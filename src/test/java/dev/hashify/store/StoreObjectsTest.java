package dev.hashify.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.Errno;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.InodeFlags;
import dev.hashify.testkit.FaultLoop;
import dev.hashify.testkit.RealLinux;
import dev.hashify.testkit.TestVolume;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StoreObjectsTest {

  private static final String ALL = "dev.hashify.testkit.TestVolume#all";

  @ParameterizedTest
  @MethodSource(ALL)
  void adoptedFileAndObjectAreOneInode(TestVolume volume) throws Exception {
    try (var there = StoreTree.on(volume);
        var store = there.change()) {
      var name = there.adopted(store, "root/a", "content");

      assertTrue(store.stat(name).orElseThrow().sharesInodeWith(there.tree().stat("root/a")));
      assertEquals(2, there.tree().stat("root/a").links());
      there.assertReads(StoreTree.at(name), "content");
      store.sync();
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void secondFileOfTheSameNameIsToldWhatIsThere(TestVolume volume) throws Exception {
    try (var there = StoreTree.on(volume);
        var store = there.change()) {
      var name = there.adopted(store, "root/a", "content");
      there.tree().file("root/b", "content");
      try (var file = there.tree().open("root/b")) {
        var answer = assertInstanceOf(Adoption.AlreadyThere.class, store.adopt(file, name));
        assertEquals(there.tree().id("root/a"), answer.stat().id());
      }
      assertEquals(1, there.tree().stat("root/b").links());
    }
  }

  @Test
  void fileWithAllNamesItCanHaveIsNotAdopted() throws Exception {
    try (var there = StoreTree.on(TestVolume.ext4());
        var store = there.change()) {
      there.tree().file("root/a", "content");
      try (var root = there.tree().openDirectory("root");
          var file = there.tree().open("root/a")) {
        for (int i = 1; i < LinkLimits.EXT4; i++) {
          RealLinux.LINUX
              .names()
              .linkOpenFile(file, root, ("n" + i).getBytes(StandardCharsets.US_ASCII));
        }
        var name = StoreTree.nameOf("content");
        var failure = assertThrows(ErrnoException.class, () -> store.adopt(file, name));

        assertTrue(failure.is(Errno.EMLINK), failure.why());
        assertEquals(Optional.empty(), store.stat(name));
        assertEquals(LinkLimits.EXT4 - LinkLimits.HEAD_ROOM, store.linksPerInodeMax());
      }
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void objectGetsOneMoreNameInTmp(TestVolume volume) throws Exception {
    try (var there = StoreTree.on(volume);
        var store = there.change()) {
      var name = there.adopted(store, "root/a", "content");
      byte[] temporary = store.newTemporaryName();

      store.linkTo(name, temporary);

      var found = store.temporaries();
      assertEquals(1, found.size());
      assertEquals(Temporary.Kind.STEP, found.getFirst().kind());
      assertEquals(there.tree().id("root/a"), found.getFirst().stat().id());
    }
  }

  @Test
  void temporaryNamesAreNeverUsedTwice() throws Exception {
    try (var there = StoreTree.on(TestVolume.plain())) {
      var names = new HashSet<String>();
      for (int run = 0; run < 2; run++) {
        try (var store = there.change()) {
          for (int i = 0; i < 1000; i++) {
            String name = new String(store.newTemporaryName(), StandardCharsets.US_ASCII);
            assertTrue(TemporaryNames.isTemporary(name), name);
            names.add(name);
          }
        }
      }
      assertEquals(2000, names.size());
    }
  }

  @Test
  void forgottenObjectLeavesTheFileAsItWas() throws Exception {
    try (var there = StoreTree.on(TestVolume.plain());
        var store = there.change()) {
      var name = there.adopted(store, "root/a", "content");

      store.forget(name);
      store.forget(name);
      store.forget(StoreTree.nameOf("never seen"));

      assertEquals(1, there.tree().stat("root/a").links());
      assertEquals(Optional.empty(), store.stat(name));
      assertEquals(Optional.empty(), store.open(name).map(file -> file.stat().inode()));
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void guardKeepsOtherInodeFlags(TestVolume volume) throws Exception {
    try (var there = StoreTree.on(volume);
        var store = there.change()) {
      int noDump = 0x40;
      var name = there.adopted(store, "root/a", "content");
      there.tree().flags("root/a", flags(there) | noDump);
      int before = flags(there);
      try (var object = store.open(name).orElseThrow()) {
        store.protect(object.descriptor());
        store.protect(object.descriptor());
        assertEquals(before | InodeFlags.IMMUTABLE, flags(there));
        store.unprotect(object.descriptor());
        store.unprotect(object.descriptor());
      }
      assertEquals(before, flags(there));
    }
  }

  private static int flags(StoreTree there) throws Exception {
    try (var file = there.tree().open("root/a")) {
      return RealLinux.LINUX.attributes().flags(file);
    }
  }

  @Test
  void hostileEntriesAreToldAndNotTouched() throws Exception {
    try (var there = StoreTree.on(TestVolume.plain());
        var store = there.change()) {
      var name = there.adopted(store, "root/a", "content");
      var linked = StoreTree.nameOf("linked");
      var piped = StoreTree.nameOf("piped");
      var shard = name.shard();
      there
          .tree()
          .file("root/victim", "precious")
          .file("store/objects/zz", "x")
          .file("store/objects/ABC", "x")
          .file("store/objects/" + shard + "/not-an-object", "x")
          .directory("store/objects/" + shard + "/" + name.withGeneration(1).fileName())
          .symlink(StoreTree.at(linked), "../../../root/victim")
          .fifo(StoreTree.at(piped));

      assertEquals(
          Set.of(
              "foreign objects/" + linked.text() + " not a regular file",
              "foreign objects/" + name.withGeneration(1).text() + " not a regular file",
              "foreign objects/" + piped.text() + " not a regular file",
              "foreign objects/" + shard + "/not-an-object not the name of an object",
              "foreign objects/ABC not a shard",
              "foreign objects/zz not a shard",
              "object " + name + " 2"),
          Set.copyOf(StoreTree.contents(store)));
      assertTrue(store.open(linked).isEmpty());
      assertTrue(store.open(piped).isEmpty());
      there.assertReads("root/victim", "precious");
      assertTrue(there.tree().exists(StoreTree.at(piped)));
    }
  }

  @Test
  void adoptionIsAllOrNothingWhateverFails() {
    long faults =
        FaultLoop.everyCall(
            () -> {
              var there = StoreTree.on(TestVolume.plain());
              there.change().close();
              there.tree().file("root/a", "content");
              return there;
            },
            (there, calls) -> {
              try (var store = there.change(calls);
                  var file = there.tree().open("root/a")) {
                store.adopt(file, StoreTree.nameOf("content"));
              }
            },
            there -> {
              there.assertReads("root/a", "content");
              try (var store = there.change()) {
                boolean adopted = store.stat(StoreTree.nameOf("content")).isPresent();
                assertEquals(adopted ? 2 : 1, there.tree().stat("root/a").links());
              }
            },
            Errno.EIO,
            Errno.EMLINK);

    assertTrue(faults > 20, "faults: " + faults);
  }

  @Test
  void storeOnUnknownFileSystemsTakesTheLowestLimit() {
    var volume = new dev.hashify.os.VolumeCalls.Volume(0x1234, 0, 0);

    assertEquals(31_000, LinkLimits.usable(volume));
    assertFalse(LinkLimits.usable(volume) > LinkLimits.EXT4);
  }
}
