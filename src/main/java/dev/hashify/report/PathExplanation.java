package dev.hashify.report;

import dev.hashify.file.TreePath;
import java.util.List;
import java.util.Optional;

/// Why a path is shared, or is not, and what changes that.
///
/// @param path the real path
/// @param place the root and the store it belongs to
/// @param rule which rule decides; empty if the rules of the last run are not known
/// @param file what it is now; empty if it is gone
/// @param decision what was decided for it
/// @param group who shares with it
/// @param likes files that would share with it but for what is said of them
/// @param changes what to do to have it otherwise
public record PathExplanation(
    TreePath path,
    Place place,
    Optional<RuleWord> rule,
    Optional<FileFacts> file,
    Decision decision,
    Group group,
    List<Like> likes,
    List<String> changes) {

  public PathExplanation {
    likes = List.copyOf(likes);
    changes = List.copyOf(changes);
  }

  /// Where the path belongs.
  ///
  /// @param share the word for how files share
  /// @param guard the word for what keeps them from being written
  public record Place(TreePath root, TreePath store, String share, String guard) {}

  /// What the rules say.
  ///
  /// @param verdict `included`, `excluded`, `skipped`, by which path, or by default
  /// @param rule list, line and rule; empty if none matches
  public record RuleWord(String verdict, String rule) {}

  /// What counts for the identity, and the inode.
  ///
  /// @param mode permissions in octal
  /// @param attributes the names of extended attributes, or why they could not be read
  /// @param ignored parts that do not count
  public record FileFacts(
      String name,
      long sizeBytes,
      String mode,
      int uid,
      int gid,
      long modifiedNanos,
      long inode,
      int links,
      List<String> attributes,
      List<String> ignored) {
    public FileFacts {
      attributes = List.copyOf(attributes);
      ignored = List.copyOf(ignored);
    }
  }

  /// What was decided.
  ///
  /// @param state one word: `shared`, `unique`, `skipped`, `refused`, `problem`, `candidate`,
  ///   `directory`, `gone`
  /// @param reason the stable word for the reason, or empty
  /// @param text the reason in words
  /// @param source where that comes from
  /// @param since what happened to the path since the last run; empty if nothing
  public record Decision(
      String state, String reason, String text, Source source, List<String> since) {
    public Decision {
      since = List.copyOf(since);
    }
  }

  /// Where a decision comes from.
  public enum Source {
    /// It is as the last run recorded it.
    LAST_RUN,
    /// Worked out now, by what the next run would begin with; nothing was changed.
    NOW
  }

  /// Who shares with the path.
  ///
  /// @param object the object in the store; none if files share blocks, or nothing is shared
  /// @param guardIsOn whether the object has the store's guard; empty if the guard is nothing that
  ///   an object has
  /// @param others how many other paths share, as far as is known
  /// @param paths some of them
  /// @param unknown how many names of the object are in no recorded root
  public record Group(
      Optional<TreePath> object,
      Optional<Boolean> guardIsOn,
      long others,
      List<TreePath> paths,
      long unknown) {

    /// Nobody.
    public static final Group NONE = new Group(Optional.empty(), Optional.empty(), 0, List.of(), 0);

    public Group {
      paths = List.copyOf(paths);
    }
  }

  /// A file that is alike.
  ///
  /// @param differences what differs besides the content: `name`, `mtime`, `owner`, ...
  public record Like(TreePath path, List<String> differences, Content content) {
    public Like {
      differences = List.copyOf(differences);
    }
  }

  /// Whether the content of a like is that of the path.
  public enum Content {
    EQUAL,
    DIFFERENT,
    /// It was too much to read, or could not be read.
    NOT_COMPARED
  }
}
