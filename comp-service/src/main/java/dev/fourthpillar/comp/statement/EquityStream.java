package dev.fourthpillar.comp.statement;

import dev.fourthpillar.comp.calendar.Months;
import dev.fourthpillar.comp.calendar.OfferYears;
import dev.fourthpillar.comp.calendar.Window;
import dev.fourthpillar.comp.explain.Input;
import dev.fourthpillar.comp.line.Worth;
import dev.fourthpillar.comp.money.ExactMoney;
import dev.fourthpillar.comp.money.Fractions;
import dev.fourthpillar.comp.pack.EquityGrant;
import dev.fourthpillar.comp.pack.OptionValue;
import dev.fourthpillar.comp.vest.Quantity;
import dev.fourthpillar.comp.vest.Tranche;
import dev.fourthpillar.comp.vest.VestTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Shares as they vest, at a price that grows in whole years since the grant. */
record EquityStream(EquityGrant grant, VestTable table, OfferYears years, int termYears)
    implements MoneyStream {

  static EquityStream of(EquityGrant grant, OfferYears years, int termYears) {
    return new EquityStream(grant, grant.vestTable(), years, termYears);
  }

  @Override
  public String id() {
    return "EQUITY." + grant.id();
  }

  @Override
  public Worth annualised() {
    int months = grant.schedule().months();
    var shares = table.total();
    var worth =
        new Worth(
            flat(shares).times(Fractions.of(Months.PER_YEAR, months)),
            "shares × " + unit() + " / years of vesting",
            inputs(Input.of("shares", shares), Input.of("months of vesting", months)),
            List.of(grant.price().reference()),
            List.of());
    return OptionValue.of(grant)
        .map(
            value -> worth.with(new Worth.Beside("BLACK_SCHOLES", modelled(value, shares, months))))
        .orElse(worth);
  }

  @Override
  public Worth within(Window window) {
    var bySteps = sharesByGrowthStep(window);
    var price = grant.price();
    var inputs = new ArrayList<Input>();
    bySteps.forEach(
        (step, shares) -> inputs.add(Input.of("shares vesting in price step " + step, shares)));
    inputs.addAll(inputs());
    inputs.add(Input.of("price growth", price.growthPerYear()));
    var worth =
        new Worth(
            worth(bySteps),
            "Σ shares × " + unit() + ", price × (1 + price growth)^(whole years since the grant)",
            inputs,
            List.of(price.reference()),
            List.of());
    return price.growthPerYear().isZero()
        ? worth
        : worth.with(new Worth.Beside("FLAT", flatWithin(window)));
  }

  /** The same vests at today's price. */
  private Worth flatWithin(Window window) {
    var shares = shares(window);
    return new Worth(
        flat(shares),
        "shares × " + unit() + ", without price growth",
        inputs(Input.of("shares", shares)),
        List.of(grant.price().reference()),
        List.of());
  }

  @Override
  public Map<Difference, ExactMoney> differences() {
    var priceGrowth = ExactMoney.zero(grant.price().price().currency());
    var inTerm = Quantity.ZERO;
    for (int year = 1; year <= termYears; year++) {
      var window = years.year(year);
      var shares = shares(window);
      inTerm = inTerm.plus(shares);
      if (!grant.price().growthPerYear().isZero()) {
        priceGrowth = priceGrowth.plus(worth(sharesByGrowthStep(window))).minus(flat(shares));
      }
    }
    var unequalTerms = flat(inTerm).minus(annualised().exact().times(termYears));
    return Map.of(Difference.PRICE, priceGrowth, Difference.UNEQUAL_TERMS, unequalTerms);
  }

  private ExactMoney worth(Map<Integer, Quantity> sharesByGrowthStep) {
    var sum = ExactMoney.zero(grant.price().price().currency());
    for (var step : sharesByGrowthStep.entrySet()) {
      sum = sum.plus(grant.unitValue(step.getKey()).times(step.getValue().fraction()));
    }
    return sum;
  }

  private TreeMap<Integer, Quantity> sharesByGrowthStep(Window window) {
    var bySteps = new TreeMap<Integer, Quantity>();
    for (var tranche : table.within(window)) {
      int step = Months.whole(grant.grantDate(), tranche.date()) / Months.PER_YEAR;
      bySteps.merge(step, tranche.quantity(), Quantity::plus);
    }
    return bySteps;
  }

  private Quantity shares(Window window) {
    return table.within(window).stream()
        .map(Tranche::quantity)
        .reduce(Quantity.ZERO, Quantity::plus);
  }

  private ExactMoney flat(Quantity shares) {
    return grant.unitValue().times(shares.fraction());
  }

  /**
   * What the market would pay for the right itself, by its assumptions: never added to anything.
   */
  private Worth modelled(OptionValue value, Quantity shares, int months) {
    return new Worth(
        value
            .perUnit()
            .exact()
            .times(shares.fraction())
            .times(Fractions.of(Months.PER_YEAR, months)),
        "shares × Black-Scholes value / years of vesting",
        inputs(
            Input.of("shares", shares),
            Input.of("value of one", value.perUnit()),
            Input.of("expected term in years", value.expectedTermYears().toPlainString()),
            Input.of("volatility", value.model().volatility()),
            Input.of("risk-free rate", value.model().riskFreeRate()),
            Input.of("dividend yield", value.model().dividendYield()),
            Input.of("months of vesting", months)),
        List.of(grant.price().reference()),
        List.of());
  }

  private String unit() {
    return grant.instrument().right().isPresent() ? "max(0, price - strike)" : "price";
  }

  private List<Input> inputs(Input... first) {
    var inputs = new ArrayList<>(List.of(first));
    inputs.add(Input.of("price", grant.price().price()));
    grant
        .instrument()
        .right()
        .ifPresent(
            right -> {
              inputs.add(Input.of("strike", right.strike()));
              inputs.add(Input.of("instrument", grant.instrument().label()));
            });
    return inputs;
  }
}
