package dev.fourthpillar.comp.statement;

import dev.fourthpillar.comp.fx.FxQuote;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.pack.EquityGrant;
import dev.fourthpillar.comp.pack.TargetBonus;
import dev.fourthpillar.comp.terms.Recurrence;
import dev.fourthpillar.comp.token.Entitlement;
import dev.fourthpillar.comp.vest.Dealer;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * A second calculator that shares no arithmetic with the first: it walks through every day of every
 * window, asks what happens on it, and adds fractions. Slow and plain on purpose.
 */
final class Oracle {

  /** Line name without its view, for example {@code EQUITY.e0}, to the rounded amount. */
  record View(Map<String, BigDecimal> lines, BigDecimal classic, BigDecimal headline) {}

  private final StatementInput input;
  private final Map<String, List<String>> vests = new HashMap<>();

  Oracle(StatementInput input) {
    this.input = input;
    for (var grant : input.pack().equity()) {
      vests.put(
          grant.id(),
          Dealer.deal(
              grant.schedule(),
              grant.grantDate(),
              grant.size().shares().micros(),
              grant.accelerations()));
    }
  }

  View year(int n) {
    var first = anniversary(n - 1);
    var end = anniversary(n);
    return view(n == 1 ? first : first.plusDays(1), end, first, end.minusDays(1));
  }

  View next12Months() {
    var asOf = input.asOf();
    if (!asOf.isAfter(input.pack().start())) {
      return year(1);
    }
    var end = Dealer.monthsLater(asOf, 12);
    return view(asOf.plusDays(1), end, asOf.plusDays(1), end);
  }

  View annualised() {
    var pack = input.pack();
    int term = pack.termYears();
    var lines = new LinkedHashMap<String, Q>();
    lines.put("BASE", exchange(base(1), pack.base().amount().currency()));
    pack.targetBonus().ifPresent(bonus -> lines.put("TARGET_BONUS", bonus(bonus, 1)));
    for (var signOn : pack.signOns()) {
      lines.put("SIGN_ON." + signOn.id(), exchange(signOn.amount()).over(term));
    }
    for (var grant : promised()) {
      var shares = Q.of(grant.size().shares().micros()).over(1_000_000);
      int months = grant.schedule().monthsApart() * grant.schedule().installments();
      lines.put(
          "EQUITY." + grant.id(),
          exchange(
                  above(grant, Q.of(grant.price().price().amount())),
                  grant.price().price().currency())
              .times(shares)
              .times(Q.of(12))
              .over(months));
    }
    for (var benefit : pack.benefits()) {
      lines.put(
          "BENEFIT." + benefit.id(),
          benefit.recurrence() == Recurrence.ONE_OFF
              ? exchange(benefit.amount()).over(term)
              : exchange(benefit.amount()).times(Q.of(benefit.period().perYear())));
    }
    if (hasFace()) {
      lines.put("TOKENS.FACE", oneOffTokens() ? face(1).over(term) : face(1));
    }
    return rounded(lines);
  }

  LensOracle lenses() {
    var base = input.pack().base();
    var face =
        hasFace()
            ? Optional.of(oneOffTokens() ? face(1).over(input.pack().termYears()) : face(1))
            : Optional.<Q>empty();
    var salary = exchange(base.amount()).times(Q.of(base.period().perYear()));
    return LensOracle.of(input, face, salary, this::exchange);
  }

  private View view(
      LocalDate firstPoint, LocalDate lastPoint, LocalDate firstPayDay, LocalDate lastPayDay) {
    var pack = input.pack();
    var lines = new LinkedHashMap<String, Q>();
    long days = ChronoUnit.DAYS.between(firstPayDay, lastPayDay) + 1;
    lines.put(
        "BASE",
        paid(firstPayDay, days, year -> exchange(base(year), pack.base().amount().currency())));
    pack.targetBonus()
        .ifPresent(
            bonus ->
                lines.put("TARGET_BONUS", paid(firstPayDay, days, year -> bonus(bonus, year))));
    for (var signOn : pack.signOns()) {
      lines.put(
          "SIGN_ON." + signOn.id(),
          between(signOn.paidOn(), firstPoint, lastPoint) ? exchange(signOn.amount()) : Q.ZERO);
    }
    for (var grant : promised()) {
      lines.put("EQUITY." + grant.id(), vested(grant, firstPoint, lastPoint));
    }
    for (var benefit : pack.benefits()) {
      var amount = exchange(benefit.amount());
      lines.put(
          "BENEFIT." + benefit.id(),
          benefit.recurrence() == Recurrence.ONE_OFF
              ? between(pack.start(), firstPoint, lastPoint) ? amount : Q.ZERO
              : amount.times(Q.of(benefit.period().perYear())));
    }
    if (hasFace()) {
      lines.put(
          "TOKENS.FACE",
          oneOffTokens()
              ? between(pack.start(), firstPoint, lastPoint) ? face(1) : Q.ZERO
              : paid(firstPayDay, days, this::face));
    }
    return rounded(lines);
  }

