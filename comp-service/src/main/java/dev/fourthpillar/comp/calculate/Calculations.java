package dev.fourthpillar.comp.calculate;

import static dev.fourthpillar.comp.api.CompFailureMapper.answered;

import dev.fourthpillar.comp.explain.Line;
import dev.fourthpillar.comp.statement.Statement;
import dev.fourthpillar.comp.statement.StatementCalculator;
import dev.fourthpillar.comp.statement.StatementInput;
import dev.fourthpillar.comp.vest.VestTable;

/** Stateless answers: the same input gives the same bytes. */
public final class Calculations {

  private Calculations() {}

  public static Statement statement(StatementInput input) {
    return answered(() -> StatementCalculator.calculate(input));
  }

  public static Compared comparison(Comparison offers) {
    return answered(offers::compared);
  }

  public static Line line(LineOrder order) {
    return answered(order::line);
  }

  public static VestTable vestTable(VestOrder order) {
    return answered(order::table);
  }
}
