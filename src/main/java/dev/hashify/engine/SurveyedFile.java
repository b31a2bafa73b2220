package dev.hashify.engine;

import dev.hashify.plan.Identity;

/// A file of the table or of a record as a survey looks at it: a cursor, moved from file to file,
/// so that there is no object for each.
interface SurveyedFile {
  byte state();

  /// Whether it shares, or would in a run that is not dry.
  boolean isShared();

  long volume();

  long inode();

  long key();

  long sizeBytes();

  long modifiedNanos();

  int mode();

  int uid();

  int gid();

  int links();

  long nameHash(Identity identity);
}
