/// Tests of the index: packed records, LMDB, damaged files, threads, kills.
@NullMarked
package dev.hashify.index;

import org.jspecify.annotations.NullMarked;
