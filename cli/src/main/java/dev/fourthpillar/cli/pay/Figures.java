package dev.fourthpillar.cli.pay;

import com.google.type.Date;
import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.comp.v1.Figure;
import dev.fourthpillar.comp.v1.RatioFigure;
import dev.fourthpillar.comp.v1.StatementLine;

/** Figures in cells: what is not known has its reason in the place of a number. */
final class Figures {
  private Figures() {}

  static String amount(StatementLine line) {
    return Amounts.number(line.getAmount());
  }

  static String amount(Figure figure) {
    return switch (figure.getFigureCase()) {
      case LINE -> amount(figure.getLine());
      case ABSENT_REASON -> "–";
      case REVIEW_REASON -> "needs review";
      case FIGURE_NOT_SET -> "";
    };
  }

  static String reason(Figure figure) {
    return switch (figure.getFigureCase()) {
      case LINE, FIGURE_NOT_SET -> "";
      case ABSENT_REASON -> figure.getAbsentReason();
      case REVIEW_REASON -> figure.getReviewReason();
    };
  }

  static String percent(RatioFigure ratio) {
    return ratio.hasValue() ? ratio.getValue().getValue() + " %" : "–";
  }

  static String reason(RatioFigure ratio) {
    return ratio.getAbsentReason();
  }

  static String day(Date date) {
    return DateMapper.fromProto(date, "date").toString();
  }

  /** {@code rsu} of {@code year.2.EQUITY.rsu}. */
  static String component(StatementLine line) {
    return line.getLineId().substring(line.getLineId().lastIndexOf('.') + 1);
  }

  /** {@code COMPUTE_VERSUS_SALARY_NEARS} as {@code NEARS}. */
  static String name(Enum<?> value, String prefix) {
    return value.name().substring(prefix.length());
  }
}
