package dev.hashify.os;

import java.util.function.LongConsumer;

/// All calls of this package over one [SystemCalls]; safe for many threads.
public final class Linux {

  private final OpenCalls open;
  private final StatCalls stat;
  private final NameCalls names;
  private final ContentCalls content;
  private final AttributeCalls attributes;
  private final VerityCalls verity;
  private final LeaseCalls leases;
  private final LockCalls locks;
  private final VolumeCalls volumes;
  private final SessionCalls sessions;
  private final CloneCalls clones;
  private final TerminalCalls terminals;
  private final PriorityCalls priority;
  private final SystemCalls calls;

  /// All calls over `calls`; tests give one that fails at will.
  public Linux(SystemCalls calls) {
    var kernel = new Kernel(calls);
    open = new OpenCalls(kernel);
    stat = new StatCalls(kernel);
    names = new NameCalls(kernel);
    content = new ContentCalls(kernel);
    attributes = new AttributeCalls(kernel);
    verity = new VerityCalls(kernel);
    leases = new LeaseCalls(kernel);
    locks = new LockCalls(kernel);
    volumes = new VolumeCalls(kernel);
    sessions = new SessionCalls(kernel);
    clones = new CloneCalls(kernel);
    terminals = new TerminalCalls(kernel);
    priority = new PriorityCalls(kernel);
    this.calls = calls;
  }

  /// The same calls, but all threads together read no more than so many bytes of content a second.
  ///
  /// @param bytesPerSecond at least 1
  public Linux paced(long bytesPerSecond) {
    return new Linux(new PacedCalls(calls, bytesPerSecond));
  }

  /// The same calls, but `read` is told how many bytes of content each of them read, on the thread
  /// that called.
  public Linux counted(LongConsumer read) {
    return new Linux(new CountedCalls(calls, read));
  }

  public PriorityCalls priority() {
    return priority;
  }

  public OpenCalls open() {
    return open;
  }

  public StatCalls stat() {
    return stat;
  }

  public NameCalls names() {
    return names;
  }

  public ContentCalls content() {
    return content;
  }

  public AttributeCalls attributes() {
    return attributes;
  }

  public VerityCalls verity() {
    return verity;
  }

  public LeaseCalls leases() {
    return leases;
  }

  public LockCalls locks() {
    return locks;
  }

  public VolumeCalls volumes() {
    return volumes;
  }

  public SessionCalls sessions() {
    return sessions;
  }

  public CloneCalls clones() {
    return clones;
  }

  public TerminalCalls terminals() {
    return terminals;
  }
}
