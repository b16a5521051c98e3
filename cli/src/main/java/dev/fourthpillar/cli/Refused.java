package dev.fourthpillar.cli;

import com.google.rpc.BadRequest.FieldViolation;
import dev.fourthpillar.cli.refusal.Refusal;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import picocli.CommandLine.ExitCode;

/** What a service refused, for people: the sentence, the reason, and each field that is wrong. */
final class Refused {
  /** Beside picocli's: 0 done, 1 failed, 2 wrongly called. */
  static final int EXIT_CODE = 3;

  private Refused() {}

  /** A refusal is told by the service; that nobody answered is a failure. */
  static int exitCode(StatusRuntimeException thrown) {
    return Refusal.of(thrown).reason().isEmpty() ? ExitCode.SOFTWARE : EXIT_CODE;
  }

  static String text(StatusRuntimeException thrown) {
    Refusal refusal = Refusal.of(thrown);
    if (refusal.reason().isEmpty()) {
      return thrown.getStatus().getCode() == Status.Code.UNAVAILABLE
          ? "the service does not answer: " + refusal.message()
          : refusal.message();
    }
    var text = new StringBuilder("refused: %s (%s)".formatted(refusal.message(), refusal.reason()));
    for (FieldViolation violation : Refusal.violations(thrown)) {
      text.append("%n    %s: %s".formatted(violation.getField(), violation.getDescription()));
    }
    return text.toString();
  }
}
