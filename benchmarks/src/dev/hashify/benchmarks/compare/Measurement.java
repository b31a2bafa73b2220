package dev.hashify.benchmarks.compare;

/// What one run of one program cost.
///
/// @param wallSeconds from before it was started until it ended
/// @param cpuSeconds user and system time of it and of all it waited for
/// @param peakMemoryBytes the largest resident set of any one process of the run
/// @param readCharacters bytes that read calls returned, from the page cache or not
/// @param readBytes bytes that had to come from a device
/// @param exitCode its exit code, or 128 and the number of the signal that ended it
record Measurement(
    double wallSeconds,
    double cpuSeconds,
    long peakMemoryBytes,
    long readCharacters,
    long readBytes,
    int exitCode) {}
