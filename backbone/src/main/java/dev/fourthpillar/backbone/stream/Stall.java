package dev.fourthpillar.backbone.stream;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import java.time.Duration;

/**
 * How long a client may take nothing before its stream ends.
 *
 * @param limit its name, for example {@code stream.max-stall}
 * @param advice what the client may do then, behind a semicolon; empty for nothing
 */
public record Stall(String limit, Duration max, String advice) {

  Failure failure() {
    return Failure.of(
            Reason.LIMIT_EXCEEDED,
            "the client took nothing for " + max + (advice.isEmpty() ? "" : "; " + advice))
        .with("limit", limit)
        .with("max", max.toString())
        .with("actual", max.toString());
  }
}
