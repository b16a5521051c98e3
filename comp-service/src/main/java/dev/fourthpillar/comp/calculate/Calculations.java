package dev.fourthpillar.comp.calculate;

import static dev.fourthpillar.comp.api.CompFailureMapper.answered;

import dev.fourthpillar.comp.explain.Line;
import dev.fourthpillar.comp.statement.ProjectedYear;
import dev.fourthpillar.comp.statement.ProjectionInput;
import dev.fourthpillar.comp.statement.TokenValue;
import dev.fourthpillar.comp.statement.TokenValueInput;
import dev.fourthpillar.comp.statement.YearProjection;
import dev.fourthpillar.comp.vest.VestTable;
import java.util.List;

/** Stateless answers: the same input gives the same bytes. */
public final class Calculations {

  private Calculations() {}

  public static Calculated calculated(Calculation calculation) {
    return answered(calculation::calculated);
  }

  public static List<ProjectedYear> years(ProjectionInput input) {
    return answered(() -> YearProjection.of(input));
  }

  public static TokenValue tokens(TokenValueInput input) {
    return answered(() -> TokenValue.of(input));
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
