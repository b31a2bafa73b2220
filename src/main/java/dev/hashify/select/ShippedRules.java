package dev.hashify.select;

/// The rule lists that come with the program. Reading them is the caller's business.
public enum ShippedRules {
  /// What every container writes for itself; in force unless turned off.
  CONTAINER_ROOT("container-root"),
  /// The databases of rpm, dnf, yum and zypper, at any depth.
  RPM_STATE("rpm-state"),
  /// Caches, which change so often that sharing them does not pay.
  CACHES("caches"),
  /// Files of database servers and of embedded databases, at any depth.
  DATABASES("databases");

  private final String listName;

  ShippedRules(String listName) {
    this.listName = listName;
  }

  /// The name by which people know the list.
  public String listName() {
    return listName;
  }

  /// Where the list is on the class path, for a class loader.
  public String resource() {
    return "exclude-rules/" + listName;
  }
}
