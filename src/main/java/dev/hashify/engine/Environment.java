package dev.hashify.engine;

import dev.hashify.os.Linux;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// What a run takes from the world besides the file systems, so that tests can give their own.
///
/// @param linux the calls
/// @param clock for start times and durations
/// @param random for tokens
/// @param command what others are told who find a store in use
public record Environment(
    Linux linux, InstantSource clock, RandomGenerator random, String command) {}
