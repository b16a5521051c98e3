package dev.fourthpillar.budget.enforcement;

import dev.fourthpillar.backbone.health.DatabasePresence;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.budget.cap.CapTable;
import dev.fourthpillar.budget.cap.CapsService;
import dev.fourthpillar.budget.fx.Conversion;
import dev.fourthpillar.budget.fx.FxService;
import dev.fourthpillar.budget.gate.GateService;
import dev.fourthpillar.budget.period.PeriodService;
import dev.fourthpillar.budget.period.PriceSides;
import dev.fourthpillar.budget.person.Person;
import dev.fourthpillar.budget.person.PersonService;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What enforcement has to know of people, rates and gates, remembered for a moment: events bring it
 * here with a delay anyway, and a call must not pay for more questions to the database. Who is not
 * remembered is asked for together with all others of a batch.
 */
@Singleton
final class FactsService {
  private final PersonService people;
  private final PeriodService periods;
  private final Transactions transactions;
  private final GateService gates;
  private final Remembered<String, Known> known;
  private final Remembered<Pair, Optional<Conversion>> rates;
  private final Remembered<GateAt, Boolean> gatesOpen;
  private final Remembered<Caps, CapTable> caps;

  /** There is one table. */
  private enum Caps {
    ALL
  }

  private record Pair(String source, String target, LocalDate day) {}

  private record GateAt(String country, Instant minute) {}

  FactsService(
      EnforcementConfig config,
      FailOpenConfig failOpen,
      DatabasePresence database,
      Transactions transactions,
      PersonService people,
      PeriodService periods,
      FxService rates,
      GateService gates,
      CapsService caps) {
    this.transactions = transactions;
    this.gates = gates;
    this.people = people;
    this.periods = periods;
    Duration ttl = config.factsTtl();
    BooleanSupplier away = () -> failOpen.enabled() && !database.answers();
    this.known = new Remembered<String, Known>(ttl, engineer -> engineer, away, this::load);
    this.rates =
        new Remembered<>(
            ttl,
            pair -> pair,
            away,
            each(
                pair ->
                    transactions.run(
                        handle -> rates.on(handle, pair.source, pair.target, pair.day))));
    this.gatesOpen = new Remembered<>(ttl, GateAt::country, away, each(this::gateOpen));
    this.caps = new Remembered<>(ttl, all -> all, away, each(_ -> transactions.run(caps::table)));
  }

  /** One question after the other. */
  private static <K, V> Function<Set<? extends K>, Map<K, V>> each(Function<K, V> ask) {
    return keys -> {
      Map<K, V> answers = new HashMap<>();
      keys.forEach(key -> answers.put(key, ask.apply(key)));
      return answers;
    };
  }

  private Map<String, Known> load(Set<? extends String> engineers) {
    return transactions.run(
        handle -> {
          List<String> ids = List.copyOf(engineers);
          Map<String, Person> persons = people.find(handle, ids);
          Map<String, Instant> due = periods.dueAt(handle, ids);
          PriceSides sides = periods.priceSides(handle, ids);
          return ids.stream()
              .map(
                  id ->
                      new Known(
                          id,
                          Optional.ofNullable(persons.get(id)),
                          due.getOrDefault(id, Instant.MAX),
                          sides))
              .collect(Collectors.toMap(Known::engineer, Function.identity()));
        });
  }

  /** What is known of each of these engineers. */
  Map<String, Known> of(Set<String> engineers) {
    return known.getAll(engineers);
  }

  Known of(String engineer) {
    return known.get(engineer);
  }

  /** What was due was opened, so that something else is due next. */
  void opened(Set<String> engineers) {
    known.forget(engineers);
  }

  /** What was known of them last, however long ago. */
  Optional<Known> remembered(String engineer) {
    return known.last(engineer);
  }

  CapTable caps() {
    return caps.get(Caps.ALL);
  }

  /** The caps as they are at this moment. */
  CapTable capsNow() {
    caps.forget(Set.of(Caps.ALL));
    return caps();
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
