package dev.hashify.engine;

import dev.hashify.os.FileExtents;
import dev.hashify.plan.Member;

/// A member of a group of files that may share blocks.
///
/// @param member which file
/// @param extents where its content lay when it was looked at
record CloneMember(Member member, FileExtents extents) {}
