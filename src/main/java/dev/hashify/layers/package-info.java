/// What container engines say of the trees they manage, and which trees are layers of live overlay
/// mounts.
///
/// # Why
///
/// In an overlay mount a file of a lower layer is never written: a write makes a copy in the layer
/// above. So files of lower layers can be one inode without any further guard, as long as nobody
/// writes to the layers past the overlay. Whether a directory is such a layer, only the engine's
/// own records can say: the layer a container writes to is a directory called `diff` like the
/// others.
///
/// # What is believed ([EngineRecords])
///
/// | engine | its records | a read-only layer is |
/// |---|---|---|
/// | containers/storage | lists in `overlay-*` | `overlay/ID/diff`, see [StorageRecords] |
/// | Docker | `image/overlay2/layerdb` | `overlay2/ID/diff`, see [DockerRecords] |
/// | containerd | `metadata.db` of its overlay snapshotter | `snapshots/N/fs`, see [SnapshotRecords] |
/// | LXD, Incus | found, but a database | never by itself |
///
/// An engine's tree is recognised by these files in a directory above the root, never by names of
/// directories alone; the real path counts. Records that cannot be read or understood make the tree
/// one that is managed and nothing more.
///
/// What containerd keeps is a bbolt database, which it holds locked as long as it runs. [BoltFile]
/// reads it without the lock: pages of a state are not written again while it is the last one, and
/// that it still is the last one is looked up afterwards. That no live mount writes to a snapshot
/// would not be enough: the container may only be stopped.
///
/// # Live mounts ([LiveOverlays])
///
/// Mounts of containers are made in namespaces of their own, so the mount table of every mount
/// namespace is read, once each. A lower directory is compared with the roots by device and inode,
/// because engines name it by short symbolic links. Its path was resolved by whoever mounted it: it
/// is looked for as seen from here, from that namespace's processes, and, if it is relative, from
/// the directories above the roots, which is where engines change to before they mount. One that is
/// found nowhere could be any layer.
///
/// Changing a lower layer below a live mount is not defined by the kernel ("offline changes"), but
/// observed to be harmless where content stays equal: names already looked up go on showing the old
/// inode until they are dropped from the cache. So memory and space come back when the container is
/// restarted.
///
/// # Two paths of one inode
///
/// With `index` or `nfs_export` a mount remembers copies by the lower inode: a write through one
/// lower name then shows through another name of the same inode (measured; also when the names lie
/// in two layers of one stack). So files of different paths are made one inode only if both are off
/// for certain: in all live mounts of the layers, and by default for those mounted later. Without
/// an option of its own a mount has the module's present default, because only what differs is
/// shown.
@NullMarked
package dev.hashify.layers;

import org.jspecify.annotations.NullMarked;
