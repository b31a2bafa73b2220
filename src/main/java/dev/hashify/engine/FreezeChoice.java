package dev.hashify.engine;

/// Whether the programs of roots are stopped while their files are exchanged.
public enum FreezeChoice {
  RUN_ON,
  FREEZE
}
