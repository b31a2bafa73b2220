/// The rules of the house, held by tests instead of by memory.
///
/// - [ArchitectureTest]: which package may use which, and what no package may call.
/// - [FormatTest]: every source looks as google-java-format writes it.
/// - [TidyTest]: sizes, leftovers, documents.
///
/// A rule that is wrong is changed here, in its table, together with its reason. There is no way to
/// switch a rule off for one place: such places are how a rule stops being true.
@NullMarked
package dev.hashify.house;

import org.jspecify.annotations.NullMarked;
