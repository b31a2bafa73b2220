package dev.hashify.store;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/// The names inside a store.
final class Layout {

  static final String TAG = "CACHEDIR.TAG";
  static final String FORMAT = "format";

  /// The next format file until it is complete.
  static final String FORMAT_NEW = "format.new";

  static final String LOCK = "lock";
  static final String INDEX = "index";
  static final String OBJECTS = "objects";
  static final String TMP = "tmp";
  static final String JOURNAL = "journal";
  static final String DAMAGED = "damaged";

  /// Made with the store, in this order.
  static final List<String> DIRECTORIES = List.of(OBJECTS, TMP, JOURNAL, DAMAGED);

  /// What may lie in a directory whose making as a store was interrupted.
  static final Set<String> BEFORE_FORMAT =
      Set.of(TAG, FORMAT_NEW, LOCK, OBJECTS, TMP, JOURNAL, DAMAGED);

  /// Which index was told of the last changes to the store.
  static final String LAST_INDEX = "last-index";

  /// There while some objects may lack the store's guard, see [Store#noteGuardsUnsettled].
  static final String UNSETTLED_GUARDS = "guards-unsettled";

  /// Only its owner may look into a store: objects keep their owners and modes, and whoever could
  /// reach them here would pass by the permissions of the directories that they came from.
  static final int DIRECTORY_MODE = 0700;

  static final int FILE_MODE = 0600;

  /// The first line is the signature of the Cache Directory Tagging Specification.
  static final String TAG_CONTENT =
      """
      Signature: 8a477f597d28d172789f06886806bc55
      # Every object of this store that is in use has another name in a root; backups can omit it.
      """;

  private Layout() {}

  static byte[] bytes(String name) {
    return name.getBytes(StandardCharsets.US_ASCII);
  }
}
