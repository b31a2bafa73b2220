package dev.hashify.engine;

import dev.hashify.file.FileId;
import dev.hashify.file.TreePath;
import dev.hashify.index.ObjectEntry;
import dev.hashify.os.RunningPrograms;
import dev.hashify.plan.FileTable;
import dev.hashify.plan.KeyGroups;
import dev.hashify.plan.Member;
import dev.hashify.plan.MemberPath;
import java.util.ArrayList;
import java.util.List;

/// Makes the members of a group from the rows of the table.
final class MemberFactory {

  private final StoreWork work;
  private final KeyGroups groups;
  private final RunningPrograms programs;

  MemberFactory(StoreWork work, KeyGroups groups, RunningPrograms programs) {
    this.work = work;
    this.groups = groups;
    this.programs = programs;
  }

  /// The file that `leader` leads, with all its names.
  Member of(int leader) {
    FileTable table = work.table();
    List<MemberPath> names = new ArrayList<>();
    for (int row : groups.namesOf(leader)) {
      int directory = table.directoryOf(row);
      names.add(
          new MemberPath(
              row,
              table.rootOf(directory),
              table.source(directory).path(),
              TreePath.of(table.name(row))));
    }
    long inode = table.inode(leader);
    long device = deviceOf(names.getFirst().root());
    return new Member(
        inode,
        table.sizeBytes(leader),
        table.modifiedNanos(leader),
        table.changedNanos(leader),
        work.isObject(inode),
        names,
        programs.use(new FileId(device, inode)),
        groups.isSplit(leader, names.size()) && !work.settings().sharesBlocks());
  }

  private long deviceOf(int root) {
    for (var each : work.roots()) {
      if (each.number() == root) {
        return each.stat().device();
      }
    }
    return work.roots().getFirst().stat().device();
  }

  /// An object that no path of this run leads to, or none that takes part.
  Member of(ObjectEntry object) {
    long device = work.roots().getFirst().stat().device();
    return new Member(
        object.inode(),
        object.sizeBytes(),
        object.modifiedNanos(),
        0,
        true,
        List.of(),
        programs.use(new FileId(device, object.inode())),
        false);
  }
}
