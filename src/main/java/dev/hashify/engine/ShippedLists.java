package dev.hashify.engine;

import dev.hashify.select.RuleList;
import dev.hashify.select.RuleListParser;
import dev.hashify.select.RuleSyntaxException;
import dev.hashify.select.ShippedRules;
import java.io.IOException;
import java.io.InputStream;

/// The rule lists that come with the program, read from the class path.
public final class ShippedLists {

  private ShippedLists() {}

  /// One of the lists.
  ///
  /// @throws IllegalStateException if the program lacks it, or it is damaged
  public static RuleList read(ShippedRules shipped) {
    var loader = ShippedLists.class.getClassLoader();
    try (InputStream resource = loader.getResourceAsStream(shipped.resource())) {
      if (resource == null) {
        throw new IllegalStateException(shipped.resource() + " is missing from the jar");
      }
      return RuleListParser.parse(shipped.listName(), resource.readAllBytes());
    } catch (IOException | RuleSyntaxException damaged) {
      throw new IllegalStateException("the shipped list " + shipped.listName(), damaged);
    }
  }
}
