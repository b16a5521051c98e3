package dev.fourthpillar.budget.period;

import dev.fourthpillar.backbone.outcome.Decision;
import dev.fourthpillar.budget.account.AccountAnswer;
import dev.fourthpillar.budget.account.AccountCommand;
import dev.fourthpillar.budget.account.AccountCommand.ChangeLot;
import dev.fourthpillar.budget.account.AccountCommand.EndLot;
import dev.fourthpillar.budget.account.AccountCommand.GrantLot;
import dev.fourthpillar.budget.account.AccountCommand.Open;
import dev.fourthpillar.budget.account.AccountCommand.SetUncapped;
import dev.fourthpillar.budget.account.AccountId;
import dev.fourthpillar.budget.account.AccountState;
import dev.fourthpillar.budget.account.AccountStore;
import dev.fourthpillar.budget.account.Addressed;
import dev.fourthpillar.budget.journal.Cause;
import dev.fourthpillar.budget.lot.Lot;
import dev.fourthpillar.budget.lot.LotSource;
import dev.fourthpillar.budget.lot.Minutes;
import dev.fourthpillar.budget.lot.Span;
import dev.fourthpillar.budget.period.Entitlement.Segment;
import dev.fourthpillar.budget.person.Person;
import dev.fourthpillar.budget.person.PersonService;
import dev.fourthpillar.budget.person.Situations;
import dev.fourthpillar.budget.plan.Plan;
import dev.fourthpillar.budget.plan.Plans;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets accounts have the lots they ought to have: by entitlement, plan, employment and time. It
 * compares and changes the difference, so doing it again, or on two replicas, changes nothing more.
 */
@Singleton
public final class PeriodService {
  private static final Logger LOG = LoggerFactory.getLogger(PeriodService.class);

  private static final Duration TRY_AGAIN = Duration.ofMinutes(1);
  private static final String ONE_PERSON = "one_person";

  /** All lots of plans alike; others that come later may burn before or after them. */
  static final int PRIORITY = 100;

  private final PeriodRepository rows;
  private final PersonService people;
  private final Plans plans;
  private final ValueService values;
  private final AccountStore accounts;
  private final PeriodConfig config;

  PeriodService(
      PeriodRepository rows,
      PersonService people,
      Plans plans,
      ValueService values,
      AccountStore accounts,
      PeriodConfig config) {
    this.rows = rows;
    this.people = people;
    this.plans = plans;
    this.values = values;
    this.accounts = accounts;
    this.config = config;
  }

  /**
   * Keeps a timeline as it was told.
   *
   * @param timeline the event's payload
   * @return false when it was known, or a later one was
   */
  public boolean entitled(Handle handle, String engineer, long version, byte[] timeline) {
    // What cannot be read must not be kept.
    var _ = EntitlementMapper.fromBytes(timeline, version);
    return rows.putEntitlement(handle, engineer, version, timeline);
  }

  /** Which price the calls of these people are charged with. */
  public PriceSides priceSides(Handle handle, Collection<String> engineers) {
    Map<String, Entitlement> entitlements = new HashMap<>();
    if (!plans.allAtList()) {
      rows.entitlements(handle, engineers)
          .forEach(
              (engineer, timeline) ->
                  entitlements.put(engineer, EntitlementMapper.fromBytes(timeline, 0)));
    }
    return new PriceSides(plans, entitlements);
  }

  /** These people are looked at next. */
  public void due(Handle handle, Collection<String> engineers) {
    Instant now = accounts.now(handle);
    engineers.forEach(engineer -> rows.putDue(handle, engineer, now, false));
  }

  /** A price or a rate was published: whoever waits for one is looked at next. */
  public void somethingHasAValue(Handle handle) {
    rows.waitingAreDue(handle, accounts.now(handle));
  }

