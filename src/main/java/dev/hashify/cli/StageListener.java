package dev.hashify.cli;

import dev.hashify.engine.RunListener;
import dev.hashify.file.TreePath;
import dev.hashify.report.RunEvent;

/// Shows notes and progress; what is decided about paths is told by the command's report.
final class StageListener implements RunListener {

  private final Session session;
  private final Progress progress;

  StageListener(Session session) {
    this.session = session;
    this.progress = new Progress(session.outside(), ProgressMode.AUTO);
  }

  @Override
  public void event(RunEvent event) {}

  @Override
  public void note(String line) {
    progress.clear();
    session.message(line);
  }

  @Override
  public void stage(Stage stage) {
    progress.stage(stage);
  }

  @Override
  public void progress(long filesDone, long bytesDone, TreePath current) {
    progress.show(filesDone, bytesDone, current);
  }

  /// Nothing more will come.
  void end() {
    progress.clear();
  }
}
