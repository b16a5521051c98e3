package dev.fourthpillar.comp.calculate;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.comp.explain.Line;
import dev.fourthpillar.comp.statement.StatementCalculator;
import dev.fourthpillar.comp.statement.StatementInput;

/** Which line of which calculation. */
public record LineOrder(StatementInput input, String lineId) {

  Line line() {
    return StatementCalculator.calculate(input)
        .find(lineId)
        .orElseThrow(
            () ->
                Failure.notFound("line", lineId, "the statement has no line '" + lineId + "'")
                    .asException());
  }
}
