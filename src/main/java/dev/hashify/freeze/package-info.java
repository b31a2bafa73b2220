/// Stopping the programs that live in roots for the moments in which their files are replaced.
///
/// # Why
///
/// A lease tells of writers that have a file open; it cannot tell of one that has found a path and
/// not yet opened it. Measured, that window loses some writes in ten thousand, and none while the
/// writer's cgroup is frozen around the exchange. The comparison goes before, under leases, so that
/// programs stand still for milliseconds and not for the time it takes to read files.
///
/// # Who is stopped
///
/// Cgroups of version 2, by `cgroup.freeze`, because the kernel then answers for all threads and
/// children at once; `SIGSTOP` is seen by parents, and a child forked meanwhile escapes it. A
/// cgroup is frozen only if every process of it and of all below it has its root directory in one
/// of the roots ([FreezePlan]); never the top of the hierarchy, our own, or one we are in. One that
/// somebody else has frozen is left so. Whoever cannot be stopped without a bystander is not
/// stopped: his root counts as moving, which [Freezer.Stillness#moving] tells, and the leases are
/// what it has.
///
/// A process outside that reaches into a root (a backup, a shell of the administrator) is not
/// stopped either. After the freeze the list of processes is looked at again: what began meanwhile
/// and runs makes its root a moving one.
///
/// # Who thaws
///
/// A frozen container is a dead one, so three parties thaw. [Freezer], in a `finally`. The
/// [Watchdog], a process of its own that was told before the freeze began: when we die, `kill -9`
/// included, its input ends; and when a freeze lasts too long. And the next run, from the record in
/// the store ([FreezeRecord]), if both died. Without a watchdog nothing is frozen.
///
/// The watchdog is this program's own Java in another process and not a thread, which dies with us,
/// nor a shell script, which would have to be installed and reviewed. It lives in our cgroup, which
/// is never frozen.
///
/// # How files are reached
///
/// By path, with `java.nio.file`: the cgroup and process file systems belong to the kernel, no
/// guest can put a symbolic link there, and a run's fault tests count calls on the roots and the
/// store alone.
@NullMarked
package dev.hashify.freeze;

import org.jspecify.annotations.NullMarked;
