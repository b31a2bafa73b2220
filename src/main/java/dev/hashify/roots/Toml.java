package dev.hashify.roots;

import dev.hashify.file.TreePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The texts of a TOML file: values that are strings, and arrays of them. Other values are read
/// over, but a file that no TOML reader would take is not taken here either.
final class Toml {

  private final TreePath file;
  private final Map<List<String>, List<String>> texts;

  /// Keys of values that are neither texts nor lists.
  private final Set<List<String>> others;

  private Toml(TreePath file, Map<List<String>, List<String>> texts, Set<List<String>> others) {
    this.file = file;
    this.texts = Map.copyOf(texts);
    this.others = Set.copyOf(others);
  }

  /// As if there were no such file.
  static Toml empty() {
    return new Toml(TreePath.EMPTY, Map.of(), Set.of());
  }

  static Toml parse(TreePath file, byte[] content) throws ConfigurationException {
    var reading = new Reading(new TomlText(file, ByteText.of(content)));
    reading.document();
    return new Toml(file, reading.texts, reading.others);
  }

  /// The strings at a key, one if it is a string.
  ///
  /// @throws ConfigurationException if a number or truth value stands there: the engine would not
  ///   start with it, and what it meant is not known
  List<String> texts(String... key) throws ConfigurationException {
    List<String> names = List.of(key);
    if (others.contains(names)) {
      throw new ConfigurationException(
          file,
          names.getLast() + ": no text; it stands in quotes: " + names.getLast() + " = \"...\"");
    }
    return texts.getOrDefault(names, List.of());
  }

  /// The string at a key.
  Optional<String> text(String... key) throws ConfigurationException {
    return texts(key).stream().findFirst().filter(text -> !text.isEmpty());
  }

  private static final class Reading {
    private final TomlText text;
    private final Map<List<String>, List<String>> texts = new HashMap<>();
    private final Set<List<String>> others = new HashSet<>();
    private List<String> table = List.of();
    private int tablesInArrays;

    Reading(TomlText text) {
      this.text = text;
    }

    void document() throws ConfigurationException {
      for (text.skipLines(); !text.isAtEnd(); text.skipLines()) {
        if (text.take("[[")) {
          table = new ArrayList<>(key());
          table.add("#" + tablesInArrays++);
          text.require("]]");
        } else if (text.take("[")) {
          table = key();
          text.require("]");
        } else {
          pair(table);
        }
        text.requireEndOfLine();
      }
    }

    private List<String> key() throws ConfigurationException {
      List<String> parts = new ArrayList<>();
      do {
        text.skipBlanks();
        parts.add(text.isAt("\"") || text.isAt("'") ? text.string() : text.word("a key"));
        text.skipBlanks();
      } while (text.take("."));
      return parts;
    }

    private void pair(List<String> owner) throws ConfigurationException {
      List<String> key = new ArrayList<>(owner);
      key.addAll(key());
      text.require("=");
      text.skipBlanks();
      List<String> found = new ArrayList<>();
      value(key, found);
      if (texts.put(List.copyOf(key), found) != null) {
        throw text.wrong(ByteText.display(key.getLast()) + " is given a second time");
      }
    }

    private void value(List<String> key, List<String> found) throws ConfigurationException {
      if (text.isAt("\"") || text.isAt("'")) {
        found.add(text.string());
      } else if (text.take("[")) {
        array(key, found);
      } else if (text.take("{")) {
        inlineTable(key);
      } else {
        text.requireBareValue();
        others.add(List.copyOf(key));
      }
    }

    private void array(List<String> key, List<String> found) throws ConfigurationException {
      for (text.skipLines(); !text.take("]"); text.skipLines()) {
        value(List.of(), found);
        text.skipLines();
        if (!text.take(",") && !text.isAt("]")) {
          throw text.wrong(
              "the list " + ByteText.display(String.join(".", key)) + " has no ',' or ']' here");
        }
      }
    }

    private void inlineTable(List<String> key) throws ConfigurationException {
      text.skipBlanks();
      if (text.take("}")) {
        return;
      }
      // Tables in arrays have no key of their own, and nobody asks for them.
      List<String> owner = key.isEmpty() ? List.of("#" + tablesInArrays++) : key;
      do {
        pair(owner);
        text.skipBlanks();
      } while (text.take(","));
      text.require("}");
    }
  }
}
