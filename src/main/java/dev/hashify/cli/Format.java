package dev.hashify.cli;

/// The form of what goes to standard output.
enum Format {
  TEXT,
  NDJSON
}
