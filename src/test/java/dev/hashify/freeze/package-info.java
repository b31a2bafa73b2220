/// Tests of stopping programs, over a made-up cgroup tree and over the kernel's.
@NullMarked
package dev.hashify.freeze;

import org.jspecify.annotations.NullMarked;
