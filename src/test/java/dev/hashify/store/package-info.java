/// Tests of the store, against real file systems.
@NullMarked
package dev.hashify.store;

import org.jspecify.annotations.NullMarked;
