package dev.fourthpillar.backbone.edge.error;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.FailureException;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.storage.StorageFailures;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;

/** Finds the failure in whatever was thrown. What nobody expected is INTERNAL and tells nothing. */
final class Failures {
  static final Failure INTERNAL = Failure.of(Reason.INTERNAL, "internal error");
  static final Failure DEADLINE_PASSED =
      Failure.of(
          Reason.DEADLINE_PASSED, "no outcome within the deadline; retry with the same request_id");
  static final Failure CANCELLED =
      Failure.of(Reason.CANCELLED, "the call was cancelled by the caller");

  private Failures() {}

  static Failure of(Throwable thrown) {
    return switch (thrown) {
      case FailureException known -> known.failure();
      case StatusRuntimeException status -> of(status.getStatus());
      case StatusException status -> of(status.getStatus());
      case CancellationException ended when ended.getCause() instanceof TimeoutException ->
          DEADLINE_PASSED;
      case CancellationException _ -> CANCELLED;
      default -> StorageFailures.find(thrown).orElse(INTERNAL);
    };
  }

  /**
   * A status that somebody else made: grpc-java itself, or one of the standard services. Those that
   * have exactly one reason get it. Anything else from our own code is a defect.
   */
  static Failure of(Status status) {
    if (status.getCause() != null && !(status.getCause() instanceof StatusException)) {
      return of(status.getCause());
    }
    String message = status.getDescription() == null ? "" : status.getDescription();
    return switch (status.getCode()) {
      case NOT_FOUND -> Failure.of(Reason.NOT_FOUND, message);
      case UNIMPLEMENTED -> Failure.of(Reason.METHOD_UNKNOWN, message);
      case INVALID_ARGUMENT -> Failure.of(Reason.INVALID_FIELDS, message);
      case RESOURCE_EXHAUSTED -> Failure.of(Reason.LIMIT_EXCEEDED, message);
      case CANCELLED -> CANCELLED;
      case DEADLINE_EXCEEDED -> DEADLINE_PASSED;
      case OK,
          UNKNOWN,
          ALREADY_EXISTS,
          PERMISSION_DENIED,
          FAILED_PRECONDITION,
          ABORTED,
          OUT_OF_RANGE,
          INTERNAL,
          UNAVAILABLE,
          DATA_LOSS,
          UNAUTHENTICATED ->
          INTERNAL;
    };
  }
}
