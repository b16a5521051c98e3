package dev.fourthpillar.pricing.cost;

import dev.fourthpillar.pricing.naming.FamilyRule;
import dev.fourthpillar.pricing.naming.ModelResolver;
import dev.fourthpillar.pricing.naming.ProviderNames;
import dev.fourthpillar.pricing.naming.Resolution;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Prices every record twice: at list price and at employer cost. Immutable and thread-safe. */
public final class TwoSidedPricer {

  private final Pricer list;
  private final EmployerTerms terms;
  private final Optional<Pricer> ownRates;

  /**
   * @throws IllegalArgumentException if the own rates are in another currency than the list
   */
  public TwoSidedPricer(
      Pricer list, EmployerTerms terms, ProviderNames providerNames, List<FamilyRule> familyRules) {
    this.list = list;
    this.terms = terms;
    this.ownRates =
        terms
            .ownRates()
            .map(book -> new Pricer(book, new ModelResolver(book, providerNames, familyRules)));
    terms
        .ownRates()
        .filter(book -> !book.header().currency().equals(list.book().header().currency()))
        .ifPresent(
            book -> {
              throw new IllegalArgumentException(
                  "currency of own rates: "
                      + book.header().currency()
                      + " (expected: "
                      + list.book().header().currency()
                      + ")");
            });
  }

  public TwoSidedPricer(Pricer list, EmployerTerms terms) {
    this(list, terms, ProviderNames.conventions(), FamilyRule.BUILT_IN);
  }

  /**
   * @throws AmountOutOfRangeException if a line or total of either side does not fit
   */
  public BothSides price(UsageToPrice usage) {
    Resolution listed = list.resolve(usage);
    return new BothSides(list.price(listed, usage, BigDecimal.ONE), employer(listed, usage));
  }

  private PriceResult employer(Resolution listed, UsageToPrice usage) {
    Optional<PriceResult> own =
        ownRates
            .map(rates -> rates.price(usage))
            .filter(
                result ->
                    !(result instanceof PriceResult.Unpriced unpriced)
                        || unpriced.reason() != UnpricedReason.UNKNOWN_MODEL);
    if (own.isPresent()) {
      return own.get();
    }
    BigDecimal factor =
        switch (listed) {
          case Resolution.Resolved resolved -> terms.factor(resolved.key());
          case Resolution.Ambiguous _, Resolution.Unknown _ -> BigDecimal.ONE;
        };
    return list.price(listed, usage, factor);
  }

  /** The two prices of one record. */
  public record BothSides(PriceResult list, PriceResult employer) {

    public PriceResult of(PriceSide side) {
      return switch (side) {
        case LIST -> list;
        case EMPLOYER -> employer;
      };
    }
  }
}
