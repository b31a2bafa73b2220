package dev.hashify.index;

/// A file of a volume, in the order in which its keys stand in the database.
record FileKey(long volume, long inode) implements Comparable<FileKey> {

  @Override
  public int compareTo(FileKey other) {
    int byVolume = Long.compareUnsigned(volume, other.volume);
    return byVolume != 0 ? byVolume : Long.compareUnsigned(inode, other.inode);
  }
}
