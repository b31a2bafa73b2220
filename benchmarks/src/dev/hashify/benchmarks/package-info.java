/// Measurements of single parts, by JMH; `benchmarks/README.md` says how to run and read them.
///
/// Sharing destroys what it works on, so it has no steady state to measure: whole runs are compared
/// with other programs instead. Here is what runs millions of times.
@NullMarked
package dev.hashify.benchmarks;

import org.jspecify.annotations.NullMarked;
