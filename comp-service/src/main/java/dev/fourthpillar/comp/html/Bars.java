package dev.fourthpillar.comp.html;

import static dev.fourthpillar.comp.html.Node.el;

import dev.fourthpillar.comp.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Amounts as bars, all on one scale. Boxes and no drawing: so they are read on a phone, on paper
 * and in a PDF alike. What adds up stands in one track; what does not has a track of its own.
 * Nothing is told by colour alone: each row says its amounts in words, and the bars themselves are
 * decoration.
 */
final class Bars {
  private static final BigDecimal FULL = BigDecimal.valueOf(100);

  private final String caption;
  private final List<Row> rows = new ArrayList<>();

  Bars(String caption) {
    this.caption = caption;
  }

  /** What a part of a bar is; each has a colour of its own, and the legend names it. */
  enum Kind {
    CASH("Cash"),
    EQUITY("Equity"),
    TOKENS("Tokens"),
    KEPT("Kept"),
    LOST("Forfeited"),
    OWED("Owed");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    String cssClass() {
      return "bar-" + title.toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param title as the legend names it
   */
  record Part(Kind kind, String title, Money amount) {
    Part(Kind kind, Money amount) {
      this(kind, kind.title, amount);
    }
  }

  /** A bar: what adds up. */
  record Track(List<Part> parts) {
    Track(Part... parts) {
      this(List.of(parts));
    }
  }

  private record Row(String name, List<Track> tracks, String words) {}

  Bars row(String name, Track... tracks) {
    var words =
        Arrays.stream(tracks)
            .filter(track -> !track.parts().isEmpty())
            .map(Bars::words)
            .collect(Collectors.joining("; "));
    rows.add(new Row(name, List.of(tracks), words));
    return this;
  }

  /** A row without a bar, and why. */
  Bars without(String name, String why) {
    rows.add(new Row(name, List.of(), why));
    return this;
  }

  Node.Element table() {
    var highest = highest();
    return el("table", el("caption", caption))
        .add(
            el("tbody")
                .add(
                    rows.stream()
                        .map(
                            row ->
                                el(
                                    "tr",
                                    el("th", row.name()).with("scope", "row"),
                                    cell(row, highest)))
                        .toList()))
        .with("class", "bars");
  }

  Node.Element legend() {
    var parts = new LinkedHashSet<List<String>>();
    rows.stream()
        .flatMap(row -> row.tracks().stream())
        .flatMap(track -> track.parts().stream())
        .forEach(part -> parts.add(List.of(part.kind().cssClass(), part.title())));
    return el("p")
        .with("class", "legend")
        .add(
            parts.stream()
                .flatMap(
                    part ->
                        Stream.of(
                            el("span", Node.text("\u00A0"))
                                .with("class", "swatch " + part.getFirst())
                                .with("aria-hidden", "true"),
                            el("span", " " + part.getLast() + " ")))
                .toList());
  }

  private static Node.Element cell(Row row, BigDecimal highest) {
    var cell = el("td");
    for (var track : row.tracks()) {
      if (!track.parts().isEmpty()) {
        cell =
            cell.add(
                el("div")
                    .with("class", "track")
                    .with("aria-hidden", "true")
                    .add(track.parts().stream().map(part -> bar(part, highest)).toList()));
      }
    }
    return cell.add(el("div", row.words()).with("class", "words"));
  }

  private static Node.Element bar(Part part, BigDecimal highest) {
    return el("div")
        .with("class", "bar " + part.kind().cssClass())
        .with("style", "width:" + percent(part, highest).toPlainString() + "%");
  }

  // Rounded down, so that the parts of the longest bar fit into it.
  private static BigDecimal percent(Part part, BigDecimal highest) {
    return highest.signum() == 0
        ? BigDecimal.ZERO
        : part.amount()
            .amount()
            .max(BigDecimal.ZERO)
            .multiply(FULL)
            .divide(highest, 1, RoundingMode.DOWN);
  }

  private BigDecimal highest() {
    return rows.stream()
        .flatMap(row -> row.tracks().stream())
        .map(
            track ->
                track.parts().stream()
                    .map(part -> part.amount().amount().max(BigDecimal.ZERO))
                    .reduce(BigDecimal.ZERO, BigDecimal::add))
        .reduce(BigDecimal.ZERO, BigDecimal::max);
  }

  /** What is nothing goes without saying, unless all is. */
  private static String words(Track track) {
    var all = track.parts();
    var some = all.stream().filter(part -> part.amount().signum() != 0).toList();
    return (some.isEmpty() ? all : some)
        .stream()
            .map(part -> part.title() + " " + Shown.money(part.amount()))
            .collect(Collectors.joining(", "));
  }
}