  /**
   * Brings one person up to date of whom something is due; empty when nothing of anybody is. Who
   * cannot be brought up to date is looked at again later, and keeps nobody else from theirs.
   */
  Optional<String> openNext(Handle handle) {
    rows.holdOffPublishing(handle);
    Instant now = accounts.now(handle);
    Optional<String> next = rows.lockDue(handle, now, 1).stream().findFirst();
    next.ifPresent(engineer -> open(handle, engineer, now));
    return next;
  }

  /**
   * From when on the first use of a period of these people has to open it; who is not in it has
   * nothing that will be due.
   */
  public Map<String, Instant> dueAt(Handle handle, Collection<String> engineers) {
    return rows.due(handle, engineers);
  }

  /**
   * Brings those who use these accounts up to date, as far as something is due: what the first use
   * of a period does. To be called before anything else is locked: first what is due is, and then
   * all these accounts in the order of their ids, so that two who open do not wait for each other.
   */
  public void openIfDue(Handle handle, Collection<AccountId> used) {
    rows.holdOffPublishing(handle);
    Instant now = accounts.now(handle);
    List<String> due =
        rows.lockDueOf(handle, used.stream().map(AccountId::engineer).distinct().toList(), now);
    if (!due.isEmpty()) {
      accounts.lock(handle, used, due);
      due.forEach(engineer -> open(handle, engineer, now));
    }
  }

  private void open(Handle handle, String engineer, Instant now) {
    handle.savepoint(ONE_PERSON);
    try {
      bringUpToDate(handle, engineer, now);
    } catch (RuntimeException e) {
      handle.rollbackToSavepoint(ONE_PERSON);
      LOG.error("somebody's lots cannot be opened; tried again in {}", TRY_AGAIN, e);
      rows.putDue(handle, engineer, now.plus(TRY_AGAIN), false);
    }
  }

  private void bringUpToDate(Handle handle, String engineer, Instant now) {
    Optional<Person> found = people.find(handle, engineer);
    if (found.isEmpty()) {
      rows.putDue(handle, engineer, Planner.NEVER, false);
      return;
    }
    Person person = found.get();
    Situations situations = people.situations(handle, List.of(engineer)).get(engineer);
    Entitlement entitlement =
        rows.entitlement(handle, engineer)
            .map(timeline -> EntitlementMapper.fromBytes(timeline, 0))
            .orElseGet(() -> Entitlement.none(engineer));
    List<PlannedLot> lots = new ArrayList<>();
    List<Span> uncapped = new ArrayList<>();
    Instant due = Planner.NEVER;
    boolean waiting = false;
    for (Map.Entry<Plan, List<Segment>> plan : byPlan(entitlement).entrySet()) {
      Planner.Planned planned =
          Planner.plan(
              plan.getKey(),
              person,
              plan.getValue(),
              rows.periods(handle, engineer, plan.getKey().id()),
              now,
              config.openAhead(),
              (segment, period) -> values.value(handle, person, situations, segment, period, now));
      planned.periods().forEach(period -> rows.open(handle, engineer, period));
      lots.addAll(planned.lots());
      uncapped.addAll(planned.uncapped());
      due = planned.due().isBefore(due) ? planned.due() : due;
      waiting |= planned.waiting();
    }
    apply(handle, engineer, situations.currencies(), lots, Span.inOrder(uncapped), waiting, now);
    rows.putDue(handle, engineer, due, waiting);
  }

  private Map<Plan, List<Segment>> byPlan(Entitlement entitlement) {
    Map<Plan, List<Segment>> byPlan = new LinkedHashMap<>();
    for (Segment segment : entitlement.segments()) {
      Plan plan =
          plans
              .find(segment.plan())
              .orElseGet(
                  () -> {
                    LOG.warn(
                        "plan '{}' does not exist; '{}' takes its place",
                        segment.plan(),
                        Plan.DEFAULT_ID);
                    return Plan.DEFAULT;
                  });
      byPlan.computeIfAbsent(plan, _ -> new ArrayList<>()).add(segment);
    }
    return byPlan;
  }

