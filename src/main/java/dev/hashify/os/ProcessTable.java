package dev.hashify.os;

import dev.hashify.file.FileId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which processes live in which directory trees, and which use files of them from outside; from
/// `/proc` (proc(5)).
///
/// A process lives in a tree if its root directory is the tree's top or lies below it. That is
/// decided by device and inode on the way up, so it holds for other mount namespaces and for
/// renamed directories. Not found is a process whose root directory lies below the top and is the
/// top of a mount that only its own namespace has: there is no way up from there.
///
/// Not through [SystemCalls]: nothing here belongs to a file system that a run changes, and a
/// failing look at one of a thousand processes is always met in the same way. A process that ends
/// while it is looked at is no problem; one that may not be looked at is remembered, see
/// [Living#sawAll].
public final class ProcessTable {

  /// Longest way up from a root directory; PATH_MAX allows half as many levels.
  private static final int LEVELS_MAX = 4096;

  /// `PROC_PID_INIT_INO` of linux/proc_ns.h: the process namespace of the host itself.
  private static final String HOST_NAMESPACE = "pid:[4026531836]";

  private static final FileId NOWHERE = new FileId(-1, -1);

  private final Path proc;

  /// @param proc where the process file system is mounted; a test may give a directory of its own
  public ProcessTable(Path proc) {
    this.proc = proc;
  }

  /// The processes of this machine, as far as they can be seen from here.
  public static ProcessTable ofHost() {
    return new ProcessTable(Path.of("/proc"));
  }

  /// A directory tree to ask for.
  ///
  /// @param top device and inode of its top directory
  /// @param path the real path of the top, as `/proc/self/fd` has it for an open descriptor
  public record Place(FileId top, Path path) {

    /// The tree below an open directory.
    public static Place of(FileId top, Descriptor open) throws IOException {
      return new Place(top, Files.readSymbolicLink(Path.of(open.procPath())));
    }
  }

  /// Who lives where.
  ///
  /// @param byPlace the process ids for each place that was asked for, in that order
  /// @param sawAll whether there can be no others: every process could be looked at, and none is
  ///   hidden from us by a namespace
  public record Living(List<Set<Integer>> byPlace, boolean sawAll) {
    public Living {
      byPlace = byPlace.stream().map(Set::copyOf).toList();
    }

    /// Whether a process lives in any of the places.
    public boolean contains(int process) {
      return byPlace.stream().anyMatch(ids -> ids.contains(process));
    }
  }

  /// Looks at every process once. Costs some microseconds for each.
  public Living living(List<Place> places) {
    var look = new Look(places);
    List<Set<Integer>> found = sets(places.size());
    for (int process : numbers(look)) {
      look.above(file(process, "root")).stream().forEach(i -> found.get(i).add(process));
    }
    return new Living(found, look.sawAll && isHostNamespace());
  }

  /// Whether each of `processes` lives in one of the places; those that have ended do not count.
  public boolean allLive(Collection<Integer> processes, List<Place> places) {
    var look = new Look(places);
    for (int process : processes) {
      Path root = file(process, "root");
      if (look.above(root).isEmpty() && (!look.sawAll || !NOWHERE.equals(look.id(root)))) {
        return false;
      }
    }
    return look.sawAll;
  }

  /// Whether a process lives in one of the places.
  public boolean livesIn(int process, List<Place> places) {
    return !new Look(places).above(file(process, "root")).isEmpty();
  }

  /// The ids of all processes there are.
  public Set<Integer> numbers() {
    return new TreeSet<>(numbers(new Look(List.of())));
  }

  /// Who uses files of each place: has its working directory in it, runs a program from it, or has
  /// files of it open or mapped. Those who live there are among them.
  ///
  /// Files are recognised by the paths the kernel has for them, so one that another mount namespace
  /// knows by another path is missed. Costs a read per open file of every process.
  public Living using(List<Place> places) {
    var look = new Look(places);
    List<Set<Integer>> found = sets(places.size());
    for (int process : numbers(look)) {
      BitSet used = look.above(file(process, "cwd"));
      used.or(look.below(look.link(file(process, "exe"))));
      look.openFiles(file(process, "fd"), used);
      look.mappedFiles(file(process, "maps"), used);
      used.stream().forEach(i -> found.get(i).add(process));
    }
    return new Living(found, look.sawAll && isHostNamespace());
  }