  /** Each day earns its part of what its own offer year pays. */
  private Q paid(LocalDate first, long days, IntFunction<Q> perYear) {
    var daysOfYear = new LinkedHashMap<Integer, Integer>();
    int year = 1;
    for (long i = 0; i < days; i++) {
      var day = first.plusDays(i);
      while (!day.isBefore(anniversary(year))) {
        year++;
      }
      daysOfYear.merge(year, 1, Integer::sum);
    }
    var sum = Q.ZERO;
    for (var entry : daysOfYear.entrySet()) {
      sum = sum.plus(perYear.apply(entry.getKey()).times(Q.of(entry.getValue())).over(days));
    }
    return sum;
  }

  private Q vested(EquityGrant grant, LocalDate first, LocalDate last) {
    var sum = Q.ZERO;
    for (var vest : vests.get(grant.id())) {
      var day = LocalDate.parse(vest.substring(0, 10));
      if (between(day, first, last)) {
        var price = Q.of(grant.price().price().amount());
        for (int k = 1; !Dealer.monthsLater(grant.grantDate(), 12 * k).isAfter(day); k++) {
          price = price.plus(price.percent(grant.price().growthPerYear().value()));
        }
        var shares = Q.of(Long.parseLong(vest.substring(11))).over(1_000_000);
        sum =
            sum.plus(exchange(above(grant, price), grant.price().price().currency()).times(shares));
      }
    }
    return sum;
  }

  /** What a right to buy at the strike brings at that price; a share brings the price. */
  static Q above(EquityGrant grant, Q price) {
    var strike = grant.instrument().right().map(right -> Q.of(right.strike().amount()));
    if (strike.isEmpty()) {
      return price;
    }
    return price.isAtLeast(strike.get()) ? price.minus(strike.get()) : Q.ZERO;
  }

  /** Shares of a grant in millionths, vested up to and including that day. */
  long vestedMicros(EquityGrant grant, LocalDate through) {
    long micros = 0;
    for (var vest : vests.get(grant.id())) {
      if (!LocalDate.parse(vest.substring(0, 10)).isAfter(through)) {
        micros += Long.parseLong(vest.substring(11));
      }
    }
    return micros;
  }

  /**
   * A part of a year, day by day: each event on its date, each day's pay by its weight.
   *
   * @param lastPayDay before {@code first} when nothing is paid for any day of it
   * @param weights what part of the year each of these days is
   */
  View part(
      LocalDate first, LocalDate lastPayDay, LocalDate lastPoint, Function<LocalDate, Q> weights) {
    var pack = input.pack();
    var lines = new LinkedHashMap<String, Q>();
    var days = new Days(first, lastPayDay, weights);
    lines.put(
        "BASE", segments(days, year -> exchange(base(year), pack.base().amount().currency())));
    pack.targetBonus()
        .ifPresent(bonus -> lines.put("TARGET_BONUS", segments(days, year -> bonus(bonus, year))));
    for (var signOn : pack.signOns()) {
      lines.put(
          "SIGN_ON." + signOn.id(),
          between(signOn.paidOn(), first, lastPoint) ? exchange(signOn.amount()) : Q.ZERO);
    }
    for (var grant : promised()) {
      lines.put("EQUITY." + grant.id(), vested(grant, first, lastPoint));
    }
    for (var benefit : pack.benefits()) {
      var amount = exchange(benefit.amount());
      lines.put(
          "BENEFIT." + benefit.id(),
          benefit.recurrence() == Recurrence.ONE_OFF
              ? between(pack.start(), first, lastPoint) ? amount : Q.ZERO
              : segments(days, year -> amount.times(Q.of(benefit.period().perYear()))));
    }
    if (hasFace()) {
      lines.put(
          "TOKENS.FACE",
          oneOffTokens()
              ? between(pack.start(), first, lastPoint) ? face(1) : Q.ZERO
              : segments(days, this::face));
    }
    return rounded(lines);
  }

