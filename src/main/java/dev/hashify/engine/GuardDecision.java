package dev.hashify.engine;

import dev.hashify.store.Guard;
import java.util.List;

/// What was decided about how the files of a store's roots share.
sealed interface GuardDecision {

  /// They share under `guard`.
  record Taken(Guard guard) implements GuardDecision {}

  /// Nothing may be chosen without the user.
  ///
  /// @param choices one line for each: what to type, and what it means
  record UserMustChoose(List<String> choices) implements GuardDecision {
    public UserMustChoose {
      choices = List.copyOf(choices);
    }
  }

  /// What was asked for is not possible here.
  ///
  /// @param why with what to do instead
  record Impossible(String why) implements GuardDecision {}
}
