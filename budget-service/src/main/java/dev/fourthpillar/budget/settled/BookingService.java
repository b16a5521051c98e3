package dev.fourthpillar.budget.settled;

import dev.fourthpillar.backbone.feed.FeedWriter;
import dev.fourthpillar.backbone.feed.NewEvent;
import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.backbone.outcome.Decision;
import dev.fourthpillar.budget.account.AccountAnswer;
import dev.fourthpillar.budget.account.AccountCommand.BookUsage;
import dev.fourthpillar.budget.account.AccountId;
import dev.fourthpillar.budget.account.AccountStore;
import dev.fourthpillar.budget.account.Addressed;
import dev.fourthpillar.budget.account.HoldKey;
import dev.fourthpillar.budget.cap.Cap;
import dev.fourthpillar.budget.cap.CapDemand;
import dev.fourthpillar.budget.cap.CapKey;
import dev.fourthpillar.budget.cap.CapRate;
import dev.fourthpillar.budget.cap.CapTable;
import dev.fourthpillar.budget.cap.CapsService;
import dev.fourthpillar.budget.charge.Charge;
import dev.fourthpillar.budget.charge.Cost;
import dev.fourthpillar.budget.fx.Conversion;
import dev.fourthpillar.budget.fx.FxService;
import dev.fourthpillar.budget.lot.Minutes;
import dev.fourthpillar.budget.period.PeriodService;
import dev.fourthpillar.budget.period.PriceSides;
import dev.fourthpillar.budget.person.PersonService;
import dev.fourthpillar.budget.person.Situations;
import dev.fourthpillar.budget.settled.SettledRepository.Waiting;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Books lines on the accounts that pay for them: converted with the rate of their minute's UTC day,
 * on the account of the currency the person had then, or on that of the hold they name. What cannot
 * be booked yet waits, and is booked when what it waits for is there.
 */
@Singleton
final class BookingService {
  private final PersonService people;
  private final PeriodService periods;
  private final FxService rates;
  private final AccountStore accounts;
  private final CapsService caps;
  private final SettledRepository lines;
  private final FeedWriter feed;

  BookingService(
      PersonService people,
      PeriodService periods,
      FxService rates,
      AccountStore accounts,
      CapsService caps,
      SettledRepository lines,
      FeedWriter feed) {
    this.people = people;
    this.periods = periods;
    this.rates = rates;
    this.accounts = accounts;
    this.caps = caps;
    this.lines = lines;
    this.feed = feed;
  }

  /** Lines of one person, or of a pseudonym. */
  record Owned(String engineer, boolean pseudonymous, List<UsageLine> lines) {}

  /** Books the lines of some people; returns those that wait. */
  List<Waiting> book(Handle handle, List<Owned> owned) {
    Instant now = accounts.now(handle);
    Map<String, Situations> situations = situations(handle, owned);
    PriceSides sides = periods.priceSides(handle, situations.keySet());
    Map<HoldKey, AccountId> holds = accounts.accountsOfHolds(handle, named(owned));
    Booking booking = new Booking(handle, now, situations, sides, holds, caps.table(handle));
    for (Owned each : owned) {
      booking.add(each);
    }
    booking.write();
    return booking.waiting;
  }

  private Map<String, Situations> situations(Handle handle, List<Owned> owned) {
    return people.situations(
        handle,
        owned.stream()
            .filter(each -> !each.pseudonymous())
            .map(Owned::engineer)
            .collect(Collectors.toSet()));
  }

  private static Set<HoldKey> named(List<Owned> owned) {
    return owned.stream()
        .filter(each -> !each.pseudonymous())
        .flatMap(
            each ->
                each.lines().stream()
                    .filter(line -> !line.holdId().isEmpty())
                    .map(line -> new HoldKey(each.engineer(), line.holdId())))
        .collect(Collectors.toSet());
  }

  /** One transaction's lines under way. */
  private final class Booking {
    private final Handle handle;
    private final Instant now;
    private final Map<String, Situations> situations;
    private final PriceSides sides;
    private final Map<HoldKey, AccountId> holds;
    private final CapTable table;
    private final Map<RateKey, Optional<Conversion>> conversions = new HashMap<>();
    private final List<Addressed> commands = new ArrayList<>();
    private final List<NewEvent> employerCharges = new ArrayList<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private final Set<AccountId> paying = new TreeSet<>();
    private final Set<CapKey> windows = new TreeSet<>();

