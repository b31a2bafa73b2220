package dev.hashify.house;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import dev.hashify.house.SourceTree.TextFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// The methods of a Java source and how many lines each takes, as javac's parser sees them.
///
/// The lines go from the opening brace to the closing one: a table of cases that is written as an
/// annotation is not the method's length.
final class JavaMethods {

  record Method(String name, long line, long lines) {}

  private JavaMethods() {}

  static List<Method> in(TextFile source) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    var task =
        (JavacTask)
            compiler.getTask(null, null, null, List.of(), null, List.of(new Source(source)));
    try {
      var methods = new ArrayList<Method>();
      for (CompilationUnitTree unit : task.parse()) {
        new Scanner(unit, Trees.instance(task).getSourcePositions(), methods).scan(unit, null);
      }
      return methods;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Scanner extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<Method> methods;

    Scanner(CompilationUnitTree unit, SourcePositions positions, List<Method> methods) {
      this.unit = unit;
      this.positions = positions;
      this.methods = methods;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
      BlockTree body = method.getBody();
      if (body != null) {
        long first = lineOf(positions.getStartPosition(unit, body));
        long last = lineOf(positions.getEndPosition(unit, body));
        methods.add(new Method(method.getName().toString(), first, last - first + 1));
      }
      return super.visitMethod(method, null);
    }

    private long lineOf(long position) {
      return unit.getLineMap().getLineNumber(position);
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(TextFile source) {
      super(URI.create("string:///" + source.path()), JavaFileObject.Kind.SOURCE);
      this.text = source.text();
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
