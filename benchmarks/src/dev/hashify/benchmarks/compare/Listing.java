package dev.hashify.benchmarks.compare;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The files of a corpus as `find` sees them, by which what programs found is brought to one form.
///
/// A file is an inode here, whatever number of paths it has: programs differ in how they count
/// paths. Empty files are not listed, because all empty files are equal and nobody gains by it.
final class Listing {

  private static final String FORMAT = "%D:%i %U:%G:%m %s %p\\0";
  private static final int FIELDS = 4;

  private final Map<String, Integer> files = new HashMap<>();
  private final List<String> paths = new ArrayList<>();
  private final List<Long> sizes = new ArrayList<>();
  private final List<Integer> metadata = new ArrayList<>();

  private final Map<String, Integer> fileOfInode = new HashMap<>();
  private final Map<String, Integer> metadataKinds = new HashMap<>();

  private Listing() {}

  /// Lists `roots`.
  static Listing of(List<Path> roots) throws IOException {
    var command = new ArrayList<String>(List.of("find"));
    roots.forEach(root -> command.add(root.toString()));
    command.addAll(List.of("-type", "f", "-size", "+0", "-printf", FORMAT));
    var listing = new Listing();
    Process find =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (InputStream in = new BufferedInputStream(find.getInputStream(), 1 << 16)) {
      var record = new ByteArrayOutputStream();
      for (int b = in.read(); b >= 0; b = in.read()) {
        if (b != 0) {
          record.write(b);
          continue;
        }
        listing.add(record.toString(StandardCharsets.ISO_8859_1));
        record.reset();
      }
    }
    listing.fileOfInode.clear();
    return listing;
  }

  /// Takes in a line `DEVICE:INODE OWNER:GROUP:MODE SIZE PATH`.
  private void add(String line) {
    String[] fields = line.split(" ", FIELDS);
    int file =
        fileOfInode.computeIfAbsent(
            fields[0],
            _ -> {
              paths.add(fields[3]);
              sizes.add(Long.parseLong(fields[2]));
              metadata.add(metadataKinds.computeIfAbsent(fields[1], _ -> metadataKinds.size()));
              return paths.size() - 1;
            });
    files.put(fields[3], file);
  }

  /// Lists what is given instead of looking: lines as `find` prints them.
  static Listing ofLines(List<String> lines) {
    var listing = new Listing();
    lines.forEach(listing::add);
    return listing;
  }

  int size() {
    return paths.size();
  }

  /// The number of the file at `path`, or -1 if it is not listed.
  int fileAt(String path) {
    return files.getOrDefault(path, -1);
  }

  String path(int file) {
    return paths.get(file);
  }

  long bytes(int file) {
    return sizes.get(file);
  }

  /// A number that is equal for files of equal owner, group and mode.
  int metadata(int file) {
    return metadata.get(file);
  }
}