    Booking(
        Handle handle,
        Instant now,
        Map<String, Situations> situations,
        PriceSides sides,
        Map<HoldKey, AccountId> holds,
        CapTable table) {
      this.handle = handle;
      this.now = now;
      this.situations = situations;
      this.sides = sides;
      this.holds = holds;
      this.table = table;
    }

    void add(Owned owned) {
      for (UsageLine line : owned.lines()) {
        if (owned.pseudonymous() || (line.employerPays() && line.holdId().isEmpty())) {
          employerCharges.add(
              UsageMapper.employerCharge(owned.engineer(), line, Causes.of(line), now));
        } else {
          personal(owned.engineer(), line);
        }
      }
    }

    private void personal(String engineer, UsageLine line) {
      Situations known = situations.get(engineer);
      if (known == null) {
        waiting.add(new Waiting(engineer, line, PendingCause.ENGINEER_UNKNOWN, null, null));
        return;
      }
      AccountId account = new AccountId(engineer, known.at(line.minute()).currency());
      if (!line.holdId().isEmpty()) {
        AccountId payer = holds.get(new HoldKey(engineer, line.holdId()));
        if (payer == null) {
          waiting.add(new Waiting(engineer, line, PendingCause.HOLD_UNKNOWN, null, null));
          return;
        }
        account = payer;
      }
      Optional<Conversion> list = rate(line.list(), account.currency(), line);
      Optional<Conversion> employer = rate(line.employer(), account.currency(), line);
      if (list.isEmpty() || employer.isEmpty()) {
        Amount missing = list.isEmpty() ? line.list() : line.employer();
        waiting.add(waitsForRate(engineer, line, missing, account.currency()));
        return;
      }
      List<CapDemand> counts = new ArrayList<>();
      for (Cap cap : line.holdId().isEmpty() ? table.of(line.scope()) : List.<Cap>of()) {
        Optional<CapRate> rate = rate(line, cap);
        if (rate.isEmpty()) {
          waiting.add(waitsForRate(engineer, line, line.list(), cap.amount().currency()));
          return;
        }
        if (!line.minute().isBefore(cap.since())) {
          counts.add(cap.demand(line.minute(), rate.get()));
        }
      }
      counts.forEach(demand -> windows.add(demand.key()));
      paying.add(account);
      commands.add(
          new Addressed(
              account,
              new BookUsage(
                  new Charge(
                      line.lineId(engineer),
                      Minutes.of(line.minute()),
                      Causes.of(line),
                      Cost.charged(
                          sides.at(engineer, line.minute()),
                          line.list(),
                          line.employer(),
                          list.get().convert(line.list()).nanos(),
                          employer.get().convert(line.employer()).nanos(),
                          list.get().quoteId().orElse("")),
                      line.holdId()),
                  counts)));
    }

    private Optional<CapRate> rate(UsageLine line, Cap cap) {
      String listed = line.list().currency();
      return CapRate.of(
          listed,
          units -> rate(units, cap.amount().currency(), line).map(rate -> rate.convert(units)));
    }

    private Optional<Conversion> rate(Amount amount, String currency, UsageLine line) {
      RateKey key =
          new RateKey(
              amount.currency(), currency, line.minute().atZone(ZoneOffset.UTC).toLocalDate());
      return conversions.computeIfAbsent(
          key, k -> rates.on(handle, k.source(), k.target(), k.day()));
    }

    void write() {
      caps.open(handle, windows);
      // The first use of a period opens it.
      periods.openIfDue(handle, paying);
      List<Addressed> inOrder =
          commands.stream().sorted(Comparator.comparing(Addressed::account)).toList();
      for (int from = 0; from < inOrder.size(); from += AccountStore.MAX_COMMANDS) {
        int to = Math.min(inOrder.size(), from + AccountStore.MAX_COMMANDS);
        for (Decision<AccountAnswer> decision : accounts.apply(handle, inOrder.subList(from, to))) {
          // Settled truth is never refused; if it were, its number must not count as applied.
          var _ = decision.orThrow();
        }
      }
      for (int from = 0; from < employerCharges.size(); from += AccountStore.MAX_COMMANDS) {
        int to = Math.min(employerCharges.size(), from + AccountStore.MAX_COMMANDS);
        feed.append(handle, employerCharges.subList(from, to));
      }
      lines.putWaiting(handle, waiting, now);
    }
  }

  private static Waiting waitsForRate(
      String engineer, UsageLine line, Amount amount, String currency) {
    return new Waiting(engineer, line, PendingCause.FX_RATE_MISSING, amount.currency(), currency);
  }

  private record RateKey(String source, String target, LocalDate day) {}
}
