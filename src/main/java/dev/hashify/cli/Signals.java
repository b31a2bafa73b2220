package dev.hashify.cli;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;

/// Hands on the signals that users send.
///
/// A shutdown hook would not know which signal it was, and no second one could end the program. The
/// JDK has `sun.misc.Signal` for it (module `jdk.unsupported`, which JEP 260 keeps), but its
/// compiler warns of that class in a way that cannot be switched off; hence by name. The other ways
/// are none: a handler installed past the JDK would run Java code on whatever thread the signal
/// hits, and `signalfd` wants the signal blocked in every thread, those of the JVM included.
final class Signals {

  /// Sent by a user who wants to know how far a run is, as `dd` understands it.
  private static final String ASK = "USR1";

  private Signals() {}

  /// Tells `interruption` of the signals that stop a run.
  static void tell(Interruption interruption) {
    for (StopSignal signal : StopSignal.values()) {
      // A signal that is left alone ends the program at once, as everywhere in Java; the journal
      // covers that.
      handle(signal.name(), () -> interruption.signalled(signal));
    }
  }

  /// Has `answer` called for each SIGUSR1 from now on, in place of what was called before.
  static void onAsked(Runnable answer) {
    handle(ASK, answer);
  }

  private static void handle(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      MethodHandle run =
          MethodHandles.lookup()
              .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
              .bindTo(action);
      Object teller =
          MethodHandleProxies.asInterfaceInstance(
              handler, MethodHandles.dropArguments(run, 0, signal));
      Object wanted = signal.getConstructor(String.class).newInstance(name);
      signal.getMethod("handle", signal, handler).invoke(null, wanted, teller);
    } catch (InvocationTargetException refused) {
      // The JVM was started with -Xrs and leaves signals alone: so do we.
      if (!(refused.getCause() instanceof IllegalArgumentException)) {
        throw new IllegalStateException("SIG" + name + " could not be handled", refused);
      }
    } catch (ReflectiveOperationException missing) {
      // A Java without that class leaves signals alone, too.
      return;
    }
  }
}
