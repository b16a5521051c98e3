package dev.fourthpillar.comp.api;

import dev.fourthpillar.backbone.edge.decimal.DecimalMapper;
import dev.fourthpillar.comp.explain.Line;
import dev.fourthpillar.comp.money.Ratio;
import dev.fourthpillar.comp.v1.Figure;
import dev.fourthpillar.comp.v1.LineInput;
import dev.fourthpillar.comp.v1.RatioFigure;
import dev.fourthpillar.comp.v1.StatementLine;
import java.util.List;

/** Lines, figures and ratios: what is absent stays absent, with its reason. */
final class LineMapper {

  private LineMapper() {}

  static StatementLine line(Line line) {
    StatementLine.Builder proto =
        StatementLine.newBuilder()
            .setLineId(line.id())
            .setAmount(ValueMapper.toProto(line.amount()))
            .setFormula(line.explanation().formula())
            .addAllInputs(
                line.explanation().inputs().stream()
                    .map(
                        input ->
                            LineInput.newBuilder()
                                .setName(input.name())
                                .setValue(input.value())
                                .build())
                    .toList())
            .addAllBeside(lines(beside(line)));
    line.original().map(ValueMapper::toProto).ifPresent(proto::setOriginalAmount);
    return proto.build();
  }

  /** Other readings of the line bear its id and a name; parts of a sum bear ids of their own. */
  private static List<Line> beside(Line line) {
    return line.explanation().parts().stream()
        .filter(part -> part.id().startsWith(line.id() + "."))
        .toList();
  }

  static List<StatementLine> lines(List<Line> lines) {
    return lines.stream().map(LineMapper::line).toList();
  }

  static Figure figure(dev.fourthpillar.comp.line.Figure figure) {
    Figure.Builder proto = Figure.newBuilder();
    return switch (figure) {
      case dev.fourthpillar.comp.line.Figure.Known known ->
          proto.setLine(line(known.line())).build();
      case dev.fourthpillar.comp.line.Figure.Absent absent ->
          proto.setAbsentReason(absent.reason().text()).build();
      case dev.fourthpillar.comp.line.Figure.NeedsReview review ->
          proto.setReviewReason(review.reason().text()).build();
    };
  }

  static RatioFigure ratio(Ratio ratio) {
    RatioFigure.Builder proto = RatioFigure.newBuilder();
    return switch (ratio) {
      case Ratio.Defined defined ->
          proto.setValue(DecimalMapper.toProtoExactly(defined.value())).build();
      case Ratio.Undefined undefined -> proto.setAbsentReason(undefined.reason().text()).build();
    };
  }
}
