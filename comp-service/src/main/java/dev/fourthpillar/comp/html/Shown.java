package dev.fourthpillar.comp.html;

import dev.fourthpillar.comp.explain.Line;
import dev.fourthpillar.comp.line.Figure;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.money.Ratio;
import java.math.BigDecimal;

/** Figures as people read them. What is absent says why; it is never a zero. */
final class Shown {

  private static final int GROUP = 3;

  private Shown() {}

  /** "375,000.00 USD". */
  static String money(Money money) {
    return grouped(money.amount()) + " " + money.currency().getCurrencyCode();
  }

  /** The amount, and in brackets what it was before conversion. */
  static String line(Line line) {
    return line.original()
        .map(original -> money(line.amount()) + " (" + money(original) + ")")
        .orElseGet(() -> money(line.amount()));
  }

  static String figure(Figure figure) {
    return switch (figure) {
      case Figure.Known(Line line) -> line(line);
      case Figure.Absent(var reason) -> "absent: " + reason.text();
      case Figure.NeedsReview(var reason) -> "needs review: " + reason.text();
    };
  }

  static String ratio(Ratio ratio) {
    return ratio.toString();
  }

  private static String grouped(BigDecimal amount) {
    var plain = amount.abs().toPlainString();
    var point = plain.indexOf('.');
    var whole = point < 0 ? plain : plain.substring(0, point);
    var out = new StringBuilder(whole);
    for (int at = whole.length() - GROUP; at > 0; at -= GROUP) {
      out.insert(at, ',');
    }
    return (amount.signum() < 0 ? "-" : "") + out + (point < 0 ? "" : plain.substring(point));
  }
}