  private record Days(LocalDate first, LocalDate last, Function<LocalDate, Q> weights) {}

  /** Days of one amount in a row are rounded together. */
  private Q segments(Days days, IntFunction<Q> perYear) {
    int digits = input.currency().getDefaultFractionDigits();
    var sum = Q.ZERO;
    var open = Q.ZERO;
    Q before = null;
    int year = 1;
    for (var day = days.first(); !day.isAfter(days.last()); day = day.plusDays(1)) {
      while (!day.isBefore(anniversary(year))) {
        year++;
      }
      var amount = perYear.apply(year);
      if (before != null && !before.isSame(amount)) {
        sum = sum.plus(Q.of(before.times(open).round(digits)));
        open = Q.ZERO;
      }
      open = open.plus(days.weights().apply(day));
      before = amount;
    }
    return before == null ? sum : sum.plus(Q.of(before.times(open).round(digits)));
  }

  /** In the currency of the base, rounded and carried from year to year. */
  private Q base(int year) {
    var base = input.pack().base();
    int digits = base.amount().currency().getDefaultFractionDigits();
    var amount =
        Q.of(Q.of(base.amount().amount()).times(Q.of(base.period().perYear())).round(digits));
    for (int i = 1; i < year; i++) {
      amount = Q.of(amount.plus(amount.percent(base.growthPerYear().value())).round(digits));
    }
    return amount;
  }

  private Q bonus(TargetBonus bonus, int year) {
    return switch (bonus) {
      case TargetBonus.OfBase of ->
          exchange(
              base(year).percent(of.percent().value()), input.pack().base().amount().currency());
      case TargetBonus.Fixed fixed ->
          exchange(fixed.amount()).times(Q.of(fixed.period().perYear()));
    };
  }

  private boolean hasFace() {
    return input.pack().tokens().isEmpty()
        || !(input.pack().tokens().get().entitlement() instanceof Entitlement.Uncapped);
  }

  private boolean oneOffTokens() {
    return input.pack().tokens().filter(t -> t.recurrence() == Recurrence.ONE_OFF).isPresent();
  }

  private Q face(int year) {
    if (input.pack().tokens().isEmpty()) {
      return Q.ZERO;
    }
    return switch (input.pack().tokens().get().entitlement()) {
      case Entitlement.FixedMoney fixed -> exchange(fixed.amount());
      case Entitlement.FixedQuantity quantity -> exchange(quantity.faceValue());
      case Entitlement.PercentOfBase of ->
          exchange(
              base(year).percent(of.percent().value()), input.pack().base().amount().currency());
      case Entitlement.PooledShare pooled -> Q.ZERO;
      case Entitlement.Uncapped uncapped -> throw new AssertionError(uncapped);
    };
  }

  private List<EquityGrant> promised() {
    return input.pack().equity().stream().filter(grant -> !grant.refresher()).toList();
  }

  private View rounded(Map<String, Q> exact) {
    int digits = input.currency().getDefaultFractionDigits();
    var lines = new LinkedHashMap<String, BigDecimal>();
    var classic = BigDecimal.ZERO.setScale(digits);
    var rest = BigDecimal.ZERO.setScale(digits);
    for (var line : exact.entrySet()) {
      var amount = line.getValue().round(digits);
      lines.put(line.getKey(), amount);
      if (line.getKey().startsWith("BENEFIT") || line.getKey().startsWith("TOKENS")) {
        rest = rest.add(amount);
      } else {
        classic = classic.add(amount);
      }
    }
    return new View(lines, classic, classic.add(rest));
  }

  Q exchange(Money money) {
    return exchange(Q.of(money.amount()), money.currency());
  }

  Q exchange(Q amount, Currency from) {
    if (from.equals(input.currency())) {
      return amount;
    }
    for (FxQuote quote : input.fx().quotes()) {
      if (quote.from().equals(from) && quote.to().equals(input.currency())) {
        return amount.times(Q.of(quote.rate()));
      }
      if (quote.to().equals(from) && quote.from().equals(input.currency())) {
        return amount.over(Q.of(quote.rate()));
      }
    }
    throw new AssertionError("no quote for " + from);
  }

  LocalDate anniversary(int n) {
    return Dealer.monthsLater(input.pack().start(), 12 * n);
  }

  private static boolean between(LocalDate day, LocalDate first, LocalDate last) {
    return !day.isBefore(first) && !day.isAfter(last);
  }
}