  /** Grants what is not there, and changes what is there and other than planned. */
  private void apply(
      Handle handle,
      String engineer,
      Set<String> currencies,
      List<PlannedLot> lots,
      List<Span> uncapped,
      boolean waiting,
      Instant now) {
    List<Addressed> commands = new ArrayList<>();
    currencies.stream()
        .sorted()
        .forEach(c -> commands.add(new Addressed(new AccountId(engineer, c), new Open())));
    List<AccountState> states = accounts.ofEngineer(handle, engineer);
    if (!uncapped.isEmpty() || states.stream().anyMatch(s -> !s.uncappedTimes().isEmpty())) {
      // Whatever the currency of a call.
      SetUncapped times =
          new SetUncapped(uncapped, Cause.event("uncapped/" + engineer, "ENTITLED"));
      Stream.concat(
              currencies.stream().map(currency -> new AccountId(engineer, currency)),
              states.stream().map(AccountState::id))
          .distinct()
          .forEach(account -> commands.add(new Addressed(account, times)));
    }
    Set<String> planned = new HashSet<>();
    for (PlannedLot lot : lots) {
      AccountId account = new AccountId(engineer, lot.amount().currency());
      planned.add(account + " " + lot.id());
      Optional<Lot> existing =
          states.stream()
              .filter(state -> state.id().equals(account))
              .flatMap(state -> state.lots().stream())
              .filter(old -> old.id().equals(lot.id()))
              .findFirst();
      difference(lot, existing).forEach(c -> commands.add(new Addressed(account, c)));
    }
    if (!waiting) {
      for (AccountState state : states) {
        state.lots().stream()
            .filter(lot -> isPlanned(lot) && !planned.contains(state.id() + " " + lot.id()))
            .filter(lot -> !LateWindow.isClosed(Minutes.start(lot.expiry()), now))
            .filter(lot -> lot.amount() > lot.settled() + lot.held())
            .forEach(
                lot ->
                    commands.add(
                        new Addressed(
                            state.id(),
                            new ChangeLot(lot.id(), 0, Cause.event(lot.id(), "NOT_ENTITLED")))));
      }
    }
    List<Decision<AccountAnswer>> decisions =
        accounts.apply(
            handle, commands.stream().sorted(Comparator.comparing(Addressed::account)).toList());
    for (Decision<AccountAnswer> decision : decisions) {
      if (decision instanceof Decision.Refused<AccountAnswer> refused) {
        // A full account must not keep the others from theirs; the next look tries again.
        LOG.error("a lot was not opened: {}", refused.failure().reason());
      }
    }
  }

  private static List<AccountCommand> difference(PlannedLot lot, Optional<Lot> existing) {
    long nanos = lot.amount().nanos();
    long expiry = Minutes.of(lot.expiry());
    if (existing.isEmpty()) {
      return List.of(
          new GrantLot(
              lot.id(),
              source(lot.id()),
              PRIORITY,
              Minutes.of(lot.effective()),
              expiry,
              nanos,
              Cause.schedule(lot.id(), "ENTITLED")));
    }
    Lot old = existing.get();
    List<AccountCommand> commands = new ArrayList<>();
    if (expiry != old.expiry()) {
      commands.add(new EndLot(lot.id(), expiry, Cause.event(lot.id(), "EMPLOYMENT")));
    }
    if (Math.max(nanos, old.settled() + old.held()) != old.amount()) {
      commands.add(new ChangeLot(lot.id(), nanos, Cause.event(lot.id(), "ENTITLED")));
    }
    return commands;
  }

  private static boolean isPlanned(Lot lot) {
    return switch (lot.source()) {
      case PLAN_PERIOD, ONE_OFF -> true;
    };
  }

  private static LotSource source(String lotId) {
    return lotId.startsWith("once/") ? LotSource.ONE_OFF : LotSource.PLAN_PERIOD;
  }
}
