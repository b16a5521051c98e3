package dev.fourthpillar.backbone.storage;

/** The connection broke while it committed: applied or not, nobody here knows. */
final class CommitInterrupted extends RuntimeException {
  CommitInterrupted(Throwable cause) {
    super("the connection broke during the commit", cause);
  }
}
