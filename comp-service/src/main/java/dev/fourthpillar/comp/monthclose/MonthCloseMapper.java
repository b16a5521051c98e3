package dev.fourthpillar.comp.monthclose;

import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.backbone.feed.NewEvent;
import dev.fourthpillar.events.v1.ConsumptionReachedSalary;
import java.time.LocalDate;

/** What is told of a closed month: that it happened, never an amount. */
final class MonthCloseMapper {
  private MonthCloseMapper() {}

  static NewEvent reached(
      String engineer, long version, LocalDate periodStart, LocalDate monthEnd) {
    return NewEvent.of(
        engineer,
        version,
        ConsumptionReachedSalary.newBuilder()
            .setEngineer(engineer)
            .setPeriodStart(DateMapper.toProto(periodStart))
            .setMonthEnd(DateMapper.toProto(monthEnd))
            .build());
  }
}
