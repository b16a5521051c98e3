package dev.fourthpillar.comp.statement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.comp.explain.Line;
import dev.fourthpillar.comp.line.Figure;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.pack.Clawback;
import dev.fourthpillar.comp.pack.CompensationPackage;
import dev.fourthpillar.comp.pack.SignOn;
import dev.fourthpillar.comp.proration.AnnualAmount;
import dev.fourthpillar.comp.proration.Proration;
import dev.fourthpillar.comp.terms.Guarantee;
import dev.fourthpillar.comp.token.TokenBudget;
import dev.fourthpillar.comp.token.TokenUse;
import dev.fourthpillar.comp.vest.Dealer;
import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What leavers of random packages keep and owe, against a count day by day and share by share. */
final class LeaverOracleTest {

  private static final List<String> CURRENCIES = List.of("USD", "SEK", "EUR", "JPY", "KWD");

  @Provide
  Arbitrary<RandomPackages.Case> cases() {
    return RandomPackages.cases();
  }

  @Property
  void earnedBaseIsCountedByDayAndRoundedBySegment(
      @ForAll("cases") RandomPackages.Case given,
      @ForAll Proration method,
      @ForAll @IntRange(min = 0, max = 2500) int served) {
    var leaver = leaver(given, method, served);
    var expected = new Oracle(leaver.terms());
    var digits = leaver.terms().currency().getDefaultFractionDigits();
    var yearFirst = leaver.lastDay().withDayOfYear(1);
    var from = leaver.employedSince().isAfter(yearFirst) ? leaver.employedSince() : yearFirst;
    var weights = new DayWeights(method, yearFirst, yearFirst.plusYears(1).minusDays(1), from);
    var sum = BigDecimal.ZERO.setScale(digits);
    var history = leaver.baseHistory();
    for (int i = 0; i < history.size(); i++) {
      var open = Q.ZERO;
      for (var day = from; !day.isAfter(leaver.lastDay()); day = day.plusDays(1)) {
        boolean begun = !day.isBefore(history.get(i).from());
        boolean replaced = i + 1 < history.size() && !day.isBefore(history.get(i + 1).from());
        open = begun && !replaced ? open.plus(weights.apply(day)) : open;
      }
      var money = history.get(i).perYear().exact().round();
      sum = sum.add(expected.exchange(money).times(open).round(digits));
    }
    assertThat(LeaverCalculator.calculate(leaver).earnedBase().total().amount().amount())
        .isEqualTo(sum);
  }

  @Property
  void everyShareIsKeptOrForfeited(
      @ForAll("cases") RandomPackages.Case given,
      @ForAll @IntRange(min = 0, max = 2500) int served) {
    var input = leaver(given, Proration.CALENDAR_DAYS_ACTUAL, served);
    var oracle = new Oracle(input.terms());
    var digits = input.terms().currency().getDefaultFractionDigits();
    var statement = LeaverCalculator.calculate(input);
    var made =
        input.terms().pack().equity().stream()
            .filter(grant -> grant.guarantee() != Guarantee.ASSUMED)
            .filter(grant -> !grant.grantDate().isAfter(input.lastDay()))
            .toList();
    assertThat(statement.equity()).hasSameSizeAs(made);
    for (int i = 0; i < made.size(); i++) {
      var grant = made.get(i);
      var equity = statement.equity().get(i);
      long vested = oracle.vestedMicros(grant, input.lastDay());
      assertThat(equity.vested().micros()).isEqualTo(vested);
      assertThat(equity.vested().plus(equity.unvested())).isEqualTo(grant.size().shares());
      var price = grant.price().price();
      var worth = oracle.exchange(Oracle.above(grant, Q.of(price.amount())), price.currency());
      assertThat(equity.kept().amount().amount())
          .isEqualTo(worth.times(Q.of(vested)).over(1_000_000).round(digits));
      assertThat(equity.forfeited().amount().amount())
          .isEqualTo(
              worth
                  .times(Q.of(grant.size().shares().micros() - vested))
                  .over(1_000_000)
                  .round(digits));
    }
  }

