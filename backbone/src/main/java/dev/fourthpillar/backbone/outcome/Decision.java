package dev.fourthpillar.backbone.outcome;

import dev.fourthpillar.backbone.failure.Failure;

/**
 * What became of a request: an answer or a refusal. A refusal is a value and not an exception, so
 * that it can be kept like an answer.
 */
public sealed interface Decision<T> {

  /** The request was done. */
  record Accepted<T>(T answer) implements Decision<T> {}

  /** The request was not done, and this is why. */
  record Refused<T>(Failure failure) implements Decision<T> {}

  static <T> Decision<T> accepted(T answer) {
    return new Accepted<>(answer);
  }

  static <T> Decision<T> refused(Failure failure) {
    return new Refused<>(failure);
  }

  /** The answer; a refusal is thrown. To be called outside the transaction that keeps it. */
  default T orThrow() {
    return switch (this) {
      case Accepted<T>(T answer) -> answer;
      case Refused<T>(Failure failure) -> throw failure.asException();
    };
  }
}
