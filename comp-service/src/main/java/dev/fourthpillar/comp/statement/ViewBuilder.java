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

  PackageView build(String id, Function<MoneyStream, Worth> reading) {
    var base = print(id, streams.base(), reading);
    var bonus = streams.targetBonus().map(stream -> print(id, stream, reading));
    var signOns = print(id, streams.signOns(), reading);
    var equity = print(id, streams.equity(), reading);
    var benefits = print(id, streams.benefits(), reading);
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

  private Figure tokens(String id, Function<MoneyStream, Worth> reading) {
    if (noFace.isPresent()) {
      return new Figure.Absent(noFace.get());
    }
    return new Figure.Known(
        streams
            .tokens()
            .map(stream -> print(id, stream, reading))
            .orElseGet(
                () -> printer.zero(id + "." + Streams.TOKENS_AT_FACE, "0, no token budget")));
  }

  private List<Line> print(
      String id, List<? extends MoneyStream> components, Function<MoneyStream, Worth> reading) {
    return components.stream().map(stream -> print(id, stream, reading)).toList();
  }

  Line print(String id, MoneyStream stream, Function<MoneyStream, Worth> reading) {
    return printer.print(id + "." + stream.id(), reading.apply(stream));
  }
}
