package dev.fourthpillar.comp.calculate;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.comp.explain.Line;

/** Which line of which calculation. */
public record LineOrder(Calculation calculation, String lineId) {

  Line line() {
    return calculation
        .calculated()
        .find(lineId)
        .orElseThrow(
            () ->
                Failure.notFound("line", lineId, "the statement has no line '" + lineId + "'")
                    .asException());
  }
}
