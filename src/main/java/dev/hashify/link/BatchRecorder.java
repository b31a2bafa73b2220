package dev.hashify.link;

import java.util.List;

/// Remembers new objects. Any number of threads may tell of a batch each.
public interface BatchRecorder {

  /// Remembers nothing: for a store that nobody looks into by an index.
  BatchRecorder NONE =
      new BatchRecorder() {
        @Override
        public void adopting() {}

        @Override
        public void adopted(List<AdoptedObject> objects) {}

        @Override
        public void abandoned(List<AdoptedObject> objects) {}
      };

  /// Files are about to become objects: notes, durably, that there may be objects that nobody has
  /// written down.
  ///
  /// @throws BatchException if that failed; nothing has been changed then
  void adopting() throws BatchException;

  /// Remembers the objects that a batch has adopted since [#adopting]; may be none. They may be
  /// written down later, as long as the note of that call stays until then.
  ///
  /// @throws BatchException if that failed; nothing has been replaced then
  void adopted(List<AdoptedObject> objects) throws BatchException;

  /// Forgets objects that are none any more: nothing came to share them.
  ///
  /// @throws BatchException if that failed; the batch itself is done
  void abandoned(List<AdoptedObject> objects) throws BatchException;
}
