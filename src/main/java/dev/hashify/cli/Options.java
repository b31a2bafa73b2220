package dev.hashify.cli;

import dev.hashify.file.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.TypeConversionException;

/// The words in which commands say what can be typed after them.
///
/// What each `typed` gets is what picocli made of the arguments; without it the command keeps what
/// it holds already, so that its fields show the defaults. A command is parsed for once: nothing
/// sets it back.
final class Options {

  /// Makes what picocli wants made: its own looks for Groovy in every jar before it makes anything.
  static final IFactory FACTORY = Options::create;

  private Options() {}

  /// A command without options.
  ///
  /// @param command what [CommandSpec#userObject] gives back
  /// @param description a paragraph each
  static CommandSpec command(Object command, String name, String... description) {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(command, FACTORY).name(name);
    spec.usageMessage()
        .description(description)
        .abbreviateSynopsis(true)
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(ExitCode.table());
    return spec;
  }

  /// An option that takes no value, or `true` or `false` after a `=`.
  static OptionSpec flag(String name, Consumer<Boolean> typed, String... description) {
    return flag(OptionSpec.builder(name), typed, description);
  }

  /// The same with a short name.
  static OptionSpec flag(
      String shortName, String name, Consumer<Boolean> typed, String... description) {
    return flag(OptionSpec.builder(shortName, name), typed, description);
  }

  private static OptionSpec flag(
      OptionSpec.Builder names, Consumer<Boolean> typed, String... description) {
    return names
        .type(boolean.class)
        .hasInitialValue(false)
        .setter(new Handover<>(names.setter(), typed))
        .description(description)
        .build();
  }

  /// An option that takes one value and can be given once.
  ///
  /// @param label what stands for the value in the help
  static <T> OptionSpec value(
      String name,
      String label,
      ITypeConverter<T> converter,
      Consumer<T> typed,
      String... description) {
    OptionSpec.Builder option = OptionSpec.builder(name);
    return option
        .type(Object.class)
        .converters(converter)
        .hasInitialValue(false)
        .setter(new Handover<>(option.setter(), typed))
        .paramLabel(label)
        .description(description)
        .build();
  }

  /// An option that takes one value and can be given several times.
  static <T> OptionSpec list(
      String name,
      String label,
      ITypeConverter<T> converter,
      Consumer<List<T>> typed,
      String... description) {
    return lists(name, label, converter, typed, description).build();
  }

  /// An option that takes several values at once, with commas between them.
  static <T> OptionSpec commaList(
      String name,
      String label,
      ITypeConverter<T> converter,
      Consumer<List<T>> typed,
      String... description) {
    return lists(name, label, converter, typed, description)
        .splitRegex(",")
        .hideParamSyntax(true)
        .build();
  }

  private static <T> OptionSpec.Builder lists(
      String name,
      String label,
      ITypeConverter<T> converter,
      Consumer<List<T>> typed,
      String... description) {
    OptionSpec.Builder option = OptionSpec.builder(name);
    return option
        .type(List.class)
        .converters(converter)
        .hasInitialValue(false)
        .setter(new Handover<>(option.setter(), typed))
        .paramLabel(label)
        .description(description);
  }

  /// Paths that follow without an option.
  ///
  /// @param atLeast how many there must be, 0 or 1
  static PositionalParamSpec.Builder paths(
      String label, int atLeast, Consumer<List<TreePath>> typed, String... description) {
    PositionalParamSpec.Builder paths = PositionalParamSpec.builder();
    return paths
        .type(List.class)
        .converters((ITypeConverter<TreePath>) Options::path)
        .arity(atLeast + "..*")
        .required(atLeast > 0)
        .hasInitialValue(false)
        .setter(new Handover<>(paths.setter(), typed))
        .paramLabel(label)
        .description(description);
  }

  /// An argument as a path.
  static TreePath path(String argument) {
    if (argument.isEmpty()) {
      throw new TypeConversionException("a path cannot be empty");
    }
    return ArgumentText.path(argument);
  }

  /// An argument as a number.
  static int number(String argument) {
    try {
      return Integer.parseInt(argument);
    } catch (NumberFormatException _) {
      throw new TypeConversionException("'" + argument + "' is not a number, or too large");
    }
  }

  /// Lists are all that picocli makes, because nothing else is asked for above.
  private static <K> K create(Class<K> type) {
    return type.cast(new ArrayList<>());
  }

  /// Hands over what picocli sets, and lets it keep it too: it adds to a list with each occurrence.
  private record Handover<T>(ISetter kept, Consumer<T> typed) implements ISetter {

    @Override
    @SuppressWarnings("unchecked")
    public <V> V set(V value) throws Exception {
      kept.set(value);
      typed.accept((T) value);
      return value;
    }
  }
}
