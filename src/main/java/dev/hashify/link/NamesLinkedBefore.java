package dev.hashify.link;

import dev.hashify.os.ErrnoException;
import dev.hashify.plan.Member;
import dev.hashify.store.LinkedNames.NameInDirectory;
import dev.hashify.store.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which names were hard links of each other before they were shared, so that breaking can keep
/// them together. The store is told only what it does not know.
final class NamesLinkedBefore {

  private final Store store;

  /// What the store says of names that are links of each other: from each name to one that stands
  /// for its set, and from that to the set, which is empty for a name that is a link no more.
  private final Map<NameInDirectory, NameInDirectory> known = new HashMap<>();

  private final Map<NameInDirectory, Set<NameInDirectory>> sets = new HashMap<>();
  private boolean hasRead;

  NamesLinkedBefore(Store store) {
    this.store = store;
  }

  /// Writes down which names of each file are links of each other now, before they are replaced.
  synchronized void remember(List<Member> files, OpenDirectories directories)
      throws ErrnoException {
    read();
    List<List<NameInDirectory>> together = new ArrayList<>();
    for (var file : files) {
      news(file, directories).ifPresent(together::add);
    }
    store.linkedNames().append(together);
    for (var names : together) {
      sets.put(names.getFirst(), names.size() == 1 ? Set.of() : Set.copyOf(names));
      names.forEach(name -> known.put(name, names.getFirst()));
    }
  }

  private void read() throws ErrnoException {
    if (hasRead) {
      return;
    }
    Map<Integer, NameInDirectory> first = new HashMap<>();
    Map<Integer, Set<NameInDirectory>> byNumber = new HashMap<>();
    store
        .linkedNames()
        .read()
        .forEach((name, number) -> {
          first.putIfAbsent(number, name);
          byNumber.computeIfAbsent(number, _ -> new HashSet<>()).add(name);
          known.put(name, first.get(number));
        });
    byNumber.forEach((number, names) ->
        sets.put(first.get(number), names.size() == 1 ? Set.of() : Set.copyOf(names)));
    hasRead = true;
  }

  private Optional<List<NameInDirectory>> news(Member file, OpenDirectories directories) {
    boolean isSingle = file.names().size() < 2;
    if (file.isObject() || (isSingle && known.isEmpty())) {
      return Optional.empty();
    }
    List<NameInDirectory> names = new ArrayList<>();
    for (var path : file.names()) {
      try {
        OpenDirectory directory = directories.open(path.root(), path.directory());
        names.add(new NameInDirectory(directory.inode(), path.name()));
      } catch (ErrnoException _) {
        // Its directory is gone; so is the name.
      }
    }
    return isNews(names) ? Optional.of(names) : Optional.empty();
  }

  /// Whether the store says something else of the names: nothing of names that are links, or that a
  /// name is a link which is none any more.
  private boolean isNews(List<NameInDirectory> names) {
    if (names.isEmpty()) {
      return false;
    }
    NameInDirectory first = known.get(names.getFirst());
    if (names.size() == 1) {
      return first != null && !sets.getOrDefault(first, Set.of()).isEmpty();
    }
    return first == null || !sets.getOrDefault(first, Set.of()).equals(Set.copyOf(names));
  }
}
