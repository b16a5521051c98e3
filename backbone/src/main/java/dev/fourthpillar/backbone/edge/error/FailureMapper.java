package dev.fourthpillar.backbone.edge.error;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Violation;
import io.grpc.StatusException;
import io.grpc.protobuf.StatusProto;
import java.util.Optional;

/**
 * Gives a failure its wire form: a status, {@code google.rpc.ErrorInfo} always, {@code BadRequest}
 * where fields are at fault, {@code RetryInfo} where a retry helps.
 */
public final class FailureMapper {
  /** The domain of every reason. */
  public static final String DOMAIN = "fourthpillar.dev";

  /**
   * Listed violations at most; the metadata {@code violations} says how many there are. Details
   * travel in a trailer, and clients refuse trailers above 8 KiB by default.
   */
  public static final int MAX_LISTED_VIOLATIONS = 25;

  /** Length of one text in details, in characters. The reason is that of the violations' number. */
  public static final int MAX_TEXT_LENGTH = 200;

  private static final String REASON_PREFIX = "ERROR_REASON_";

  private FailureMapper() {}

  /** The wire form. */
  public static Status toProto(Failure failure) {
    Treatment treatment = Treatment.of(failure.reason());
    Status.Builder status =
        Status.newBuilder()
            .setCode(treatment.code().value())
            .setMessage(shortened(failure.message()))
            .addDetails(Any.pack(errorInfo(failure, treatment)));
    if (!failure.violations().isEmpty()) {
      status.addDetails(Any.pack(badRequest(failure)));
    }
    retryAfter(failure, treatment).ifPresent(retry -> status.addDetails(Any.pack(retry)));
    return status.build();
  }

  /** The wire form as grpc-java carries it. */
  static StatusException toStatusException(Failure failure) {
    return StatusProto.toStatusException(toProto(failure));
  }

  private static ErrorInfo errorInfo(Failure failure, Treatment treatment) {
    ErrorInfo.Builder info =
        ErrorInfo.newBuilder()
            .setReason(treatment.reason().name().substring(REASON_PREFIX.length()))
            .setDomain(DOMAIN);
    failure.metadata().forEach((key, value) -> info.putMetadata(key, shortened(value)));
    return info.build();
  }

  private static BadRequest badRequest(Failure failure) {
    BadRequest.Builder request = BadRequest.newBuilder();
    for (Violation violation : failure.violations()) {
      if (request.getFieldViolationsCount() == MAX_LISTED_VIOLATIONS) {
        break;
      }
      request
          .addFieldViolationsBuilder()
          .setField(shortened(violation.field()))
          .setDescription(shortened(violation.description()))
          .setReason(shortened(violation.rule()));
    }
    return request.build();
  }

  private static Optional<RetryInfo> retryAfter(Failure failure, Treatment treatment) {
    return failure
        .retryAfter()
        .or(treatment::retryAfter)
        .map(
            delay ->
                RetryInfo.newBuilder()
                    .setRetryDelay(
                        Duration.newBuilder()
                            .setSeconds(delay.getSeconds())
                            .setNanos(delay.getNano()))
                    .build());
  }

  private static String shortened(String text) {
    return text.length() <= MAX_TEXT_LENGTH ? text : text.substring(0, MAX_TEXT_LENGTH - 1) + "…";
  }
}
