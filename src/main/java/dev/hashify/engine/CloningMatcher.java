package dev.hashify.engine;

import dev.hashify.link.Cloner;
import dev.hashify.link.Cloner.Clonable;
import dev.hashify.link.Cloner.Cloned;
import dev.hashify.os.Linux;
import java.util.List;

/// The real run's: what is equal shares its blocks from then on.
final class CloningMatcher implements BlockMatcher {

  private final Cloner cloner;
  private final Outcomes outcomes;

  CloningMatcher(Linux linux, Outcomes outcomes) {
    cloner = new Cloner(linux);
    this.outcomes = outcomes;
  }

  @Override
  public List<Cloned> match(Clonable keeper, List<Clonable> others) {
    long before = cloner.bytesCompared();
    List<Cloned> all = cloner.share(keeper, others);
    outcomes.read(cloner.bytesCompared() - before, 1L + others.size());
    return all;
  }

  @Override
  public void close() {}
}
