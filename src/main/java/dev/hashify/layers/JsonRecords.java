package dev.hashify.layers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Reads the lists of containers/storage: arrays of objects, of which few members matter.
final class JsonRecords {

  /// One object of a list: its members that are text, those that are lists of text, and the names
  /// of those members of its objects that are `true`.
  ///
  /// @param trueFlags as `flags.incomplete`
  record Item(Map<String, String> texts, Map<String, List<String>> lists, Set<String> trueFlags) {

    Optional<String> text(String name) {
      return Optional.ofNullable(texts.get(name));
    }

    List<String> list(String name) {
      return lists.getOrDefault(name, List.of());
    }
  }

  /// The file is not what this program knows.
  static final class NotUnderstoodException extends Exception {
    private static final long serialVersionUID = 1L;

    NotUnderstoodException(JacksonException cause) {
      super("its records are not understood: " + cause.getOriginalMessage(), cause);
    }
  }

  private JsonRecords() {}

  /// The objects of the list, in order.
  ///
  /// @throws NotUnderstoodException if it is no list of objects, or breaks off
  static List<Item> read(byte[] json) throws NotUnderstoodException {
    try {
      return parse(json);
    } catch (JacksonException failed) {
      throw new NotUnderstoodException(failed);
    }
  }

  private static List<Item> parse(byte[] json) {
    List<Item> items = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.VALUE_NULL) {
        return items;
      }
      require(parser, first == JsonToken.START_ARRAY);
      for (JsonToken token = parser.nextToken();
          token != JsonToken.END_ARRAY;
          token = parser.nextToken()) {
        require(parser, token == JsonToken.START_OBJECT);
        items.add(item(parser));
      }
      require(parser, parser.nextToken() == null);
    }
    return items;
  }

  private static Item item(JsonParser parser) {
    var item = new Item(new HashMap<>(), new HashMap<>(), new HashSet<>());
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (value) {
        case VALUE_STRING -> item.texts().put(name, parser.getString());
        case START_ARRAY -> item.lists().put(name, texts(parser));
        case START_OBJECT -> flags(parser, name, item.trueFlags());
        case VALUE_TRUE -> item.trueFlags().add(name);
        // Numbers and nulls, and the end of a file that breaks off, which the next token tells.
        case null, default -> {}
      }
    }
    require(parser, parser.currentToken() == JsonToken.END_OBJECT);
    return item;
  }

  private static List<String> texts(JsonParser parser) {
    List<String> texts = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      require(parser, token != null);
      if (token == JsonToken.VALUE_STRING) {
        texts.add(parser.getString());
      } else {
        parser.skipChildren();
      }
    }
    return texts;
  }

  private static void flags(JsonParser parser, String owner, Set<String> trueFlags) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      if (parser.nextToken() == JsonToken.VALUE_TRUE) {
        trueFlags.add(owner + "." + name);
      } else {
        parser.skipChildren();
      }
    }
    require(parser, parser.currentToken() == JsonToken.END_OBJECT);
  }

  private static void require(JsonParser parser, boolean condition) {
    if (!condition) {
      throw new tools.jackson.core.exc.StreamReadException(
          parser, "not a list of objects as containers/storage writes them");
    }
  }
}
