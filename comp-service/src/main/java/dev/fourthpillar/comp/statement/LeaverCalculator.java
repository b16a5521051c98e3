package dev.fourthpillar.comp.statement;

import dev.fourthpillar.comp.explain.Input;
import dev.fourthpillar.comp.explain.Line;
import dev.fourthpillar.comp.lens.LensCalculator;
import dev.fourthpillar.comp.lens.Lenses;
import dev.fourthpillar.comp.line.Figure;
import dev.fourthpillar.comp.line.Printer;
import dev.fourthpillar.comp.line.Worth;
import dev.fourthpillar.comp.pack.Clawback;
import dev.fourthpillar.comp.pack.EquityGrant;
import dev.fourthpillar.comp.pack.SignOn;
import dev.fourthpillar.comp.proration.Segments;
import dev.fourthpillar.comp.terms.Guarantee;
import dev.fourthpillar.comp.vest.Quantity;
import java.util.List;
import java.util.Optional;

/** Computes what somebody keeps, loses and owes on the last day of employment, which counts. */
public final class LeaverCalculator {

  private static final String VIEW = "leaver";
  private static final String ID = VIEW + ".";

  private final LeaverInput input;
  private final Printer printer;

  private LeaverCalculator(LeaverInput input) {
    this.input = input;
    this.printer = new Printer(input.terms().currency(), input.lastDay(), input.terms().fx());
  }

  /**
   * @throws dev.fourthpillar.comp.failure.CompFailure as {@link StatementCalculator#calculate}
   */
  public static LeaverStatement calculate(LeaverInput input) {
    return new LeaverCalculator(input).statement();
  }

  private LeaverStatement statement() {
    var pack = input.terms().pack();
    var lenses = lenses();
    var none = new Figure.Known(printer.zero(ID + "TOKENS", "0, no token budget"));
    return new LeaverStatement(
        input.lastDay(),
        earnedBase(),
        pack.equity().stream()
            .filter(grant -> grant.guarantee() != Guarantee.ASSUMED)
            .filter(grant -> !grant.grantDate().isAfter(input.lastDay()))
            .map(this::equity)
            .toList(),
        pack.signOns().stream().flatMap(signOn -> clawback(signOn).stream()).toList(),
        pack.signOns().stream()
            .filter(signOn -> signOn.paidOn().isAfter(input.lastDay()))
            .map(this::unpaid)
            .toList(),
        lenses.map(Lenses::portable).orElse(none),
        lenses.map(LeaverCalculator::forfeited).orElse(none),
        lenses.isPresent() ? List.of(LeaverStatement.Loss.values()) : List.of(),
        StatementCalculator.calculate(input.terms()).metrics().nextOfferAnchor());
  }

  private Segments earnedBase() {
    var yearStart = input.lastDay().withDayOfYear(1);
    var from = input.employedSince().isAfter(yearStart) ? input.employedSince() : yearStart;
    return Segments.of(
        printer,
        new Segments.Name(VIEW, "BASE_EARNED"),
        input.proration(),
        input.baseHistory(),
        Segments.Period.of(from, input.lastDay()));
  }

  private LeaverStatement.Equity equity(EquityGrant grant) {
    var table = grant.vestTable();
    var vested = table.vested(input.lastDay());
    var unvested = table.unvested(input.lastDay());
    return new LeaverStatement.Equity(
        grant.id(),
        vested,
        shares("EQUITY_VESTED.", grant, vested),
        unvested,
        shares("EQUITY_FORFEITED.", grant, unvested));
  }

  private Line shares(String name, EquityGrant grant, Quantity shares) {
    var price = grant.price();
    return printer.print(
        ID + name + grant.id(),
        Worth.of(
                grant.unitValue().times(shares.fraction()),
                grant.instrument().right().isPresent()
                    ? "shares × max(0, price - strike)"
                    : "shares × price",
                Input.of("shares", shares),
                Input.of("price", price.price()),
                Input.of("instrument", grant.instrument().label()))
            .with(price.reference()));
  }

  private Optional<Line> clawback(SignOn signOn) {
    return signOn
        .clawback()
        .map(
            (Clawback terms) ->
                printer.print(
                    ID + "CLAWBACK." + signOn.id(),
                    Worth.of(
                        terms.liability(signOn.amount(), signOn.paidOn(), input.lastDay()),
                        "amount × remaining / term",
                        Input.of("amount", signOn.amount()),
                        Input.of("paid on", signOn.paidOn()),
                        Input.of("last day", input.lastDay()),
                        Input.of("term in months", terms.months()),
                        Input.of("counted in", terms.counting()))));
  }

  private Line unpaid(SignOn signOn) {
    return printer.print(
        ID + "SIGN_ON_FORFEITED." + signOn.id(),
        Worth.of(
            signOn.amount().exact(),
            "amount that falls due after the last day",
            Input.of("amount", signOn.amount()),
            Input.of("due on", signOn.paidOn()),
            Input.of("last day", input.lastDay())));
  }

  /** Of the contract year the last day is in: a leaver's budget is not prorated. */
  private Optional<Lenses> lenses() {
    var pack = input.terms().pack();
    var streams = Streams.of(pack, input.lastDay());
    var years = pack.years();
    var year = years.year(years.payYearOf(input.lastDay()));
    var face =
        streams
            .tokens()
            .map(
                stream ->
                    switch (stream) {
                      case OneOffStream oneOff -> oneOff.whole();
                      case PayStream pay -> pay.within(year);
                      case EquityStream equity ->
                          throw new IllegalStateException("tokens: " + equity);
                    });
    return pack.tokens()
        .map(budget -> LensCalculator.lenses(budget, face, input.terms().use(), printer));
  }

  private static Figure forfeited(Lenses lenses) {
    return lenses
        .unspent()
        .flatMap(
            unspent ->
                lenses
                    .portable()
                    .map(
                        kept ->
                            Line.derived(
                                ID + "TOKENS_FORFEITED",
                                unspent.amount().minus(kept.amount()),
                                "UNSPENT - PORTABLE",
                                List.of(unspent, kept))));
  }
}
