package dev.fourthpillar.comp.statement;

import dev.fourthpillar.comp.explain.Line;
import dev.fourthpillar.comp.line.Figure;
import dev.fourthpillar.comp.line.Printer;
import dev.fourthpillar.comp.line.Worth;
import dev.fourthpillar.comp.money.Absence;
import dev.fourthpillar.comp.money.Ratio;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Prints one view of a package. */
record ViewBuilder(Streams streams, Optional<Absence> noFace, Printer printer) {

  /** Each stream is one line, of what it reads as. */
  PackageView build(String id, Function<MoneyStream, Worth> reading) {
    return buildOf(id, stream -> print(id, stream, reading));
  }

  /**
   * @param reading a line of the view for each stream
   */
  PackageView buildOf(String id, Function<MoneyStream, Line> reading) {
    var base = reading.apply(streams.base());
    var bonus = streams.targetBonus().map(reading);
    var signOns = streams.signOns().stream().map(reading).toList();
    var equity = streams.equity().stream().map(reading).toList();
    var benefits = streams.benefits().stream().map(reading).toList();
    var tokens = tokens(id, reading);
    var classicLines = new ArrayList<Line>();
    classicLines.add(base);
    bonus.ifPresent(classicLines::add);
    classicLines.addAll(signOns);
    classicLines.addAll(equity);
    var classic = Line.total(id + ".CLASSIC_TC", printer.currency(), classicLines);
    var headline = tokens.map(line -> headline(id, classic, benefits, line));
    return new PackageView(
        base,
        bonus,
        signOns,
        equity,
        benefits,
        tokens,
        classic,
        new Headline(headline),
        tokens.ratio(face -> headline.ratio(everything -> Ratio.percentOf(face, everything))));
  }

  private Line headline(String id, Line classic, List<Line> benefits, Line tokens) {
    var lines = new ArrayList<Line>();
    lines.add(classic);
    lines.addAll(benefits);
    lines.add(tokens);
    return Line.total(id + ".HEADLINE_TC", printer.currency(), lines);
  }

  private Figure tokens(String id, Function<MoneyStream, Line> reading) {
    if (noFace.isPresent()) {
      return new Figure.Absent(noFace.get());
    }
    return new Figure.Known(
        streams
            .tokens()
            .map(reading)
            .orElseGet(
                () -> printer.zero(id + "." + Streams.TOKENS_AT_FACE, "0, no token budget")));
  }

  private Line print(String id, MoneyStream stream, Function<MoneyStream, Worth> reading) {
    return printer.print(id + "." + stream.id(), reading.apply(stream));
  }
}
