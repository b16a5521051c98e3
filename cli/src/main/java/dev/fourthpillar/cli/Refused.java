package dev.fourthpillar.cli;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import picocli.CommandLine.ExitCode;

/** What a service refused, for people: the sentence, the reason, and each field that is wrong. */
final class Refused {
  /** Beside picocli's: 0 done, 1 failed, 2 wrongly called. */
  static final int EXIT_CODE = 3;

  private Refused() {}

  /** A refusal is told by the service; that nobody answered is a failure. */
  static int exitCode(StatusRuntimeException thrown) {
    return reason(thrown).isEmpty() ? ExitCode.SOFTWARE : EXIT_CODE;
  }

  static String text(StatusRuntimeException thrown) {
    var status = StatusProto.fromThrowable(thrown);
    String reason = reason(thrown);
    if (status == null || reason.isEmpty()) {
      return thrown.getStatus().getCode() == Status.Code.UNAVAILABLE
          ? "the service does not answer: " + thrown.getMessage()
          : String.valueOf(thrown.getMessage());
    }
    var text = new StringBuilder("refused: %s (%s)".formatted(status.getMessage(), reason));
    for (Any detail : status.getDetailsList()) {
      if (detail.is(BadRequest.class)) {
        unpack(detail, BadRequest.class)
            .getFieldViolationsList()
            .forEach(
                violation ->
                    text.append(
                        "%n    %s: %s"
                            .formatted(violation.getField(), violation.getDescription())));
      }
    }
    return text.toString();
  }

  private static String reason(StatusRuntimeException thrown) {
    var status = StatusProto.fromThrowable(thrown);
    if (status != null) {
      for (Any detail : status.getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          return unpack(detail, ErrorInfo.class).getReason();
        }
      }
    }
    return "";
  }

  private static <M extends Message> M unpack(Any detail, Class<M> type) {
    try {
      return detail.unpack(type);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a detail that is no " + type.getSimpleName(), e);
    }
  }
}
