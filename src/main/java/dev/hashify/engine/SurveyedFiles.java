package dev.hashify.engine;

import dev.hashify.file.FileMode;
import dev.hashify.file.PathState;
import dev.hashify.index.DirectoryRecord;

/// What a recorded file is to a [SpaceSurvey]: which numbers stand for contents and inodes.
final class SurveyedFiles {

  private SurveyedFiles() {}

  static void add(SpaceSurvey survey, long volume, DirectoryRecord record, int at) {
    if (!FileMode.isRegular(record.mode(at))) {
      return;
    }
    switch (record.state(at)) {
      case PathState.SHARED ->
          survey.shared(number(volume, record.inode(at)), record.sizeBytes(at));
      case PathState.CLONED -> survey.shared(clone(record.key(at)), record.sizeBytes(at));
      default ->
          survey.alone(number(volume, record.inode(at)), record.links(at), record.sizeBytes(at));
    }
  }

  /// Inode numbers repeat on other volumes.
  static long number(long volume, long inode) {
    return inode ^ Long.rotateLeft(volume * 0x9E37_79B9_7F4A_7C15L, 17);
  }

  /// No object names the content of files that share blocks, so all of one light key count as one,
  /// as in [SharedObjects].
  static long clone(long key) {
    return ~key;
  }
}
