package dev.fourthpillar.comp.statement;

import dev.fourthpillar.comp.fx.FxQuote;
import dev.fourthpillar.comp.fx.FxTable;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.money.Percent;
import dev.fourthpillar.comp.pack.Base;
import dev.fourthpillar.comp.pack.Benefit;
import dev.fourthpillar.comp.pack.CompensationPackage;
import dev.fourthpillar.comp.pack.EquityGrant;
import dev.fourthpillar.comp.pack.GrantSize;
import dev.fourthpillar.comp.pack.Instrument;
import dev.fourthpillar.comp.pack.OptionModel;
import dev.fourthpillar.comp.pack.SharePrice;
import dev.fourthpillar.comp.pack.SignOn;
import dev.fourthpillar.comp.pack.TargetBonus;
import dev.fourthpillar.comp.terms.Guarantee;
import dev.fourthpillar.comp.terms.PayPeriod;
import dev.fourthpillar.comp.terms.Recurrence;
import dev.fourthpillar.comp.token.Entitlement;
import dev.fourthpillar.comp.token.MeteredTokens;
import dev.fourthpillar.comp.token.Portability;
import dev.fourthpillar.comp.token.PrivateUse;
import dev.fourthpillar.comp.token.PurchaseModel;
import dev.fourthpillar.comp.token.TokenBudget;
import dev.fourthpillar.comp.token.TokenUse;
import dev.fourthpillar.comp.token.Treatment;
import dev.fourthpillar.comp.vest.Acceleration;
import dev.fourthpillar.comp.vest.Allocation;
import dev.fourthpillar.comp.vest.Quantity;
import dev.fourthpillar.comp.vest.VestSchedule;
import dev.fourthpillar.comp.vest.YearlyPercents;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Packages of every shape from a seed; a failure prints the seed inside of {@link Case}. */
final class RandomPackages {

  private static final List<String> CURRENCIES = List.of("USD", "SEK", "EUR", "JPY", "KWD");

  /** Prints small: an input is long, and its seed says it all. */
  record Case(long seed, StatementInput input) {
    @Override
    public String toString() {
      return "seed " + seed;
    }
  }

  private final Random random;
  private final LocalDate start;
  private final int term;

  private RandomPackages(long seed) {
    this.random = new Random(seed);
    this.start = start();
    this.term = between(1, 6);
  }

  static Arbitrary<Case> cases() {
    return Arbitraries.longs().map(seed -> new Case(seed, new RandomPackages(seed).input()));
  }

  private StatementInput input() {
    var tokens = chance(85) ? Optional.of(tokens()) : Optional.<TokenBudget>empty();
    var pack =
        new CompensationPackage(
            start,
            term,
            base(),
            chance(70) ? Optional.of(bonus()) : Optional.empty(),
            many(3, this::signOn),
            many(3, this::grant),
            many(2, this::benefit),
            tokens);
    return new StatementInput(
        pack,
        chance(30) ? start : start.plusDays(between(-100, 2500)),
        currency(),
        fx(),
        tokens.map(this::use).orElse(new TokenUse.NotStated()),
        chance(50) ? Optional.of(money(1, 50_000_000)) : Optional.empty(),
        chance(50) ? Optional.of(percent(0, 99)) : Optional.empty(),
        Thresholds.DEFAULT);
  }

  private LocalDate start() {
    var day = LocalDate.of(2019, 1, 1).plusDays(random.nextInt(4000));
    return switch (random.nextInt(6)) {
      case 0 -> day.withDayOfMonth(day.lengthOfMonth());
      case 1 -> LocalDate.of(2024, 2, 29);
      default -> day;
    };
  }

  private Base base() {
    return new Base(
        money(1, 50_000_000),
        chance(60) ? PayPeriod.YEAR : any(PayPeriod.values()),
        chance(50) ? Percent.ZERO : percent(-10, 20),
        Guarantee.CONTRACTUAL);
  }

  private TargetBonus bonus() {
    return chance(70)
        ? new TargetBonus.OfBase(percent(0, 60), Guarantee.TARGET)
        : new TargetBonus.Fixed(money(0, 5_000_000), any(PayPeriod.values()), Guarantee.TARGET);
  }

  private SignOn signOn(String id) {
    long days = start.plusYears(term).toEpochDay() - start.toEpochDay();
    var paidOn =
        chance(30)
            ? start.plusYears(between(0, term)) // on an anniversary, where years meet
            : start.plusDays(random.nextLong(days));
    return SignOn.contractual("s" + id, money(0, 10_000_000), paidOn);
  }

  private EquityGrant grant(String id) {
    var vestStart = chance(50) ? start : start.plusDays(between(-400, 900));
    var grantDate = chance(50) ? vestStart : vestStart.plusDays(between(-60, 500));
    boolean refresher = chance(25);
    var price =
        new SharePrice(
            money(0, 90_000), grantDate, "close", chance(50) ? Percent.ZERO : percent(-20, 40));
    var schedule = schedule(vestStart);
    return new EquityGrant(
        "e" + id,
        instrument(price.price().currency(), grantDate),
        chance(60)
            ? new GrantSize.Shares(between(1, 5000))
            : new GrantSize.Value(
                Money.of(between(1000, 900_000) + ".17", "USD"),
                Money.of(between(1, 900) + ".05", "USD"),
                any(GrantSize.Conversion.values())),
        price,
        grantDate,
        schedule,
        many(2, number -> acceleration(grantDate, schedule.allocation())),
        refresher,
        refresher ? Guarantee.ASSUMED : Guarantee.CONTRACTUAL);
  }

