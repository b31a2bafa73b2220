package dev.hashify.engine;

import dev.hashify.report.RunEvent;

/// Told what a run does while it does it. Called by many threads, one call at a time.
public interface RunListener {

  /// Hears nothing.
  RunListener NONE =
      new RunListener() {
        @Override
        public void event(RunEvent event) {}
      };

  /// A decision about one path.
  void event(RunEvent event);

  /// Whether to tell skipped and refused paths too, all of them: costs a message per path.
  default boolean wantsEveryPath() {
    return false;
  }

  /// Whether to add up at the end who uses which space, and what a laxer identity would bring: a
  /// pass over what is known of all files, and some 50 bytes of memory for each shared content.
  default boolean wantsSurvey() {
    return false;
  }

  /// A line about the run as a whole: the store in use, a recovered run, a rebuilt index.
  default void note(String line) {}

  /// A new stage begins.
  default void stage(Stage stage) {}

  /// How far the stage is; told at most some twenty times a second.
  default void progress(StageProgress progress) {}

  /// The stages of a run, in their order; then those of the other operations.
  enum Stage {
    WALKING,
    COMPARING,
    RECORDING,
    SWEEPING,
    COPYING,
    RELEASING,
    VERIFYING
  }
}
