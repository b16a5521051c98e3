package dev.fourthpillar.backbone.edge.error;

import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.type.v1.ErrorReason;
import io.grpc.Status.Code;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.event.Level;

/**
 * How a reason travels and how loudly it is logged. The one place that knows both.
 *
 * @param reason the contract's value
 * @param code the gRPC status code, always the same for the same reason
 * @param level expected refusals are never warnings: an alert on WARN must mean that an operator
 *     has something to do
 * @param retryAfter what RetryInfo says when the failure itself names no time
 */
record Treatment(ErrorReason reason, Code code, Level level, Optional<Duration> retryAfter) {
  /**
   * A drained replica leaves its load balancer within this time; reconnecting earlier may hit it.
   */
  static final Duration RETRY_DRAINING = Duration.ofMillis(100);

  /** Long enough for calls under way to finish, short enough not to be felt. */
  static final Duration RETRY_OVERLOADED = Duration.ofMillis(100);

  /** Databases fail over in seconds; asking more often only fills logs. */
  static final Duration RETRY_STORAGE = Duration.ofSeconds(1);

  /** The other change commits within milliseconds. */
  static final Duration RETRY_CONFLICT = Duration.ofMillis(20);

  /** The key fetch itself is limited to one attempt in this time. */
  static final Duration RETRY_ISSUER = Duration.ofSeconds(5);