  private Instrument instrument(Currency currency, LocalDate grantDate) {
    if (chance(60)) {
      return new Instrument.Unit();
    }
    var terms =
        new Instrument.Terms(
            money(currency, 1, 60_000),
            grantDate.plusYears(between(1, 10)),
            chance(50)
                ? Optional.of(new OptionModel(percent(1, 90), percent(0, 8), percent(0, 4)))
                : Optional.empty());
    return chance(50) ? new Instrument.Option(terms) : new Instrument.Virtual(terms);
  }

  private Acceleration acceleration(LocalDate grantDate, Allocation allocation) {
    var day = grantDate.plusDays(between(0, 1200));
    if (chance(50)) {
      return new Acceleration.OfUnvested(day, percent(1, 100));
    }
    return new Acceleration.Fixed(
        day,
        allocation == Allocation.FRACTIONAL
            ? new Quantity(between(1, 2_000_000_000))
            : Quantity.whole(between(1, 2000)));
  }

  private VestSchedule schedule(LocalDate vestStart) {
    if (chance(30)) {
      int apart = any(new Integer[] {1, 3, 6, 12});
      var percents = YearlyPercents.of("5", "15", "40", "40");
      return new VestSchedule(
          vestStart,
          apart,
          48 / apart,
          between(0, 2),
          any(Allocation.values()),
          Optional.of(percents));
    }
    int n = between(1, 60);
    return new VestSchedule(
        vestStart, between(1, 6), n, between(0, n), any(Allocation.values()), Optional.empty());
  }

  private Benefit benefit(String id) {
    boolean oneOff = chance(40);
    return new Benefit(
        "b" + id,
        money(0, 2_000_000),
        oneOff ? PayPeriod.YEAR : any(PayPeriod.values()),
        oneOff ? Recurrence.ONE_OFF : Recurrence.ANNUAL,
        Guarantee.CONTRACTUAL,
        any(Benefit.Taxation.values()));
  }

  TokenBudget tokens() {
    return new TokenBudget(
        switch (random.nextInt(8)) {
          case 0 -> new Entitlement.Uncapped();
          case 1 -> new Entitlement.PooledShare();
          case 2 ->
              new Entitlement.FixedQuantity(
                  List.of(
                      new Entitlement.QuantityLine("p", "m", "input", BigDecimal.valueOf(1000))),
                  money(0, 20_000_000),
                  start,
                  "book-7");
          case 3, 4 -> new Entitlement.PercentOfBase(percent(0, 150));
          default -> new Entitlement.FixedMoney(money(0, 20_000_000));
        },
        chance(70) ? Recurrence.ANNUAL : Recurrence.ONE_OFF,
        Guarantee.CONTRACTUAL,
        any(Treatment.values()),
        chance(60)
            ? new PurchaseModel.PayAsYouGo(percent(0, 100))
            : new PurchaseModel.TakeOrPay(money(0, 20_000_000), percent(0, 100)),
        chance(70) ? new PrivateUse.Known(percent(0, 100)) : new PrivateUse.Unknown(),
        chance(50) ? Percent.ZERO : percent(0, 100),
        switch (random.nextInt(3)) {
          case 0 -> new Portability.None();
          case 1 -> new Portability.Fixed(percent(0, 100));
          default ->
              new Portability.Vesting(
                  percent(0, 100),
                  new VestSchedule(
                      start, 1, between(1, 48), 0, Allocation.FRACTIONAL, Optional.empty()),
                  start);
        },
        Optional.empty(),
        true);
  }

  TokenUse use(TokenBudget budget) {
    return switch (random.nextInt(4)) {
      case 0 -> new TokenUse.NotStated();
      case 1 -> new TokenUse.Utilisation(percent(0, 180));
      case 2 -> new TokenUse.Amount(money(0, 20_000_000));
      default -> {
        var currency = currency();
        yield new TokenUse.Metered(
            new MeteredTokens(
                money(currency, 0, 9_000_000),
                money(currency, 0, 900_000),
                money(currency, 0, 9_000_000),
                money(currency, 0, 9_000_000),
                chance(80) ? Optional.of(money(currency, 0, 9_000_000)) : Optional.empty(),
                Optional.empty(),
                "position 42"));
      }
    };
  }

  private FxTable fx() {
    var quotes = new ArrayList<FxQuote>();
    for (int i = 0; i < CURRENCIES.size(); i++) {
      for (int j = i + 1; j < CURRENCIES.size(); j++) {
        boolean forward = chance(50);
        quotes.add(
            new FxQuote(
                "q" + i + j,
                Currency.getInstance(CURRENCIES.get(forward ? i : j)),
                Currency.getInstance(CURRENCIES.get(forward ? j : i)),
                BigDecimal.valueOf(between(1, 1_000_000), 4),
                LocalDate.of(2018, 1, 1),
                "test"));
      }
    }
    return new FxTable(quotes);
  }

  private interface Factory<T> {
    T make(String id);
  }

  private <T> List<T> many(int max, Factory<T> factory) {
    var list = new ArrayList<T>();
    int count = random.nextInt(max + 1);
    for (int i = 0; i < count; i++) {
      list.add(factory.make(String.valueOf(i)));
    }
    return list;
  }

  private Money money(int least, int mostMinor) {
    return money(currency(), least, mostMinor);
  }

  private Money money(Currency currency, int least, int mostMinor) {
    return new Money(
        BigDecimal.valueOf(between(least, mostMinor), currency.getDefaultFractionDigits()),
        currency);
  }

  private Currency currency() {
    return Currency.getInstance(any(CURRENCIES.toArray(String[]::new)));
  }

  private Percent percent(int least, int most) {
    return new Percent(BigDecimal.valueOf(between(least * 100, most * 100), 2));
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  private <T> T any(T[] values) {
    return values[random.nextInt(values.length)];
  }
}
