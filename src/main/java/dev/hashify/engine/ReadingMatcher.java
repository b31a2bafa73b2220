package dev.hashify.engine;

import dev.hashify.hash.ByteComparer;
import dev.hashify.hash.Comparison;
import dev.hashify.hash.GroupComparison;
import dev.hashify.hash.IdWanted;
import dev.hashify.hash.ReadFailure;
import dev.hashify.hash.ReadWatch;
import dev.hashify.link.Cloner.Answer;
import dev.hashify.link.Cloner.Clonable;
import dev.hashify.link.Cloner.Cloned;
import dev.hashify.os.Linux;
import java.util.ArrayList;
import java.util.List;

/// The dry run's: reads, and says what sharing would bring.
final class ReadingMatcher implements BlockMatcher {

  private final ByteComparer comparer;
  private final Outcomes outcomes;

  ReadingMatcher(Linux linux, Outcomes outcomes) {
    comparer = new ByteComparer(linux);
    this.outcomes = outcomes;
  }

  @Override
  public List<Cloned> match(Clonable keeper, List<Clonable> others) {
    long before = comparer.bytesRead();
    GroupComparison compared =
        comparer.compare(
            keeper.file(),
            others.stream().map(Clonable::file).toList(),
            IdWanted.NO,
            ReadWatch.ALWAYS);
    outcomes.read(comparer.bytesRead() - before, 1L + others.size());
    List<Cloned> all = new ArrayList<>();
    for (int i = 0; i < others.size(); i++) {
      Answer answer =
          switch (compared) {
            case GroupComparison.Compared(var _, var answers) -> answer(answers.get(i));
            case GroupComparison.KeeperFailed(var failure) -> answer(failure);
          };
      long bytes = answer instanceof Answer.Same ? others.get(i).extents().exclusiveBytes() : 0;
      all.add(new Cloned(answer, bytes));
    }
    return all;
  }

  private static Answer answer(Comparison comparison) {
    return switch (comparison) {
      case Comparison.Same(var _) -> new Answer.Same();
      case Comparison.Different() -> new Answer.Different();
      case Comparison.DuplicateFailed(var failure) -> answer(failure);
    };
  }

  private static Answer answer(ReadFailure failure) {
    return switch (failure) {
      case ReadFailure.Changed() -> new Answer.Changed();
      case ReadFailure.Unreadable(var cause) -> new Answer.Failed(cause);
    };
  }

  @Override
  public void close() {
    comparer.close();
  }
}
