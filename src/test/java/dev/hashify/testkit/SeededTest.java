package dev.hashify.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/// A test that takes a `long` seed and makes everything random from it.
///
/// Runs with a few fixed seeds and, where tests are thorough, a fresh one, all named in the report;
/// `-Dseed=N` (for Maven: `-DtestJvmArgs=-Dseed=N`) runs that one alone.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "seed {0}")
@ArgumentsSource(Seeds.class)
public @interface SeededTest {}