  private static List<Set<Integer>> sets(int count) {
    List<Set<Integer>> sets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sets.add(new TreeSet<>());
    }
    return sets;
  }

  private Path file(int process, String name) {
    return proc.resolve(Integer.toString(process)).resolve(name);
  }

  private List<Integer> numbers(Look look) {
    List<Integer> numbers = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path process : processes) {
        numbers.add(Integer.parseInt(process.getFileName().toString()));
      }
    } catch (IOException _) {
      look.sawAll = false;
    }
    return numbers;
  }

  /// In a process namespace of its own, a container's, one sees none of the host's. Where processes
  /// of others are hidden (`hidepid`), the first of all is.
  private boolean isHostNamespace() {
    try {
      String namespace = Files.readSymbolicLink(proc.resolve("self/ns/pid")).toString();
      return namespace.equals(HOST_NAMESPACE) && Files.exists(proc.resolve("1"));
    } catch (IOException _) {
      return false;
    }
  }

  /// One pass over the processes.
  private static final class Look {
    private final List<Place> places;
    private final Map<FileId, BitSet> known = new HashMap<>();
    private final List<String> mapped;
    private boolean sawAll = true;

    Look(List<Place> places) {
      this.places = places;
      this.mapped = places.stream().map(place -> inMaps(place.path())).toList();
    }

    /// A path as `maps` has it: bytes one to one, a line feed as an octal escape.
    private static String inMaps(Path path) {
      byte[] bytes = path.toString().getBytes(nativeEncoding());
      String text = new String(bytes, StandardCharsets.ISO_8859_1).replace("\n", "\\012");
      return text.equals("/") ? text : text + "/";
    }

    private static java.nio.charset.Charset nativeEncoding() {
      return java.nio.charset.Charset.forName(
          System.getProperty("sun.jnu.encoding", "UTF-8"), StandardCharsets.UTF_8);
    }

    /// Which places a directory of a process is in, going up from it.
    BitSet above(Path directory) {
      var way = new ArrayList<FileId>();
      Path at = directory;
      BitSet found = new BitSet();
      for (int level = 0; level < LEVELS_MAX; level++) {
        FileId id = id(at);
        if (id.equals(NOWHERE)) {
          // It ended on the way: what was found counts, but is not remembered for others.
          return found;
        }
        BitSet remembered = known.get(id);
        if (remembered != null) {
          found.or(remembered);
          break;
        }
        if (!way.isEmpty() && way.getLast().equals(id)) {
          break;
        }
        way.add(id);
        for (int i = 0; i < places.size(); i++) {
          if (places.get(i).top().equals(id)) {
            found.set(i);
          }
        }
        at = at.resolve("..");
      }
      if (!way.isEmpty()) {
        known.put(way.getFirst(), (BitSet) found.clone());
      }
      return found;
    }

    /// Device and inode behind a link of `/proc`; [#NOWHERE] if the process has ended.
    FileId id(Path path) {
      try {
        Map<String, Object> stat = Files.readAttributes(path, "unix:dev,ino");
        return new FileId(device(number(stat.get("dev"))), number(stat.get("ino")));
      } catch (AccessDeniedException _) {
        sawAll = false;
        return NOWHERE;
      } catch (IOException _) {
        return NOWHERE;
      }
    }

    private static long number(@Nullable Object attribute) {
      return attribute instanceof Long number ? number : -1;
    }

    /// The packing of the C library (sys/sysmacros.h) taken apart, to that of [FileId].
    private static long device(long packed) {
      long major = ((packed >>> 8) & 0xfff) | ((packed >>> 32) & 0xffff_f000L);
      long minor = (packed & 0xff) | ((packed >>> 12) & 0xffff_ff00L);
      return (major << 32) | minor;
    }

    /// Which places a path is in.
    BitSet below(Path path) {
      BitSet found = new BitSet();
      for (int i = 0; i < places.size(); i++) {
        if (path.startsWith(places.get(i).path())) {
          found.set(i);
        }
      }
      return found;
    }

    Path link(Path link) {
      try {
        return Files.readSymbolicLink(link);
      } catch (AccessDeniedException _) {
        sawAll = false;
      } catch (IOException _) {
        // It ended, or is a thread of the kernel and has none.
      }
      return Path.of("");
    }

    void openFiles(Path directory, BitSet used) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
        for (Path file : files) {
          used.or(below(link(file)));
        }
      } catch (AccessDeniedException _) {
        sawAll = false;
      } catch (IOException | java.nio.file.DirectoryIteratorException _) {
        // It ended.
      }
    }

    void mappedFiles(Path maps, BitSet used) {
      String text;
      try {
        text = new String(Files.readAllBytes(maps), StandardCharsets.ISO_8859_1);
      } catch (AccessDeniedException _) {
        sawAll = false;
        return;
      } catch (IOException _) {
        return;
      }
      for (int i = 0; i < mapped.size(); i++) {
        // Before the path stand the inode and blanks (proc(5)).
        if (text.contains(" " + mapped.get(i))) {
          used.set(i);
        }
      }
    }
  }
}
