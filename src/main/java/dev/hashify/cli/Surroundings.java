package dev.hashify.cli;

import dev.hashify.engine.Operations;
import java.io.PrintWriter;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// What the command line touches of the world, so that a test can hand it another one.
///
/// @param out where results go
/// @param err where messages and progress go
/// @param screen what kind of thing `err` is
/// @param operations makes what does the work, given the command line, which is shown to others who
///   find a store in use; asked only by commands that need it
/// @param nanoTime a clock that only ever goes forward
/// @param defaultRules the rules in force by default
/// @param pulse what makes progress shown
/// @param interruption how a user stops a run
record Surroundings(
    PrintWriter out,
    PrintWriter err,
    Screen screen,
    Function<String, Operations> operations,
    LongSupplier nanoTime,
    DefaultRules defaultRules,
    Pulse pulse,
    Interruption interruption) {}
