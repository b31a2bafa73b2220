package dev.hashify.hash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hashify.file.ContentId;
import dev.hashify.os.Descriptor;
import dev.hashify.os.NativeSha256;
import dev.hashify.os.ReadBuffer;
import dev.hashify.testkit.RealLinux;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// One contract, and all that make content ids are held to it.
class ContentDigestTest {

  private static final int PIECE = 10_000;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path directory;

  static Stream<ContentDigest> digests() {
    return Stream.concat(
        Stream.of(new ContentDigest.OfJdk()),
        NativeSha256.ofLibrary().map(ContentDigest.OfLibrary::new).stream());
  }

  @ParameterizedTest
  @MethodSource("digests")
  void idIsTheSha256WhateverThePieces(ContentDigest made) throws IOException {
    var random = new Random(7);
    Tree tree = Tree.in(directory);
    try (ContentDigest digest = made;
        var buffer = new ReadBuffer()) {
      for (int size : new int[] {1, 55, 56, 63, 64, 65, 4096, PIECE, PIECE + 1, 25 * PIECE + 3}) {
        byte[] content = new byte[size];
        random.nextBytes(content);
        tree.bytes("file", content);
        try (Descriptor file = tree.open("file")) {
          assertEquals(
              ContentId.of(DigestUtils.sha256(content)), id(digest, file, buffer, size), "" + size);
        }
        Files.delete(directory.resolve("file"));
      }
    }
  }

  private static ContentId id(ContentDigest digest, Descriptor file, ReadBuffer buffer, int size)
      throws IOException {
    digest.reset();
    for (int at = 0; at < size; at += PIECE) {
      int length = Math.min(PIECE, size - at);
      assertEquals(length, RealLinux.LINUX.content().read(file, buffer, length, at));
      digest.update(buffer, length);
    }
    return digest.id();
  }

  @ParameterizedTest
  @MethodSource("digests")
  void beginningAgainForgetsWhatWasAdded(ContentDigest made) {
    try (ContentDigest digest = made;
        var zeros = new ReadBuffer()) {
      digest.reset();
      digest.update(zeros, 100);
      digest.reset();
      digest.update(zeros, 10);
      assertEquals(ContentId.of(DigestUtils.sha256(new byte[10])), digest.id());
    }
  }

  /// The build of this project has it, so the test above means something.
  @Test
  void libraryIsUsedWhereItIsInstalled() {
    boolean isInstalled =
        Stream.of(
                "/usr/lib", "/usr/lib64", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu")
            .flatMap(place ->
                Arrays.stream(
                    new String[] {place + "/libcrypto.so.3", place + "/libcrypto.so.1.1"}))
            .anyMatch(library -> Files.exists(Path.of(library)));
    try (var digest = ContentDigest.make()) {
      assertEquals(isInstalled, digest instanceof ContentDigest.OfLibrary);
    }
  }

  @Test
  void closedIsNotUsedAgain() {
    NativeSha256.ofLibrary()
        .ifPresent(digest -> {
          digest.close();
          digest.close();
          assertThrows(IllegalStateException.class, digest::reset);
          assertThrows(IllegalStateException.class, digest::digest);
        });
  }

  @Test
  void libraryIsNotGivenMoreThanTheBufferHolds() {
    NativeSha256.ofLibrary()
        .ifPresent(digest -> {
          try (digest;
              var buffer = new ReadBuffer()) {
            digest.reset();
            assertThrows(
                IllegalArgumentException.class,
                () -> digest.update(buffer, ReadBuffer.SIZE_BYTES + 1));
            assertThrows(IllegalArgumentException.class, () -> digest.update(buffer, -1));
          }
        });
  }
}
