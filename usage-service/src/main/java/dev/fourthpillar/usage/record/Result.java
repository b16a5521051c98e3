package dev.fourthpillar.usage.record;

import java.util.Optional;

/**
 * What became of a record.
 *
 * @param rejection why, when it is rejected
 */
record Result(String usageId, Outcome outcome, Optional<Rejection> rejection) {

  static Result of(String usageId, Outcome outcome) {
    return new Result(usageId, outcome, Optional.empty());
  }

  static Result rejected(String usageId, Rejection rejection) {
    return new Result(usageId, Outcome.REJECTED, Optional.of(rejection));
  }

  enum Outcome {
    ACCEPTED,
    DUPLICATE,
    CONFLICT,
    REJECTED
  }
}
