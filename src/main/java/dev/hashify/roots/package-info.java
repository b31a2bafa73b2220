/// Where container engines keep the trees that can be roots: found by each engine's own
/// configuration, so that nobody has to list them and none is forgotten.
///
/// # Division of labour
///
/// [RootFinder] looks at configurations, names of directories and nothing else. What a directory is
/// (an image's layer, what a container writes to, what is half made) the engine's records say, and
/// those are read by [dev.hashify.layers]; who runs in it and what guards it, the engine of the run
/// finds out. This is a package of its own because the records are believed in every run, whoever
/// named the roots, and the search is made only on demand.
///
/// # Where engines are looked for
///
/// | engine | configuration | what of it | trees |
/// |---|---|---|---|
/// | podman | `CONTAINERS_STORAGE_CONF`, `/etc/containers/storage.conf`, else `/usr/share` | `graphroot`, `imagestore`, `additionalimagestores` | `overlay/ID/diff` |
/// | the same of a user | `~/.config/containers/storage.conf` | `graphroot`; `rootless_storage_path` of the system's | the same |
/// | docker | `daemon.json` | `data-root` | `overlay2/ID/diff`, also below `UID.GID` |
/// | containerd | `config.toml` | `root`, the overlay snapshotter's `root_path` | `snapshots/N/fs` |
/// | lxc | `lxc.conf`, each container's `config` | `lxc.lxcpath`, `lxc.rootfs.path` | kinds `dir` and `btrfs` |
/// | incus | `INCUS_DIR`, `LXD_DIR` | | `storage-pools/POOL/containers/NAME/rootfs` |
/// | nspawn | | | directories of `/var/lib/machines` |
/// | vserver | `/etc/vservers/ID` | `vdir`, `apps/vunify` | guests with that directory |
///
/// Options of a daemon's command line are not known here; `--engine NAME=DIR` says the place. A
/// configuration that cannot be read or is not what its engine would take ends the search for that
/// engine with file and line: with a guess instead the roots would silently be others.
///
/// Text in configurations is kept byte for byte ([ByteText]), because paths in it are. TOML is read
/// by hand ([Toml]): the three values wanted are strings at fixed keys, and a library for the rest
/// would bring an object mapper along.
///
/// # What belongs to others
///
/// As root the system's engines are found, not those of other users: a user can change the records
/// and layers of his own engine at any time, so what root should do there is a decision to be made
/// by name (`--engine podman=/home/USER/.local/share/containers/storage`). Run by a user, or in
/// `podman unshare`, that user's are found.
///
/// # VServer
///
/// A guest takes part if it has the directory `apps/vunify`, as ever. Of its list of rules, the
/// default one and the shipped one the first holds, alone, and after it what holds for all roots.
/// Directories that the `hash` links lead to become stores; one that holds files of `vhashify` gets
/// a store inside, and its names count as inside, so that unified files can go on to be shared.
/// Configuration files of packages are left out by our own rules, not by asking the guest.
@NullMarked
package dev.hashify.roots;

import org.jspecify.annotations.NullMarked;
