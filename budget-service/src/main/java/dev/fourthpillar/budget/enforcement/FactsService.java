package dev.fourthpillar.budget.enforcement;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.budget.fx.Conversion;
import dev.fourthpillar.budget.fx.FxService;
import dev.fourthpillar.budget.gate.GateService;
import dev.fourthpillar.budget.period.PeriodService;
import dev.fourthpillar.budget.period.PriceSides;
import dev.fourthpillar.budget.person.Person;
import dev.fourthpillar.budget.person.PersonService;
import dev.fourthpillar.budget.plan.Plan.PriceSide;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What enforcement has to know of people, rates and gates, remembered for a moment: events bring it
 * here with a delay anyway, and a call must not pay for three more questions to the database.
 */
@Singleton
final class FactsService {
  private static final int MAX_REMEMBERED = 100_000;

  private final LoadingCache<String, Known> people;
  private final LoadingCache<Pair, Optional<Conversion>> rates;
  private final Transactions transactions;
  private final GateService gates;
  private final LoadingCache<GateAt, Boolean> gatesOpen;

  /**
   * A person, from when on a use of their account has to open what is due, and what it is charged.
   */
  private record Known(Optional<Person> person, Instant due, PriceSides sides) {}

  private record Pair(String source, String target, LocalDate day) {}

  private record GateAt(String country, Instant minute) {}

  FactsService(
      EnforcementConfig config,
      Transactions transactions,
      PersonService people,
      PeriodService periods,
      FxService rates,
      GateService gates) {
    this.transactions = transactions;
    this.gates = gates;
    this.people =
        remembering(
            config,
            id ->
                transactions.run(
                    handle ->
                        new Known(
                            people.find(handle, id),
                            periods.dueAt(handle, id),
                            periods.priceSides(handle, List.of(id)))));
    this.rates =
        remembering(
            config,
            pair ->
                transactions.run(handle -> rates.on(handle, pair.source, pair.target, pair.day)));
    this.gatesOpen = remembering(config, this::gateOpen);
  }

  private static <K, V> LoadingCache<K, V> remembering(
      EnforcementConfig config, com.github.benmanes.caffeine.cache.CacheLoader<K, V> loader) {
    return Caffeine.newBuilder()
        .expireAfterWrite(config.factsTtl())
        .maximumSize(MAX_REMEMBERED)
        .build(loader);
  }

  Optional<Person> person(String engineer) {
    return people.get(engineer).person();
  }

  /** Which price a call of theirs is charged with at that time. */
  PriceSide priceSide(String engineer, Instant time) {
    return people.get(engineer).sides().at(engineer, time);
  }

  /** Whether a period or a one-off of the engineer begins, and nobody may have opened it yet. */
  boolean due(String engineer, Instant now) {
    return !people.get(engineer).due().isAfter(now);
  }

  /** It was opened, so that something else is due next. */
  void opened(String engineer) {
    people.invalidate(engineer);
  }

  Optional<Conversion> conversion(String source, String target, LocalDate day) {
    return source.equals(target)
        ? Optional.of(new Conversion.Same(source))
        : rates.get(new Pair(source, target, day));
  }

  /** Whether persons may be metered there at that time, to the second. */
  boolean gateOpen(String country, Instant time) {
    return gatesOpen.get(
        new GateAt(country, time.truncatedTo(java.time.temporal.ChronoUnit.SECONDS)));
  }

  private boolean gateOpen(GateAt question) {
    return transactions.run(handle -> gates.isOpen(handle, question.country, question.minute));
  }
}
