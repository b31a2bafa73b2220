package dev.hashify.engine;

import dev.hashify.file.FileProblem;
import dev.hashify.link.Standstill;
import java.util.List;

/// How programs are kept from the files of one store around each batch, and what a run says of it.
interface StoreStandstill extends Standstill {

  /// How many paths the next batch may have.
  ///
  /// @param most how many it may have if programs run on
  int namesMax(int most);

  /// What programs could have done meanwhile that nobody would notice; told once.
  List<FileProblem> takeProblems();

  /// Lines for the summary.
  List<String> notes();
}