  static Treatment of(Reason reason) {
    return switch (reason) {
      case INVALID_FIELDS ->
          refusal(ErrorReason.ERROR_REASON_INVALID_FIELDS, Code.INVALID_ARGUMENT);
      // Access decisions are facts an auditor asks for, so they stand in the log by default.
      case TOKEN_MISSING -> access(ErrorReason.ERROR_REASON_TOKEN_MISSING, Code.UNAUTHENTICATED);
      case TOKEN_INVALID -> access(ErrorReason.ERROR_REASON_TOKEN_INVALID, Code.UNAUTHENTICATED);
      case TOKEN_EXPIRED -> access(ErrorReason.ERROR_REASON_TOKEN_EXPIRED, Code.UNAUTHENTICATED);
      case ROLE_MISSING -> access(ErrorReason.ERROR_REASON_ROLE_MISSING, Code.PERMISSION_DENIED);
      case NOT_OWN_DATA -> access(ErrorReason.ERROR_REASON_NOT_OWN_DATA, Code.PERMISSION_DENIED);
      case NOT_FOUND -> refusal(ErrorReason.ERROR_REASON_NOT_FOUND, Code.NOT_FOUND);
      case ID_REUSED -> refusal(ErrorReason.ERROR_REASON_ID_REUSED, Code.ALREADY_EXISTS);
      case PAGE_TOKEN_INVALID ->
          refusal(ErrorReason.ERROR_REASON_PAGE_TOKEN_INVALID, Code.INVALID_ARGUMENT);
      case AMOUNT_OUT_OF_RANGE ->
          refusal(ErrorReason.ERROR_REASON_AMOUNT_OUT_OF_RANGE, Code.OUT_OF_RANGE);
      case METHOD_UNKNOWN -> refusal(ErrorReason.ERROR_REASON_METHOD_UNKNOWN, Code.UNIMPLEMENTED);
      case LIMIT_EXCEEDED ->
          refusal(ErrorReason.ERROR_REASON_LIMIT_EXCEEDED, Code.RESOURCE_EXHAUSTED);
      case CURRENCY_MISMATCH ->
          refusal(ErrorReason.ERROR_REASON_CURRENCY_MISMATCH, Code.FAILED_PRECONDITION);
      case CURSOR_EXPIRED -> refusal(ErrorReason.ERROR_REASON_CURSOR_EXPIRED, Code.OUT_OF_RANGE);
      case CURSOR_DIVERGED ->
          refusal(ErrorReason.ERROR_REASON_CURSOR_DIVERGED, Code.FAILED_PRECONDITION);
      case BUDGET_INSUFFICIENT ->
          refusal(ErrorReason.ERROR_REASON_BUDGET_INSUFFICIENT, Code.FAILED_PRECONDITION);
      case FX_RATE_MISSING ->
          refusal(ErrorReason.ERROR_REASON_FX_RATE_MISSING, Code.FAILED_PRECONDITION);
      case COLLECTION_GATE_CLOSED ->
          refusal(ErrorReason.ERROR_REASON_COLLECTION_GATE_CLOSED, Code.FAILED_PRECONDITION);
      case MODEL_UNPRICED ->
          refusal(ErrorReason.ERROR_REASON_MODEL_UNPRICED, Code.FAILED_PRECONDITION);
      case HOLD_ENDED -> refusal(ErrorReason.ERROR_REASON_HOLD_ENDED, Code.FAILED_PRECONDITION);
      case NOT_EMPLOYED -> refusal(ErrorReason.ERROR_REASON_NOT_EMPLOYED, Code.FAILED_PRECONDITION);
      case PAYER_NOT_ALLOWED ->
          access(ErrorReason.ERROR_REASON_PAYER_NOT_ALLOWED, Code.PERMISSION_DENIED);
      case ETAG_MISMATCH -> refusal(ErrorReason.ERROR_REASON_ETAG_MISMATCH, Code.ABORTED);
      case NOT_RECORDED -> refusal(ErrorReason.ERROR_REASON_NOT_RECORDED, Code.FAILED_PRECONDITION);
      // Shedding is what the limit is for; its rate is a metric, one line per call would add load.
      case OVERLOADED ->
          transientOne(
              ErrorReason.ERROR_REASON_OVERLOADED,
              Code.RESOURCE_EXHAUSTED,
              Level.DEBUG,
              RETRY_OVERLOADED);
      case DRAINING ->
          transientOne(
              ErrorReason.ERROR_REASON_DRAINING, Code.UNAVAILABLE, Level.DEBUG, RETRY_DRAINING);
      case STORAGE_UNAVAILABLE ->
          transientOne(
              ErrorReason.ERROR_REASON_STORAGE_UNAVAILABLE,
              Code.UNAVAILABLE,
              Level.WARN,
              RETRY_STORAGE);
      case CONFLICTING_CHANGE ->
          transientOne(
              ErrorReason.ERROR_REASON_CONFLICTING_CHANGE,
              Code.ABORTED,
              Level.DEBUG,
              RETRY_CONFLICT);
      case ISSUER_UNAVAILABLE ->
          transientOne(
              ErrorReason.ERROR_REASON_ISSUER_UNAVAILABLE,
              Code.UNAVAILABLE,
              Level.WARN,
              RETRY_ISSUER);
      case CANCELLED -> refusal(ErrorReason.ERROR_REASON_CANCELLED, Code.CANCELLED);
      case DEADLINE_PASSED ->
          new Treatment(
              ErrorReason.ERROR_REASON_DEADLINE_PASSED,
              Code.DEADLINE_EXCEEDED,
              Level.INFO,
              Optional.empty());
      case OUTCOME_UNKNOWN ->
          new Treatment(
              ErrorReason.ERROR_REASON_OUTCOME_UNKNOWN, Code.UNKNOWN, Level.WARN, Optional.empty());
      case INTERNAL ->
          new Treatment(
              ErrorReason.ERROR_REASON_INTERNAL, Code.INTERNAL, Level.ERROR, Optional.empty());
    };
  }

  private static Treatment refusal(ErrorReason reason, Code code) {
    return new Treatment(reason, code, Level.DEBUG, Optional.empty());
  }

  private static Treatment access(ErrorReason reason, Code code) {
    return new Treatment(reason, code, Level.INFO, Optional.empty());
  }

  private static Treatment transientOne(
      ErrorReason reason, Code code, Level level, Duration retryAfter) {
    return new Treatment(reason, code, level, Optional.of(retryAfter));
  }
}
