package dev.hashify.roots;

import dev.hashify.file.FileProblem;
import dev.hashify.file.TreePath;
import dev.hashify.layers.ContainerEngine;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Finds the trees of engines. Looks at configurations, records and names of directories only.
public final class RootFinder {

  private final EngineHost host;

  public RootFinder(EngineHost host) {
    this.host = host;
  }

  /// The trees of the engines that are here.
  ///
  /// @param engines those that are wanted; all if there are none, and then it is nothing special
  ///   that one is not here
  public Findings find(List<EnginePlace> engines) {
    var finds = new Finds();
    if (engines.isEmpty()) {
      Stream.of(ContainerEngine.values())
          .map(engine -> new EnginePlace(engine, Optional.empty()))
          .forEach(engine -> find(engine, finds));
    }
    for (var engine : engines) {
      boolean isHere = find(engine, finds);
      if (!isHere && engine.place().isEmpty()) {
        finds.notes.add(notHere(engine.engine()));
      }
    }
    return finds.all();
  }

  /// Whether the engine is here, or could not be looked for.
  private boolean find(EnginePlace wanted, Finds finds) {
    boolean isHere = false;
    try {
      EngineRoots engine = roots(wanted.engine());
      Set<TreePath> seen = new HashSet<>();
      for (var home : wanted.place().map(List::of).orElse(engine.homes())) {
        Optional<TreePath> real = host.real(home);
        if (real.isPresent() && seen.add(real.get())) {
          isHere |= engine.find(real.get(), finds);
        }
      }
      if (!isHere && wanted.place().isPresent()) {
        finds.problems.add(noPlace(wanted.engine(), wanted.place().get()));
      }
      return isHere;
    } catch (ConfigurationException unusable) {
      finds.problems.add(
          new FileProblem(
              unusable.file(),
              "roots of " + wanted.engine().text() + " not found",
              String.valueOf(unusable.getMessage()),
              "correct it, or give their place: --engine " + wanted.engine().word() + "=DIR"));
      return true;
    }
  }

  private FileProblem noPlace(ContainerEngine engine, TreePath place) {
    String why =
        host.isDirectory(place)
            ? "not laid out as " + engine.text() + " does"
            : "no such directory, or it cannot be opened";
    return new FileProblem(
        place, "roots of " + engine.text() + " not found", why, "nothing of it is taken");
  }

  private String notHere(ContainerEngine engine) {
    String places;
    try {
      places = String.join(", ", roots(engine).homes().stream().map(TreePath::toString).toList());
    } catch (ConfigurationException unusable) {
      places = String.valueOf(unusable.getMessage());
    }
    return "no "
        + engine.text()
        + " here (looked at "
        + places
        + "); if it keeps its roots elsewhere: --engine "
        + engine.word()
        + "=DIR";
  }

  private EngineRoots roots(ContainerEngine engine) {
    return switch (engine) {
      case PODMAN -> new StorageRoots(host);
      case DOCKER -> new DockerRoots(host);
      case CONTAINERD -> new ContainerdRoots(host);
      case LXC -> new LxcRoots(host);
      case INCUS -> new IncusRoots(host);
      case NSPAWN -> new MachineRoots(host);
      case VSERVER -> new VserverRoots(host);
    };
  }
}
