/// Tests of the package of the same name.
@NullMarked
package dev.hashify.plan;

import org.jspecify.annotations.NullMarked;
