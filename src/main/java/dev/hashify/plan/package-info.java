/// Who may be equal, who is kept, who is replaced: pure decisions over what the walk found.
///
/// No I/O, no clock. What millions of paths need is packed: [FileTable] holds every entry of the
/// directories that need a decision in columns, [KeyGroups] chains the inodes of one light key
/// ([Identity]) over it. Only members of groups of two or more ever become objects ([Member]).
///
/// Where files share blocks and not an inode ([Identity.Extent]), name and size make the key, and
/// numbers of files are those of several Btrfs subvolumes ([KeyGroups.Surroundings#fileNumber]).
///
/// The keeper of a group is chosen by a total order ([KeeperOrder]) that does not depend on the
/// order of the walk, so that two runs over the same roots do the same: an object of the store
/// first, then a file all of whose names are known (one that is split must not take the group along
/// to names outside), then most names (fewest replacements), then a file that running programs use
/// (replacing it would confuse them), then the oldest, then the order of the roots as given, then
/// the path.
@NullMarked
package dev.hashify.plan;

import org.jspecify.annotations.NullMarked;
