package dev.hashify.testkit;

import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/// The seeds of a [SeededTest].
///
/// The seed is the test's argument and so part of its name; `-Dseed=42` runs it again.
public final class Seeds implements ArgumentsProvider {

  @Override
  public Stream<? extends Arguments> provideArguments(
      ParameterDeclarations parameters, ExtensionContext context) {
    return fixedAndFresh().mapToObj(Arguments::of);
  }

  /// Some fixed seeds, so that a build that fails tells of what it builds; with
  /// `-Dhashify.thorough=true` a new one, too, so that in time more are tested than somebody once
  /// chose; or the one of `-Dseed`.
  public static LongStream fixedAndFresh() {
    Long wanted = Long.getLong("seed");
    if (wanted != null) {
      return LongStream.of(wanted);
    }
    LongStream fixed = LongStream.of(1, 2, 3, 42);
    return Boolean.getBoolean("hashify.thorough") ? LongStream.concat(fixed, fresh()) : fixed;
  }

  private static LongStream fresh() {
    return LongStream.of(new Random(System.nanoTime()).nextLong(1_000, 1_000_000_000));
  }
}
