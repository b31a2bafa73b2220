package dev.hashify.engine;

import dev.hashify.file.TreePath;
import dev.hashify.link.ShareGroup;

/// Names for what is shared.
final class ShareTasks {

  private ShareTasks() {}

  /// A path that shows which file is kept: one of its names, or the object's path in the store.
  static TreePath keeperPath(StoreWork work, Outcomes outcomes, ShareGroup group) {
    var member = group.keeper().member();
    if (member.isPresent() && !member.get().names().isEmpty()) {
      return outcomes.hostPath(member.get().names().getFirst());
    }
    return work.session()
        .place()
        .child("objects")
        .resolve(TreePath.of(group.keeper().objectName().text()));
  }
}
