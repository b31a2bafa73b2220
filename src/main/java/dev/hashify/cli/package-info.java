/// The command line: arguments, terminal, exit codes.
///
/// # From what is typed to a request
///
/// Arguments are bytes. [RawArguments] takes them from the kernel, because the JVM decodes them by
/// the locale and what it cannot decode is lost. [ArgumentFiles] puts the lines of `@FILE` in their
/// place. From there to the end of parsing an argument is a string with one character for each byte
/// ([ArgumentText]), so that any name comes through in any locale. picocli calls one class per
/// command with what was typed, which its fields then hold; these only say what was typed. What
/// needs a look at the system (rule lists, `--roots-in`, places for reports) is resolved after that
/// and before anything is touched, all problems at once.
///
/// # Why there are no annotations
///
/// Each command and each set of options that several have tells picocli what can be typed in calls
/// ([Options], `spec` and `addTo`). With annotations picocli needs a proxy class for each kind of
/// them, a method handle for each field and a look for Groovy in every jar, all made anew in every
/// start: the JVM's ahead-of-time cache can hold none of it, but holds lambdas. On a machine with
/// two cores that was busy, so that only the ratios mean something (medians of 21 runs each, in
/// turns with the annotated form):
///
/// | | annotations | calls |
/// |---|---|---|
/// | from the arguments of `unify` to its request | 166 ms | 26 ms |
/// | `rules /etc/passwd`, wall, processor | 0.30 s, 0.36 s | 0.18 s, 0.21 s |
/// | `unify --help` | 0.35 s, 0.49 s | 0.21 s, 0.26 s |
/// | `unify -n` over an empty root | 0.67 s, 0.84 s | 0.65 s, 0.75 s |
/// | `unify` over an empty root | 0.74 s, 0.97 s | 0.65 s, 0.84 s |
///
/// Runs gain less wall time than that, because native libraries are bound on a second thread
/// meanwhile and that is what they wait for then.
///
/// # What is said where
///
/// Results go to standard output, messages and progress to standard error, both in UTF-8 in every
/// locale. [ExitCode] lists how a run can end, and [Session] is the one place that turns failures
/// into messages and exit codes. A reader of standard output that goes away does not stop a run.
///
/// Where standard error is systemd's journal ([Screen.Kind#JOURNAL]), each line begins with its
/// [Weight] instead of the program's name: the journal names the sender itself and sorts by weight,
/// so that `journalctl -p warning` shows problems and no progress.
///
/// # The rules in force by default
///
/// [DefaultRules]: the list in the jar, or where the launcher is that of a package, the copy that
/// an administrator edits in `/etc/hashify/exclude-rules`.
///
/// # Pages and completion
///
/// [Manual] writes pages for `man` ([ManPage]) and completion for three shells ([ShellScripts])
/// when a package is built, from the options as picocli has them. They are shipped and never run.
///
/// # Progress
///
/// A run tells how far it is some twenty times a second ([dev.hashify.engine.StageProgress]); it is
/// only kept ([Progress]), and a thread of its own ([RealPulse]) draws, so that a slow terminal
/// slows nothing down. On a terminal that is one line, rewritten at most ten times a second, as
/// wide as the window is at that moment (TIOCGWINSZ) and gone before results are printed;
/// [ProgressLine] leaves out what there is no room for, and in 20 columns the stage, the percentage
/// and the time left are there. Elsewhere it is a plain line every half minute. SIGUSR1 is answered
/// at once in every mode. [Pace] says how long it will take, once that means something and without
/// jumps; while walking, how much there is nobody knows.
///
/// There are libraries for it; the one that is kept up well (`me.tongfei:progressbar`) brings JLine
/// for the width of the terminal, which is one system call here, draws bars that need more than 20
/// columns, and reckons the time left from the average since the start. What remains to be done
/// oneself (messages between redraws, logs, signals, escaping) is more than what it takes off.
///
/// # Signals
///
/// The first SIGINT, SIGTERM or SIGHUP during a run asks it to stop after the batch in hand; the
/// summary is printed and the exit code tells the signal. The second ends the program at once,
/// which costs what was in hand and nothing else. Before a run begins a signal has its usual
/// effect.
///
/// `--version` alone is answered before any of this is loaded.
@NullMarked
package dev.hashify.cli;

import org.jspecify.annotations.NullMarked;
