package dev.hashify.cli;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;

/// Tells an [Interruption] of signals.
///
/// A shutdown hook would not know which signal it was, and no second one could end the program. The
/// JDK has `sun.misc.Signal` for it (module `jdk.unsupported`, which JEP 260 keeps), but its
/// compiler warns of that class in a way that cannot be switched off; hence by name.
final class Signals {

  private Signals() {}

  static void tell(Interruption interruption) {
    for (StopSignal signal : StopSignal.values()) {
      try {
        tell(interruption, signal);
      } catch (ReflectiveOperationException missing) {
        // Then a signal ends the program at once, as everywhere in Java; the journal covers that.
        return;
      }
    }
  }

  private static void tell(Interruption interruption, StopSignal stop)
      throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    MethodHandle signalled =
        MethodHandles.lookup()
            .findVirtual(
                Interruption.class,
                "signalled",
                MethodType.methodType(void.class, StopSignal.class));
    Object teller =
        MethodHandleProxies.asInterfaceInstance(
            handler,
            MethodHandles.dropArguments(
                MethodHandles.insertArguments(signalled, 0, interruption, stop), 0, signal));
    Object wanted = signal.getConstructor(String.class).newInstance(stop.name());
    try {
      signal.getMethod("handle", signal, handler).invoke(null, wanted, teller);
    } catch (InvocationTargetException refused) {
      // The JVM was started with -Xrs and leaves signals alone: so do we.
      if (!(refused.getCause() instanceof IllegalArgumentException)) {
        throw refused;
      }
    }
  }
}
