package dev.hashify.cli;

import dev.hashify.engine.RunListener;
import dev.hashify.engine.StageProgress;
import dev.hashify.report.RunEvent;

/// Shows notes and progress; what is decided about paths is told by the command's report.
final class StageListener implements RunListener, AutoCloseable {

  private final Session session;
  private final Progress progress;

  StageListener(Session session, ProgressMode mode) {
    this.session = session;
    this.progress = new Progress(session.outside(), mode);
  }

  @Override
  public void event(RunEvent event) {}

  @Override
  public void note(String line) {
    progress.say(() -> session.say(Weight.NOTE, line));
  }

  @Override
  public void stage(Stage stage) {
    progress.stage(stage);
  }

  @Override
  public void progress(StageProgress now) {
    progress.show(now);
  }

  /// Nothing more will come.
  @Override
  public void close() {
    progress.close();
  }
}
