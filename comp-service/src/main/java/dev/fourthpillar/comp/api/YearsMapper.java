package dev.fourthpillar.comp.api;

import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.comp.proration.Proration;
import dev.fourthpillar.comp.proration.Segment;
import dev.fourthpillar.comp.statement.ProjectedYear;
import dev.fourthpillar.comp.v1.PaySegment;
import dev.fourthpillar.comp.v1.ProrationMethod;

/** Years that do not begin with the contract. */
public final class YearsMapper {

  private YearsMapper() {}

  public static Proration proration(ProrationMethod given) {
    return switch (given) {
      case PRORATION_METHOD_UNSPECIFIED, PRORATION_METHOD_CALENDAR_DAYS_ACTUAL, UNRECOGNIZED ->
          Proration.CALENDAR_DAYS_ACTUAL;
      case PRORATION_METHOD_MONTHLY_CALENDAR -> Proration.MONTHLY_CALENDAR;
      case PRORATION_METHOD_THIRTY_360 -> Proration.THIRTY_360;
      case PRORATION_METHOD_WORKING_DAYS -> Proration.WORKING_DAYS;
      case PRORATION_METHOD_FIXED_260 -> Proration.FIXED_260;
    };
  }

  public static dev.fourthpillar.comp.v1.ProjectedYear toProto(ProjectedYear year) {
    return dev.fourthpillar.comp.v1.ProjectedYear.newBuilder()
        .setFirstDate(DateMapper.toProto(year.first()))
        .setLastDate(DateMapper.toProto(year.last()))
        .setView(StatementMapper.view(year.view()))
        .addAllSegments(year.segments().stream().map(YearsMapper::segment).toList())
        .build();
  }

  static PaySegment segment(Segment segment) {
    return PaySegment.newBuilder()
        .setFirstDate(DateMapper.toProto(segment.from()))
        .setLastDate(DateMapper.toProto(segment.to()))
        .setAmountPerYear(ValueMapper.toProto(segment.perYear().round()))
        .setLine(LineMapper.line(segment.line()))
        .build();
  }
}
