package dev.fourthpillar.backbone.failure;

import org.jspecify.annotations.Nullable;

/**
 * Carries a {@link Failure} up to the edge. It has no stack trace unless it has a cause: expected
 * refusals happen at any rate a caller likes, and their trace says nothing.
 */
public final class FailureException extends RuntimeException {
  private final transient Failure failure;

  public FailureException(Failure failure) {
    this(failure, null);
  }

  public FailureException(Failure failure, @Nullable Throwable cause) {
    super(failure.reason() + ": " + failure.message(), cause, true, cause != null);
    this.failure = failure;
  }

  /** What the caller is told. */
  public Failure failure() {
    return failure;
  }
}
