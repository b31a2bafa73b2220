package dev.hashify.roots;

import dev.hashify.file.TreePath;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/// The members of a configuration in JSON that are texts.
final class JsonTexts {

  private JsonTexts() {}

  static Map<String, String> read(TreePath file, byte[] content) throws ConfigurationException {
    try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), content)) {
      return read(parser);
    } catch (JacksonException wrong) {
      int line = wrong.getLocation() == null ? 1 : Math.max(1, wrong.getLocation().getLineNr());
      throw new ConfigurationException(file, line, wrong.getOriginalMessage());
    }
  }

  private static Map<String, String> read(JsonParser parser) {
    Map<String, String> texts = new HashMap<>();
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new StreamReadException(parser, "expected '{'");
    }
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      if (parser.nextToken() == JsonToken.VALUE_STRING) {
        texts.put(name, parser.getString());
      } else {
        parser.skipChildren();
      }
    }
    if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
      throw new StreamReadException(parser, "expected '}' and the end of the file");
    }
    return texts;
  }
}
