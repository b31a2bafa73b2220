/// Tests of walking.
@NullMarked
package dev.hashify.walk;

import org.jspecify.annotations.NullMarked;
