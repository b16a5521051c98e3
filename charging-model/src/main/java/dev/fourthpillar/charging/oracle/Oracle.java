package dev.fourthpillar.charging.oracle;

import static java.util.stream.Collectors.toMap;

import dev.fourthpillar.charging.model.Charging;
import dev.fourthpillar.charging.world.Attempt;
import dev.fourthpillar.charging.world.BookActivated;
import dev.fourthpillar.charging.world.Claim;
import dev.fourthpillar.charging.world.Cost;
import dev.fourthpillar.charging.world.Delivery;
import dev.fourthpillar.charging.world.HoldAccount;
import dev.fourthpillar.charging.world.HoldAccount.Booking;
import dev.fourthpillar.charging.world.PersonTold;
import dev.fourthpillar.charging.world.Price;
import dev.fourthpillar.charging.world.Report;
import dev.fourthpillar.charging.world.Source;
import dev.fourthpillar.charging.world.Tokens;
import dev.fourthpillar.charging.world.Worlds;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;

/**
 * Says what must be charged from the set of what was delivered. It knows no order, no time of
 * arrival, no states that follow one another, and shares no decision with {@link Charging}.
 */
public final class Oracle {
  private static final long AN_HOUR = 3_600;

  private final Comparator<Report> tieBreak;
  private final Set<Report> reports = new HashSet<>();
  private final Map<Attempt.HoldId, HoldAccount> holds;
  private final Map<String, PersonTold> people;
  private final Map<String, Price> prices = new HashMap<>();

  private Oracle(Set<Delivery> delivered, Comparator<Report> tieBreak) {
    this.tieBreak = tieBreak;
    List<HoldAccount> accounts = only(delivered, HoldAccount.class);
    this.holds =
        accounts.stream()
            .collect(
                toMap(
                    HoldAccount::id,
                    account -> account,
                    BinaryOperator.maxBy(Comparator.comparingInt(HoldAccount::sequence))));
    this.people =
        only(delivered, PersonTold.class).stream()
            .collect(
                toMap(
                    PersonTold::engineer,
                    person -> person,
                    BinaryOperator.maxBy(Comparator.comparingInt(PersonTold::version))));
    only(delivered, BookActivated.class).forEach(book -> prices.putAll(book.prices()));
    reports.addAll(only(delivered, Report.class));
    accounts.forEach(account -> reports.addAll(account.reports()));
  }

  public static Owed owed(Set<Delivery> delivered, Comparator<Report> tieBreak) {
    return new Oracle(delivered, tieBreak).owed();
  }

