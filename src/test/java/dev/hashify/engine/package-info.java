/// Tests of the package of the same name.
@NullMarked
package dev.hashify.engine;

import org.jspecify.annotations.NullMarked;
