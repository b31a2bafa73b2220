/// Tests of [dev.hashify.layers].
@org.jspecify.annotations.NullMarked
package dev.hashify.layers;
