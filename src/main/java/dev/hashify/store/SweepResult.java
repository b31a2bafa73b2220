package dev.hashify.store;

import dev.hashify.file.ByteCount;
import dev.hashify.file.FileProblem;
import java.util.List;

/// What a sweep did.
///
/// @param looked how many objects were looked at
/// @param removed objects that had no other name and are gone
/// @param freed the disk space they took; an open file keeps its space until it is closed
/// @param kept objects that were to be removed but got another name meanwhile
/// @param problems what could not be done; each object concerned still has all its names
public record SweepResult(
    long looked, List<ObjectName> removed, ByteCount freed, long kept, List<FileProblem> problems) {

  public SweepResult {
    removed = List.copyOf(removed);
    problems = List.copyOf(problems);
  }
}
