package dev.hashify.engine;

import dev.hashify.file.TreePath;
import dev.hashify.select.RuleSet;

/// A root with the rules for it.
///
/// @param path as the user named it
/// @param rules which of its files are candidates
public record RootRequest(TreePath path, RuleSet rules) {}
