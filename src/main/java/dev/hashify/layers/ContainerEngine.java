package dev.hashify.layers;

/// Who manages a tree.
public enum ContainerEngine {
  CONTAINERS_STORAGE("containers/storage (podman, buildah, CRI-O)"),
  DOCKER("Docker"),
  CONTAINERD("containerd"),
  INCUS("LXD or Incus");

  private final String text;

  ContainerEngine(String text) {
    this.text = text;
  }

  /// The name for people.
  public String text() {
    return text;
  }
}
