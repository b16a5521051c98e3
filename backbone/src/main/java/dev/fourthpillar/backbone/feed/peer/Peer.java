package dev.fourthpillar.backbone.feed.peer;

/** The services of the suite, by the names that their events carry. */
public enum Peer {
  BUDGET("budget-service"),
  USAGE("usage-service"),
  COMP("comp-service");

  private final String source;

  Peer(String source) {
    this.source = source;
  }

  /** The {@code source} of its events. */
  public String source() {
    return source;
  }
}
