package dev.hashify.cli;

import dev.hashify.engine.RunListener;
import dev.hashify.engine.StageProgress;
import dev.hashify.report.Figures;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Shows how far a run is: on a terminal a line that is rewritten, elsewhere a line now and then;
/// and to whoever asks by SIGUSR1, at once and in every mode.
///
/// What a run tells is only kept; a thread of its own draws. Everything else that is said meanwhile
/// goes through [#say], so that it does not land in the line.
final class Progress implements AutoCloseable {

  /// More would only flicker.
  private static final long REDRAW_MILLIS = 100;

  /// Often enough to see in a log that a run is alive, and none for a run that is short.
  private static final long LOG_NANOS = 30_000_000_000L;

  private static final long LOG_LOOK_MILLIS = 1_000;

  private static final String ERASE = "\r\u001b[K";

  private final PrintWriter out;
  private final PrintWriter err;
  private final Screen screen;
  private final LongSupplier nanoTime;
  private final Display display;
  private final Pulse.Beating pulse;
  private final long began;
  private volatile @Nullable ProgressLine line;
  private long loggedAt;
  private String shown = "";
  private boolean isOver;

  private enum Display {
    NOTHING(0),
    ONE_LINE(REDRAW_MILLIS),
    LINES(LOG_LOOK_MILLIS);

    private final long pauseMillis;

    Display(long pauseMillis) {
      this.pauseMillis = pauseMillis;
    }
  }

  Progress(Surroundings outside, ProgressMode mode) {
    out = outside.out();
    err = outside.err();
    screen = outside.screen();
    nanoTime = outside.nanoTime();
    display = display(mode, screen.kind());
    began = nanoTime.getAsLong();
    loggedAt = began;
    pulse = outside.pulse().start(display.pauseMillis, this::tick, this::answer);
  }

  private static Display display(ProgressMode mode, Screen.Kind kind) {
    Display visible = kind == Screen.Kind.TERMINAL ? Display.ONE_LINE : Display.LINES;
    return switch (mode) {
      case NEVER -> Display.NOTHING;
      case AUTO, ALWAYS -> visible;
    };
  }

  /// A stage begins. Neither this nor [#show] waits for a terminal that does not take its line.
  void stage(RunListener.Stage next) {
    line = new ProgressLine(next, StageProgress.NONE, new Pace(nanoTime.getAsLong()));
  }

  void show(StageProgress progress) {
    ProgressLine before = line;
    if (before == null) {
      stage(RunListener.Stage.WALKING);
      before = line;
    }
    if (before != null) {
      line = new ProgressLine(before.stage(), progress, before.pace());
    }
  }

  /// Time has gone on.
  private synchronized void tick() {
    ProgressLine now = line;
    if (isOver || now == null) {
      return;
    }
    long nanos = nanoTime.getAsLong();
    now.pace().look(nanos, now.progress());
    switch (display) {
      case NOTHING -> {}
      case ONE_LINE -> redraw(now);
      case LINES -> {
        if (nanos - loggedAt >= LOG_NANOS) {
          loggedAt = nanos;
          err.println(Weight.NOTE.line(screen.kind(), now.whole()));
          err.flush();
        }
      }
    }
  }

  private void redraw(ProgressLine now) {
    String text = now.fitted(screen.columns());
    if (!text.equals(shown)) {
      err.print(ERASE + text);
      err.flush();
      shown = text;
    }
  }

  /// Somebody wants to know.
  private synchronized void answer() {
    if (isOver) {
      return;
    }
    long nanos = nanoTime.getAsLong();
    ProgressLine now = line;
    String what = "nothing begun yet";
    if (now != null) {
      now.pace().look(nanos, now.progress());
      what = now.whole();
    }
    erase();
    err.println(
        Weight.NOTE.line(
            screen.kind(),
            "running for " + Figures.time(Duration.ofNanos(nanos - began)) + ": " + what));
    err.flush();
  }

  /// Says something else, with the line out of its way until it is drawn anew.
  synchronized void say(Runnable something) {
    boolean wasVisible = erase();
    something.run();
    if (wasVisible) {
      out.flush();
      err.flush();
    }
  }

  private boolean erase() {
    if (shown.isEmpty()) {
      return false;
    }
    err.print(ERASE);
    err.flush();
    shown = "";
    return true;
  }

  /// Takes the line away for good.
  @Override
  public void close() {
    synchronized (this) {
      isOver = true;
      erase();
    }
    pulse.close();
  }
}
