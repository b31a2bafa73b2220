/// Tests of the package of the same name.
@NullMarked
package dev.hashify.hash;

import org.jspecify.annotations.NullMarked;
