package dev.fourthpillar.testkit.service;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A failure as a client reads it.
 *
 * @param code the gRPC status code
 * @param reason of ErrorInfo; empty when the failure is not typed
 * @param metadata of ErrorInfo
 * @param violations of BadRequest, in order
 */
public record Refusal(
    Code code,
    String reason,
    String domain,
    String message,
    Map<String, String> metadata,
    List<FieldViolation> violations,
    Optional<RetryInfo> retry) {

  /** The failure that the call ends with; a call that succeeds fails the test. */
  public static Refusal of(Runnable call) {
    try {
      call.run();
    } catch (StatusRuntimeException refusal) {
      return of(refusal);
    }
    throw new AssertionError("the call was answered (expected: a refusal)");
  }

  public static Refusal of(StatusRuntimeException thrown) {
    Status status = StatusProto.fromThrowable(thrown);
    ErrorInfo info = detail(status, ErrorInfo.class).orElse(ErrorInfo.getDefaultInstance());
    return new Refusal(
        thrown.getStatus().getCode(),
        info.getReason(),
        info.getDomain(),
        status.getMessage(),
        info.getMetadataMap(),
        detail(status, BadRequest.class).map(BadRequest::getFieldViolationsList).orElse(List.of()),
        detail(status, RetryInfo.class));
  }

  public String violatedFields() {
    return String.join(
        ", ", violations.stream().map(FieldViolation::getField).distinct().sorted().toList());
  }

  private static <T extends Message> Optional<T> detail(Status status, Class<T> type) {
    for (Any detail : status.getDetailsList()) {
      if (detail.is(type)) {
        try {
          return Optional.of(detail.unpack(type));
        } catch (InvalidProtocolBufferException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    return Optional.empty();
  }
}
