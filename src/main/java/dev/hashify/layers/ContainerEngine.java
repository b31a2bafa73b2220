package dev.hashify.layers;

import java.util.Locale;

/// Who manages a tree; the names are the words of `--engine`.
public enum ContainerEngine {
  PODMAN("containers/storage (podman, buildah, CRI-O)"),
  DOCKER("Docker"),
  CONTAINERD("containerd"),
  LXC("LXC"),
  INCUS("LXD or Incus"),
  NSPAWN("systemd-nspawn"),
  VSERVER("Linux-VServer");

  private final String text;

  ContainerEngine(String text) {
    this.text = text;
  }

  /// The name for people.
  public String text() {
    return text;
  }

  /// The word for it on the command line and in reports.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
