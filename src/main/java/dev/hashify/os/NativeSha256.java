package dev.hashify.os;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// SHA-256 by OpenSSL's libcrypto, which nearly every host has.
///
/// The JDK's is as fast only in code of the optimizing compiler, which replaces it by the
/// processor's own instructions; without that compiler, which costs a run more than it brings, it
/// is thirteen times slower. What is hashed here lies outside the heap already and is not copied.
///
/// One thread at a time; has memory of its own until [#close].
public final class NativeSha256 implements AutoCloseable {

  private static final int DIGEST_BYTES = 32;

  /// The names of OpenSSL 3 and, on older hosts, 1.1; the functions used are the same in both.
  private static final List<String> NAMES = List.of("libcrypto.so.3", "libcrypto.so.1.1");

  /// The example of FIPS 180-2, appendix B.1.
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  /// The functions, each under one signature of three numbers and a number: what a function does
  /// not take it does not look at, on x86-64 and aarch64 alike, and linking a second signature
  /// takes milliseconds.
  private static final class Library {
    static final MethodHandle NEW;
    static final MethodHandle FREE;
    static final MethodHandle ALGORITHM;
    static final MethodHandle INITIALIZE;
    static final MethodHandle UPDATE;
    static final MethodHandle FINISH;

    static {
      SymbolLookup library = open();
      NEW = link(library, "EVP_MD_CTX_new");
      FREE = link(library, "EVP_MD_CTX_free");
      ALGORITHM = link(library, "EVP_sha256");
      INITIALIZE = link(library, "EVP_DigestInit_ex");
      UPDATE = link(library, "EVP_DigestUpdate");
      FINISH = link(library, "EVP_DigestFinal_ex");
    }

    private Library() {}

    private static SymbolLookup open() {
      IllegalArgumentException missing = new IllegalArgumentException("no name was tried");
      for (String name : NAMES) {
        try {
          return SymbolLookup.libraryLookup(name, Arena.global());
        } catch (IllegalArgumentException notFound) {
          missing = notFound;
        }
      }
      throw missing;
    }

    private static MethodHandle link(SymbolLookup library, String name) {
      ValueLayout.OfLong number = ValueLayout.JAVA_LONG;
      return Linker.nativeLinker()
          .downcallHandle(
              library.findOrThrow(name), FunctionDescriptor.of(number, number, number, number));
    }
  }

  /// Whether the library is there and works, found out when first asked.
  private static final class Trial {
    static final boolean PASSED = passes();

    private Trial() {}

    private static boolean passes() {
      try (var digest = new NativeSha256();
          var arena = Arena.ofConfined()) {
        byte[] abc = "abc".getBytes(StandardCharsets.US_ASCII);
        MemorySegment text = arena.allocateFrom(ValueLayout.JAVA_BYTE, abc);
        digest.reset();
        digest.update(text.address(), abc.length);
        return HexFormat.of().formatHex(digest.digest()).equals(ABC);
      } catch (LinkageError | RuntimeException _) {
        // Not installed, of another kind, or configured not to do it.
        return false;
      }
    }
  }

  private final Arena arena = Arena.ofShared();
  private final MemorySegment result = arena.allocate(DIGEST_BYTES);
  private final long context;
  private boolean closed;
  private boolean knowsAlgorithm;

  private NativeSha256() {
    context = call(Library.NEW, 0, 0, 0);
    if (context == 0) {
      arena.close();
      throw new IllegalStateException("libcrypto has no memory for a digest");
    }
  }

  /// One that works; none where the library is missing or refuses.
  public static Optional<NativeSha256> ofLibrary() {
    return Trial.PASSED ? Optional.of(new NativeSha256()) : Optional.empty();
  }

  /// Begins a content.
  public void reset() {
    // The second time the algorithm is known, and need not be looked up.
    long algorithm = knowsAlgorithm ? 0 : call(Library.ALGORITHM, 0, 0, 0);
    require(call(Library.INITIALIZE, context(), algorithm, 0));
    knowsAlgorithm = true;
  }

  /// Adds the first `length` bytes of `piece`.
  ///
  /// @param length at most [ReadBuffer#SIZE_BYTES]
  public void update(ReadBuffer piece, int length) {
    if (length < 0 || length > ReadBuffer.SIZE_BYTES) {
      throw new IllegalArgumentException("length (" + length + ") exceeds the buffer");
    }
    update(piece.address(), length);
  }

  private void update(long address, int length) {
    require(call(Library.UPDATE, context(), address, length));
  }

  /// The SHA-256 of what was added since [#reset]; 32 bytes.
  public byte[] digest() {
    require(call(Library.FINISH, context(), result.address(), 0));
    return result.toArray(ValueLayout.JAVA_BYTE);
  }

  private long context() {
    if (closed) {
      throw new IllegalStateException("closed");
    }
    return context;
  }

  /// The library's functions give 1 if they did what they were asked; the upper half of the number
  /// means nothing.
  private static void require(long answer) {
    if ((int) answer != 1) {
      throw new IllegalStateException("libcrypto could not make a SHA-256");
    }
  }

  private static long call(MethodHandle function, long a, long b, long c) {
    try {
      return (long) function.invokeExact(a, b, c);
    } catch (Throwable impossible) {
      // A downcall of numbers has nothing to throw.
      throw new AssertionError(impossible);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      call(Library.FREE, context, 0, 0);
      closed = true;
      arena.close();
    }
  }
}