  @Property
  void aClawbackIsThePartOfItsTimeThatIsLeft(
      @ForAll("cases") RandomPackages.Case given,
      @ForAll @IntRange(min = 0, max = 2500) int served) {
    var input = leaver(given, Proration.CALENDAR_DAYS_ACTUAL, served);
    var oracle = new Oracle(input.terms());
    var digits = input.terms().currency().getDefaultFractionDigits();
    var statement = LeaverCalculator.calculate(input);
    var signOns = input.terms().pack().signOns();
    for (int i = 0; i < signOns.size(); i++) {
      var terms = signOns.get(i).clawback().orElseThrow();
      var paid = signOns.get(i).paidOn();
      var end = Dealer.monthsLater(paid, terms.months());
      long left = 0;
      long whole = terms.months();
      if (terms.counting() == Clawback.Counting.DAYS) {
        whole = paid.until(end, ChronoUnit.DAYS);
        for (var day = input.lastDay().plusDays(1); day.isBefore(end); day = day.plusDays(1)) {
          left++;
        }
      } else {
        // A month is served when the day before its anniversary is.
        for (int month = 1; month <= terms.months(); month++) {
          left += Dealer.monthsLater(paid, month).minusDays(1).isAfter(input.lastDay()) ? 1 : 0;
        }
      }
      var owed =
          input.lastDay().isBefore(paid)
              ? Q.ZERO
              : oracle.exchange(signOns.get(i).amount()).times(Q.of(left)).over(whole);
      assertThat(statement.clawbacks().get(i).amount().amount())
          .as(signOns.get(i) + " on " + input.lastDay())
          .isEqualTo(owed.round(digits));
    }
    assertThat(statement.unpaidSignOns())
        .hasSize(
            (int) signOns.stream().filter(one -> one.paidOn().isAfter(input.lastDay())).count());
  }

  @Property
  void tokensMoveNothingElseAndWhatIsUnspentIsKeptOrForfeited(
      @ForAll("cases") RandomPackages.Case given,
      @ForAll("cases") RandomPackages.Case other,
      @ForAll @IntRange(min = 0, max = 2500) int served) {
    var input = leaver(given, Proration.CALENDAR_DAYS_ACTUAL, served);
    var with = LeaverCalculator.calculate(input);
    var changed =
        LeaverCalculator.calculate(
            terms(
                input,
                with(
                    input.terms().pack(),
                    input.terms().pack().signOns(),
                    other.input().pack().tokens()),
                other.input().use()));
    assertThat(changed.earnedBase()).isEqualTo(with.earnedBase());
    assertThat(changed.equity()).isEqualTo(with.equity());
    assertThat(changed.clawbacks()).isEqualTo(with.clawbacks());
    assertThat(changed.nextOfferAnchor()).isEqualTo(with.nextOfferAnchor());
    if (with.tokensForfeited() instanceof Figure.Known(Line forfeited)
        && forfeited.id().equals("leaver.TOKENS_FORFEITED")) {
      var unspent = forfeited.explanation().parts().getFirst().amount();
      assertThat(with.tokensKept().amount().orElseThrow().plus(forfeited.amount()))
          .isEqualTo(unspent);
    }
  }

  /** The case as somebody who leaves that many days after the start, with raises on the way. */
  private static LeaverInput leaver(RandomPackages.Case given, Proration method, int served) {
    var random = new Random(given.seed() + served);
    var pack = given.input().pack();
    var lastDay = pack.start().plusDays(served);
    var signOns = new ArrayList<SignOn>();
    for (var signOn : pack.signOns()) {
      signOns.add(
          new SignOn(
              signOn.id(),
              signOn.amount(),
              signOn.paidOn(),
              signOn.guarantee(),
              Optional.of(
                  new Clawback(
                      1 + random.nextInt(60),
                      random.nextBoolean()
                          ? Clawback.Counting.DAYS
                          : Clawback.Counting.WHOLE_MONTHS))));
    }
    var history = new ArrayList<AnnualAmount>();
    var day = pack.start().minusDays(random.nextInt(400));
    var employedSince = day;
    while (!day.isAfter(lastDay) && history.size() < 100) {
      var currency = Currency.getInstance(CURRENCIES.get(random.nextInt(CURRENCIES.size())));
      history.add(
          AnnualAmount.of(
              day,
              new Money(
                  BigDecimal.valueOf(
                      random.nextInt(50_000_000), currency.getDefaultFractionDigits()),
                  currency)));
      day = day.plusDays(30 + random.nextInt(300));
    }
    var input = given.input();
    return new LeaverInput(
        new StatementInput(
            with(pack, signOns, pack.tokens()),
            lastDay,
            input.currency(),
            input.fx(),
            input.use(),
            input.loadedCost(),
            input.marginalTax(),
            input.thresholds()),
        employedSince,
        history,
        method);
  }

  private static LeaverInput terms(LeaverInput input, CompensationPackage pack, TokenUse use) {
    var terms = input.terms();
    return new LeaverInput(
        new StatementInput(
            pack,
            terms.asOf(),
            terms.currency(),
            terms.fx(),
            use,
            terms.loadedCost(),
            terms.marginalTax(),
            terms.thresholds()),
        input.employedSince(),
        input.baseHistory(),
        input.proration());
  }

  private static CompensationPackage with(
      CompensationPackage pack, List<SignOn> signOns, Optional<TokenBudget> tokens) {
    return new CompensationPackage(
        pack.start(),
        pack.termYears(),
        pack.base(),
        pack.targetBonus(),
        signOns,
        pack.equity(),
        pack.benefits(),
        tokens);
  }
}
