package dev.fourthpillar.cli.demo;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Map;

/**
 * Why a call was refused, as every failure says it.
 *
 * @param reason a name of ErrorReason, for example {@code BUDGET_INSUFFICIENT}
 * @param message for people
 * @param metadata for programs
 */
record Refusal(String reason, String message, Map<String, String> metadata) {
  static Refusal of(StatusRuntimeException thrown) {
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

  /** The call must be refused for this reason; anything else is not the story. */
  static Refusal expect(String reason, Runnable call) {
    try {
      call.run();
    } catch (StatusRuntimeException e) {
      Refusal refusal = of(e);
      if (refusal.reason().equals(reason)) {
        return refusal;
      }
      throw e;
    }
    throw new DemoException("a call was admitted (expected: refused with " + reason + ")");
  }
}
