import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Rewrites libraries whose classes are older than Java 6 in the class file version of Java 8, with
/// nothing else of them changed.
///
/// The ahead-of-time cache of the JVM leaves out classes of versions before 50, because they have
/// no stack maps; loading and verifying picocli's one by one then takes longer than all the rest of
/// the start.
///
/// Usage: `java UpgradeClasses.java DIR`, where DIR holds the libraries.
public final class UpgradeClasses {

  /// The first version whose classes are verified by stack maps (JVMS 4.10.1).
  private static final int FIRST_WITH_STACK_MAPS = 50;

  private final ClassFile classFile;

  private UpgradeClasses(ClassLoader libraries) {
    // Code is taken over as it is, without stack maps, where the constants are not made anew.
    classFile =
        ClassFile.of(
            ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
            ClassFile.ConstantPoolSharingOption.NEW_POOL,
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(libraries)
                    .orElse(ClassHierarchyResolver.defaultResolver())));
  }

  /// Upgrades all jars of a directory that need it.
  public static void main(String[] arguments) throws IOException {
    List<Path> jars;
    try (var files = Files.list(Path.of(arguments[0]))) {
      jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
    List<URL> urls = new ArrayList<>();
    for (var jar : jars) {
      urls.add(jar.toUri().toURL());
    }
    try (var libraries = new URLClassLoader(urls.toArray(URL[]::new))) {
      var upgrade = new UpgradeClasses(libraries);
      for (var jar : jars) {
        if (hasOldClasses(jar)) {
          upgrade.rewrite(jar);
        }
      }
    }
  }

  private static boolean hasOldClasses(Path jar) throws IOException {
    try (var zip = new ZipFile(jar.toFile())) {
      for (var entry : zip.stream().toList()) {
        if (isOldClass(entry, zip.getInputStream(entry).readNBytes(8))) {
          return true;
        }
      }
      return false;
    }
  }

  private static boolean isOldClass(ZipEntry entry, byte[] start) {
    // ClassFile (JVMS 4.1): magic u4, minor u2, major u2.
    return entry.getName().endsWith(".class")
        && ((start[6] & 0xff) << 8 | start[7] & 0xff) < FIRST_WITH_STACK_MAPS;
  }

  private void rewrite(Path jar) throws IOException {
    Path upgraded = jar.resolveSibling(jar.getFileName() + ".new");
    try (var zip = new ZipFile(jar.toFile());
        OutputStream file = Files.newOutputStream(upgraded);
        var out = new ZipOutputStream(file)) {
      for (var entry : zip.stream().toList()) {
        byte[] content = zip.getInputStream(entry).readAllBytes();
        var copy = new ZipEntry(entry.getName());
        copy.setTime(entry.getTime());
        out.putNextEntry(copy);
        out.write(isOldClass(entry, content) ? upgrade(content) : content);
        out.closeEntry();
      }
    }
    Files.move(upgraded, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  private byte[] upgrade(byte[] old) {
    ClassModel model = classFile.parse(old);
    return classFile.transformClass(
        model,
        ClassTransform.ofStateful(() ->
            (builder, element) -> {
              if (element instanceof ClassFileVersion) {
                builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
              } else {
                builder.with(element);
              }
            }));
  }
}
