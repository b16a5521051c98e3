package dev.fourthpillar.comp.pack;

import dev.fourthpillar.comp.calendar.OfferYears;
import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.token.TokenBudget;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is offered or owed. Components may be in different currencies.
 *
 * @param start the first day of offer year 1
 * @param termYears contract term, 1 to {@link #MAX_TERM_YEARS}; one-off payments are annualised
 *     over it, {@link #DEFAULT_TERM_YEARS} where nothing else is agreed
 * @param signOns at most {@link #MAX_COMPONENTS}
 * @param equity at most {@link #MAX_COMPONENTS}
 * @param benefits at most {@link #MAX_COMPONENTS}
 */
public record CompensationPackage(
    LocalDate start,
    int termYears,
    Base base,
    Optional<TargetBonus> targetBonus,
    List<SignOn> signOns,
    List<EquityGrant> equity,
    List<Benefit> benefits,
    Optional<TokenBudget> tokens) {

  public static final int DEFAULT_TERM_YEARS = 4;
  public static final int MAX_TERM_YEARS = 10;
  public static final int MAX_COMPONENTS = 40;

  public CompensationPackage {
    var checks = new Checks();
    var dated = checks.date("start", start);
    var termed =
        checks.that(
            termYears >= 1 && termYears <= MAX_TERM_YEARS,
            "termYears",
            termYears,
            "1 to " + MAX_TERM_YEARS);
    checks.present("base", base);
    checks.present("targetBonus", targetBonus);
    checks.present("tokens", tokens);
    var signOnsListed = checks.atMost("signOns", signOns, MAX_COMPONENTS);
    var equityListed = checks.atMost("equity", equity, MAX_COMPONENTS);
    var benefitsListed = checks.atMost("benefits", benefits, MAX_COMPONENTS);
    if (signOnsListed && equityListed && benefitsListed) {
      signOns = List.copyOf(signOns);
      equity = List.copyOf(equity);
      benefits = List.copyOf(benefits);
      checkIds(checks, signOns, equity, benefits);
      if (dated && termed) {
        checkPaidInTerm(checks, start, new OfferYears(start).anniversary(termYears), signOns);
      }
    }
    checks.orThrow();
  }

  /** Base alone, over the default term. */
  public static CompensationPackage of(LocalDate start, Base base) {
    return new CompensationPackage(
        start,
        DEFAULT_TERM_YEARS,
        base,
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty());
  }

  public OfferYears years() {
    return new OfferYears(start);
  }

  private static void checkIds(
      Checks checks, List<SignOn> signOns, List<EquityGrant> equity, List<Benefit> benefits) {
    var seen = new HashSet<String>();
    Stream.of(
            signOns.stream().map(SignOn::id),
            equity.stream().map(EquityGrant::id),
            benefits.stream().map(Benefit::id))
        .flatMap(ids -> ids)
        .forEach(id -> checks.that(seen.add(id), "id", id, "unique among the components"));
  }

  // A payment outside of the term would be annualised and never fall in a year.
  private static void checkPaidInTerm(
      Checks checks, LocalDate start, LocalDate end, List<SignOn> signOns) {
    for (int i = 0; i < signOns.size(); i++) {
      var paidOn = signOns.get(i).paidOn();
      checks.that(
          !paidOn.isBefore(start) && !paidOn.isAfter(end),
          "signOns[" + i + "].paidOn",
          paidOn,
          "in the term, " + start + " to " + end);
    }
  }
}
