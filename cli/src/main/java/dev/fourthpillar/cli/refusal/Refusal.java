package dev.fourthpillar.cli.refusal;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Why a call was refused, as every failure says it.
 *
 * @param reason a name of ErrorReason, for example {@code BUDGET_INSUFFICIENT}
 * @param message for people
 * @param metadata for programs
 */
public record Refusal(String reason, String message, Map<String, String> metadata) {

  /** The reason is empty where nobody refused: the service did not answer, or failed. */
  public static Refusal of(StatusRuntimeException thrown) {
    Status status = StatusProto.fromThrowable(thrown);
    if (status != null) {
      for (Any detail : status.getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          try {
            ErrorInfo info = detail.unpack(ErrorInfo.class);
            return new Refusal(info.getReason(), status.getMessage(), info.getMetadataMap());
          } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a detail that is no ErrorInfo", e);
          }
        }
      }
    }
    return new Refusal("", String.valueOf(thrown.getMessage()), Map.of());
  }

  /** The fields at fault, as far as the failure names them. */
  public static List<FieldViolation> violations(StatusRuntimeException thrown) {
    Status status = StatusProto.fromThrowable(thrown);
    List<FieldViolation> violations = new ArrayList<>();
    if (status != null) {
      for (Any detail : status.getDetailsList()) {
        if (detail.is(BadRequest.class)) {
          try {
            violations.addAll(detail.unpack(BadRequest.class).getFieldViolationsList());
          } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a detail that is no BadRequest", e);
          }
        }
      }
    }
    return violations;
  }
}
