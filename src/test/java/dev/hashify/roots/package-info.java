/// Tests of [dev.hashify.roots].
@org.jspecify.annotations.NullMarked
package dev.hashify.roots;
