package dev.hashify.engine;

import dev.hashify.index.IndexException;
import dev.hashify.index.IndexReader;

/// How many objects a store should have, and how much content, as the index knows: so that somebody
/// who looks at all of them can say how far he is.
record ObjectTotals(long objects, long bytes) {

  static ObjectTotals of(StoreSession session, IndexReader reader) throws IndexException {
    long[] totals = new long[2];
    reader.forEachObject(object -> {
      if (object.volume() == session.volume()) {
        totals[0]++;
        totals[1] += object.sizeBytes();
      }
    });
    return new ObjectTotals(totals[0], totals[1]);
  }
}
