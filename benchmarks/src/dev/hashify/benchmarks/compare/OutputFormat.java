package dev.hashify.benchmarks.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How a program writes down which files are equal.
///
/// Each reader hands on lists of paths that are equal; the same path may come in several, and then
/// all of them are one group. Paths are bytes in the guise of ISO 8859-1.
enum OutputFormat {
  /// One path a line, an empty line after each group: jdupes, yadf.
  FDUPES {
    @Override
    void read(BufferedReader in, Consumer<List<String>> group) throws IOException {
      var paths = new ArrayList<String>();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (!line.isEmpty()) {
          paths.add(line);
          continue;
        }
        flush(paths, group);
      }
      flush(paths, group);
    }
  },

  /// The same with backslashes escaped by fclones, and with them what is no text.
  FCLONES {
    @Override
    void read(BufferedReader in, Consumer<List<String>> group) throws IOException {
      FDUPES.read(in, paths -> group.accept(paths.stream().map(OutputFormat::unescape).toList()));
    }
  },

  /// rdfind's results file: seven figures and a path; the second figure is the group, negative in
  /// all members but the first.
  RDFIND {
    private static final int FIGURES = 7;

    @Override
    void read(BufferedReader in, Consumer<List<String>> group) throws IOException {
      Map<Long, List<String>> groups = new HashMap<>();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("DUPTYPE_")) {
          String[] figures = line.split(" ", FIGURES + 1);
          long number = Math.abs(Long.parseLong(figures[1]));
          groups.computeIfAbsent(number, _ -> new ArrayList<>()).add(figures[FIGURES]);
        }
      }
      groups.values().forEach(group);
    }
  },

  /// rmlint's JSON, which it writes one member a line: the checksum comes before the path.
  RMLINT {
    @Override
    void read(BufferedReader in, Consumer<List<String>> group) throws IOException {
      Map<String, List<String>> groups = new HashMap<>();
      String checksum = "";
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        checksum = JsonStrings.member(line, "checksum").orElse(checksum);
        var path = JsonStrings.member(line, "path");
        if (path.isPresent()) {
          groups.computeIfAbsent(checksum, _ -> new ArrayList<>()).add(path.get());
        }
      }
      groups.values().forEach(group);
    }
  },

  /// What `hardlink -n -v` says it would do, a pair a line.
  HARDLINK {
    private static final Pattern PAIR =
        Pattern.compile("\\[DryRun\\] Linking (/.*) to (/.*) \\(-[^()]*\\)");

    @Override
    void read(BufferedReader in, Consumer<List<String>> group) throws IOException {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        Matcher pair = PAIR.matcher(line);
        if (pair.matches()) {
          group.accept(List.of(pair.group(1), pair.group(2)));
        }
      }
    }
  },

  /// Hashify's NDJSON: a path and its keeper in each event that would share or shared.
  HASHIFY {
    @Override
    void read(BufferedReader in, Consumer<List<String>> group) throws IOException {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("{\"event\":\"would-share\"")
            || line.startsWith("{\"event\":\"share\"")) {
          var path = JsonStrings.path(line, "path");
          var keeper = JsonStrings.path(line, "keeper");
          group.accept(List.of(keeper.orElseThrow(), path.orElseThrow()));
        }
      }
    }
  };

  private static final Pattern ESCAPED = Pattern.compile("\\\\(x[0-9A-Fa-f]{2}|.)");

  abstract void read(BufferedReader in, Consumer<List<String>> group) throws IOException;

  void read(Path file, Consumer<List<String>> group) throws IOException {
    try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      read(in, group);
    }
  }

  private static String unescape(String path) {
    return ESCAPED.matcher(path).replaceAll(escaped -> Matcher.quoteReplacement(byteOf(escaped)));
  }

  private static String byteOf(MatchResult escaped) {
    String code = escaped.group(1);
    return switch (code.charAt(0)) {
      case 'x' -> Character.toString(Integer.parseInt(code.substring(1), 16));
      case 'n' -> "\n";
      case 'r' -> "\r";
      case 't' -> "\t";
      default -> code;
    };
  }

  private static void flush(List<String> paths, Consumer<List<String>> group) {
    if (!paths.isEmpty()) {
      group.accept(List.copyOf(paths));
      paths.clear();
    }
  }
}