  private static <T> List<T> only(Collection<Delivery> delivered, Class<T> type) {
    return delivered.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private Owed owed() {
    Map<Owed.Line, Owed.Amount> lines = new HashMap<>();
    Map<Owed.Day, Cost> days = new HashMap<>();
    Map<String, Long> states = new HashMap<>();
    for (Set<Report> call : calls()) {
      Fate fate = fate(call);
      states.merge(fate.state, 1L, Long::sum);
      if (fate.state.equals("SETTLED")) {
        String payer = fate.payer.orElseThrow();
        lines.merge(new Owed.Line(payer, fate.through), fate.amount, Owed.Amount::plus);
        days.merge(
            new Owed.Day(payer, Worlds.day(fate.measure.time())), fate.amount.cost(), Cost::plus);
      }
    }
    lines.values().removeIf(Owed.Amount.NOTHING::equals);
    return new Owed(lines, days, states);
  }

  /** Reports that share a name are of one call, directly or through others. */
  private List<Set<Report>> calls() {
    Map<Report, Set<String>> names = new HashMap<>();
    reports.forEach(report -> names.put(report, report.names()));
    List<Set<Report>> calls = new ArrayList<>();
    Set<Report> left = new HashSet<>(reports);
    while (!left.isEmpty()) {
      Set<String> known = new HashSet<>(names.get(left.iterator().next()));
      Set<Report> call = new HashSet<>();
      while (left.stream()
          .filter(report -> !Collections.disjoint(names.get(report), known))
          .anyMatch(call::add)) {
        call.forEach(report -> known.addAll(names.get(report)));
      }
      left.removeAll(call);
      calls.add(call);
    }
    return calls;
  }

  private record Fate(
      String state,
      Report measure,
      Optional<String> payer,
      Optional<Attempt> through,
      Owed.Amount amount) {}

  private Fate fate(Set<Report> call) {
    Set<Report> ofHolds = new HashSet<>(call);
    ofHolds.removeIf(report -> report.source() != Source.HOLD);
    Report measure = measure(call);
    boolean estimate = measure.tokens().isNone() && ofHolds.size() == call.size();

    Set<Attempt> attempts = attempts(ofHolds);
    if (attempts.isEmpty()) {
      // Named only: of a hold that ended without telling of any attempt.
      attempts(call).stream()
          .filter(attempt -> holds.containsKey(attempt.id()))
          .min(Comparator.naturalOrder())
          .ifPresent(attempts::add);
    }
    Optional<Attempt> through = attempts.stream().min(Comparator.naturalOrder());
    Cost booked = Cost.NOTHING;
    Tokens bookedTokens = Tokens.NONE;
    for (Attempt attempt : attempts) {
      for (Booking booking : holds.get(attempt.id()).bookings()) {
        if (booking.attempt() == attempt.number()) {
          booked = booked.plus(booking.booked());
          bookedTokens = bookedTokens.plus(booking.tokens());
        }
      }
    }
    Price price = prices.get(measure.model());
    Optional<String> payer =
        through.isPresent()
            ? through.map(Attempt::engineer).filter(people::containsKey)
            : byClaims(call);
    String state;
    if (call.stream().noneMatch(r -> r.source().counted()) && overshadowed(measure)) {
      state = "SUPPRESSED";
    } else if (payer.isEmpty()) {
      state = "UNATTRIBUTED";
    } else {
      state = price == null && !estimate ? "UNPRICED" : "SETTLED";
    }
    Cost worth = estimate ? booked : price == null ? Cost.NOTHING : price.of(measure.tokens());
    return new Fate(
        state,
        measure,
        payer,
        through,
        new Owed.Amount(worth.minus(booked), measure.tokens().minus(bookedTokens)));
  }

  private static Set<Attempt> attempts(Set<Report> of) {
    Set<Attempt> attempts = new HashSet<>();
    of.forEach(report -> report.hold().ifPresent(attempts::add));
    return attempts;
  }

  private Report measure(Set<Report> call) {
    for (boolean wantTokens : new boolean[] {true, false}) {
      for (Source source : Source.values()) {
        List<Report> candidates =
            call.stream()
                .filter(r -> r.source() == source && r.tokens().isNone() != wantTokens)
                .toList();
        if (source == Source.HOLD && !candidates.isEmpty()) {
          int latest = candidates.stream().mapToInt(Report::version).max().orElseThrow();
          candidates = candidates.stream().filter(r -> r.version() == latest).toList();
        }
        if (!candidates.isEmpty()) {
          return candidates.stream().min(tieBreak).orElseThrow();
        }
      }
    }
    throw new IllegalStateException("a call without reports");
  }

  private boolean overshadowed(Report lower) {
    return reports.stream()
        .filter(r -> r.source().counted() && r.group().equals(lower.group()))
        .mapToLong(r -> r.time().getEpochSecond() - lower.time().getEpochSecond())
        .anyMatch(seconds -> Math.abs(seconds) <= AN_HOUR);
  }

  private Optional<String> byClaims(Set<Report> call) {
    List<Report> clientsFirst = new ArrayList<>(call);
    clientsFirst.sort(Comparator.comparing((Report r) -> r.source()).reversed());
    for (Report report : clientsFirst) {
      for (Claim claim : report.claims()) {
        Set<String> meant = new HashSet<>();
        for (PersonTold person : people.values()) {
          boolean says =
              switch (claim) {
                case Claim.Engineer(String id) -> person.engineer().equals(id);
                case Claim.Email(String address) -> person.emails().contains(address);
              };
          if (says) {
            meant.add(person.gateClosed() ? Charging.EMPLOYER : person.engineer());
          }
        }
        if (meant.size() == 1) {
          return meant.stream().findFirst();
        }
      }
    }
    return Optional.empty();
  }
}
