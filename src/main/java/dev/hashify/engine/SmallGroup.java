package dev.hashify.engine;

import dev.hashify.file.ContentId;
import dev.hashify.hash.Comparison;
import dev.hashify.hash.Fingerprint;
import dev.hashify.hash.GroupComparison;
import dev.hashify.hash.IdWanted;
import dev.hashify.hash.ReadFailure;
import dev.hashify.hash.ReadWatch;
import dev.hashify.hash.SmallFiles;
import dev.hashify.os.OpenFile;
import dev.hashify.plan.Member;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Candidates whose files are small, read once and told apart by their bytes.
final class SmallGroup {

  /// For two files comparing side by side reads as little.
  private static final int LEAST = 3;

  private final SmallFiles.Sorted sorted;
  private final List<List<Candidate>> byContent = new ArrayList<>();
  private final List<Candidate> rest = new ArrayList<>();
  private final IdentityHashMap<Candidate, ReadFailure> failures = new IdentityHashMap<>();
  private final IdentityHashMap<Candidate, Integer> places = new IdentityHashMap<>();

  /// Reads all.
  SmallGroup(SmallFiles small, List<Candidate> candidates, ReadWatch watch) {
    List<OpenFile> files = new ArrayList<>(candidates.size());
    for (var candidate : candidates) {
      files.add(candidate.file());
    }
    sorted = small.sort(files, watch);
    for (int i = 0; i < sorted.contents(); i++) {
      byContent.add(new ArrayList<>());
    }
    for (int place = 0; place < candidates.size(); place++) {
      add(candidates.get(place), place);
    }
  }

  private void add(Candidate candidate, int place) {
    places.put(candidate, place);
    int content = sorted.content(place);
    if (content != SmallFiles.Sorted.NONE) {
      byContent.get(content).add(candidate);
    } else {
      sorted
          .failure(place)
          .ifPresentOrElse(failure -> failures.put(candidate, failure), () -> rest.add(candidate));
    }
  }

  /// Whether candidates of equal metadata are many enough and small enough.
  static boolean isOne(List<Candidate> candidates) {
    return candidates.size() >= LEAST
        && candidates.getFirst().file().sizeBytes() <= SmallFiles.SIZE_MAX_BYTES;
  }

  /// Those of each content, in the order given.
  List<List<Candidate>> byContent() {
    return byContent;
  }

  /// Those of further contents, which had no room.
  List<Candidate> rest() {
    return rest;
  }

  /// Tells those that could not be read, and why.
  void failures(BiConsumer<Candidate, ReadFailure> told) {
    failures.forEach(told);
  }

  /// Tells the fingerprint of each if there are several contents: if there is only one, nothing
  /// needs to be told apart the next time either.
  void fingerprints(BiConsumer<Member, Fingerprint> told) {
    if (byContent.size() < 2) {
      return;
    }
    for (int content = 0; content < byContent.size(); content++) {
      Fingerprint print = sorted.fingerprint(content);
      byContent.get(content).forEach(candidate -> told.accept(candidate.member(), print));
    }
  }

  /// What comparing a candidate with others of its content gives.
  GroupComparison compare(Candidate keeper, List<Candidate> others, IdWanted wanted) {
    int kept = place(keeper);
    Optional<ContentId> id =
        wanted == IdWanted.YES ? Optional.of(sorted.id(sorted.content(kept))) : Optional.empty();
    List<Comparison> answers = new ArrayList<>(others.size());
    for (var other : others) {
      answers.add(new Comparison.Same(sorted.receipt(kept, place(other))));
    }
    return new GroupComparison.Compared(id, answers);
  }

  private int place(Candidate candidate) {
    Integer place = places.get(candidate);
    if (place == null) {
      throw new IllegalArgumentException("not one of this group");
    }
    return place;
  }
}
