package dev.fourthpillar.budget.period;

import dev.fourthpillar.backbone.outcome.Decision;
import dev.fourthpillar.budget.account.AccountAnswer;
import dev.fourthpillar.budget.account.AccountCommand;
import dev.fourthpillar.budget.account.AccountCommand.ChangeLot;
import dev.fourthpillar.budget.account.AccountCommand.EndLot;
import dev.fourthpillar.budget.account.AccountCommand.GrantLot;
import dev.fourthpillar.budget.account.AccountCommand.Open;
import dev.fourthpillar.budget.account.AccountCommand.RevokeLot;
import dev.fourthpillar.budget.account.AccountCommand.SetTerms;
import dev.fourthpillar.budget.account.AccountCommand.SetUncapped;
import dev.fourthpillar.budget.account.AccountCommand.Wanted;
import dev.fourthpillar.budget.account.AccountId;
import dev.fourthpillar.budget.account.AccountState;
import dev.fourthpillar.budget.account.AccountStore;
import dev.fourthpillar.budget.account.AccountTerms;
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
import dev.fourthpillar.budget.plan.Assignment;
import dev.fourthpillar.budget.plan.Plan;
import dev.fourthpillar.budget.plan.PlanHistory;
import dev.fourthpillar.budget.plan.PlanRepository;
import dev.fourthpillar.budget.plan.PlanTable;
import dev.fourthpillar.budget.plan.PlansService;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
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
  private final PlansService plans;
  private final PlanRepository planRows;
  private final ReductionRepository reductions;
  private final NoticeService notices;
  private final ValueService values;
  private final AccountStore accounts;
  private final PeriodConfig config;

  PeriodService(
      PeriodRepository rows,
      PersonService people,
      PlansService plans,
      PlanRepository planRows,
      ReductionRepository reductions,
      NoticeService notices,
      ValueService values,
      AccountStore accounts,
      PeriodConfig config) {
    this.rows = rows;
    this.people = people;
    this.plans = plans;
    this.planRows = planRows;
    this.reductions = reductions;
    this.notices = notices;
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
    PlanTable table = plans.table(handle);
    return new PriceSides(table.allAtList() ? Map.of() : terms(handle, engineers, table));
  }

  private Map<String, Terms> terms(Handle handle, Collection<String> engineers, PlanTable table) {
    Map<String, byte[]> entitlements = rows.entitlements(handle, engineers);
    Map<String, List<Assignment>> assignments = planRows.assignments(handle, engineers);
    Map<String, Terms> terms = new HashMap<>();
    for (String engineer : engineers) {
      byte[] timeline = entitlements.get(engineer);
      terms.put(
          engineer,
          Terms.of(
              timeline == null
                  ? Entitlement.none(engineer)
                  : EntitlementMapper.fromBytes(timeline, 0),
              assignments.getOrDefault(engineer, List.of()),
              table));
    }
    return terms;
  }

  /** A plan was made or changed: whoever it may be the plan of is looked at next. */
  void planChanged(Handle handle, String plan) {
    rows.usersAreDue(handle, plan, accounts.now(handle));
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

  /**
   * Brings a person up to date, due or not: lots opened, reductions made, what time has done
   * booked, and when to look again. To be called before anything of theirs is locked.
   */
  public void refresh(Handle handle, String engineer) {
    rows.holdOffPublishing(handle);
    Instant now = accounts.now(handle);
    rows.putDue(handle, engineer, now, false);
    accounts.lock(handle, List.of(), List.of(engineer));
    open(handle, engineer, now);
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
    Terms terms = terms(handle, List.of(engineer), plans.table(handle)).get(engineer);
    terms
        .unknownPlans()
        .forEach(
            plan ->
                LOG.warn("plan '{}' does not exist; '{}' takes its place", plan, Plan.DEFAULT_ID));
    List<PlannedLot> lots = new ArrayList<>();
    List<Span> uncapped = new ArrayList<>();
    LocalDate today = now.atZone(person.zone()).toLocalDate();
    Instant due =
        terms
            .nextChange(today, person.employment().firstDay())
            .map(day -> day.atStartOfDay(person.zone()).toInstant())
            .orElse(Planner.NEVER);
    boolean waiting = false;
    for (Map.Entry<PlanHistory, List<Segment>> plan : terms.byPlan().entrySet()) {
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
    reduce(handle, engineer, now);
    Optional<Exit> exit = person.employment().lastDay().map(day -> exit(terms, person, day));
    apply(
        handle,
        engineer,
        situations.currencies(),
        terms.ofAccounts(today, person.employment().firstDay()),
        lots,
        Span.inOrder(uncapped),
        waiting,
        exit,
        new Notice(
            Duration.ofDays(terms.on(today).noticeDays()),
            terms.changedBy(),
            reductions.toCome(handle, engineer),
            now),
        now);
    Instant next =
        Stream.of(
                Optional.of(due),
                exit.map(Exit::end).filter(end -> end.isAfter(now)),
                firstEnd(accounts.ofEngineer(handle, engineer), now),
                reductions.toCome(handle, engineer).stream().map(Reduction::effective).findFirst())
            .flatMap(Optional::stream)
            .min(Comparator.naturalOrder())
            .orElse(due);
    rows.putDue(handle, engineer, next, waiting);
  }

  /** Grants what is not there, and changes what is there and other than planned. */
  private void apply(
      Handle handle,
      String engineer,
      Set<String> currencies,
      Optional<AccountTerms> terms,
      List<PlannedLot> lots,
      List<Span> uncapped,
      boolean waiting,
      Optional<Exit> exit,
      Notice notice,
      Instant now) {
    List<Addressed> commands = new ArrayList<>();
    currencies.stream()
        .sorted()
        .forEach(c -> commands.add(new Addressed(new AccountId(engineer, c), new Open())));
    List<AccountState> states = accounts.ofEngineer(handle, engineer);
    Set<AccountId> all =
        Stream.concat(
                currencies.stream().map(currency -> new AccountId(engineer, currency)),
                states.stream().map(AccountState::id))
            .collect(Collectors.toCollection(TreeSet::new));
    if (terms.isPresent() || states.stream().anyMatch(state -> state.terms().isPresent())) {
      all.forEach(account -> commands.add(new Addressed(account, new SetTerms(terms))));
    }
    if (!uncapped.isEmpty() || states.stream().anyMatch(s -> !s.uncappedTimes().isEmpty())) {
      // Whatever the currency of a call.
      SetUncapped times =
          new SetUncapped(uncapped, Cause.event("uncapped/" + engineer, "ENTITLED"));
      all.forEach(account -> commands.add(new Addressed(account, times)));
    }
    Map<String, Long> taken = reductions.taken(handle, engineer);
    Set<String> planned = new HashSet<>();
    List<PlannedLot> opened = new ArrayList<>();
    for (PlannedLot full : lots) {
      PlannedLot left =
          full.less(
              taken.getOrDefault(
                  new AccountId(engineer, full.amount().currency()) + " " + full.id(), 0L));
      PlannedLot lot = exit.map(left::until).orElse(left);
      AccountId account = new AccountId(engineer, lot.amount().currency());
      planned.add(account + " " + lot.id());
      Optional<Lot> existing =
          states.stream()
              .filter(state -> state.id().equals(account))
              .flatMap(state -> state.lots().stream())
              .filter(old -> old.id().equals(lot.id()))
              .findFirst();
      if (existing.isEmpty()) {
        opened.add(lot);
      }
      difference(
              lot, existing, old -> notices.of(handle, notice, account, old, lot.amount().nanos()))
          .forEach(c -> commands.add(new Addressed(account, c)));
    }
    if (!waiting) {
      for (AccountState state : states) {
        state.lots().stream()
            .filter(lot -> isPlanned(lot) && !planned.contains(state.id() + " " + lot.id()))
            .filter(lot -> !LateWindow.isClosed(Minutes.start(lot.expiry()), now))
            .filter(lot -> lot.amount() > lot.settled() + lot.held())
            .forEach(
                lot ->
                    (opened.stream().anyMatch(other -> other.replaces(state.id(), lot))
                            ? NoticeService.atOnce(notice, lot)
                            : notices.of(handle, notice, state.id(), lot, 0))
                        .forEach(c -> commands.add(new Addressed(state.id(), c))));
      }
    }
    exit.ifPresent(end -> leaving(states, end, now).forEach(commands::add));
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

  /** Takes back what is to be by now. */
  private void reduce(Handle handle, String engineer, Instant now) {
    for (Reduction reduction : reductions.toCome(handle, engineer)) {
      if (reduction.effective().isAfter(now)) {
        continue;
      }
      long before = amount(handle, reduction);
      var _ =
          accounts.apply(
              handle,
              reduction.account(),
              new Wanted(
                  new ChangeLot(
                      reduction.lot(),
                      Math.max(0, before - reduction.nanos()),
                      Cause.command("reduce/" + reduction.id(), "REDUCED")),
                  reduction.by()));
      reductions.taken(handle, reduction, before - amount(handle, reduction));
    }
  }

  /** Nanos of the lot; 0 when it is closed. */
  private long amount(Handle handle, Reduction reduction) {
    return accounts
        .find(handle, reduction.account())
        .flatMap(
            state ->
                state.lots().stream().filter(lot -> lot.id().equals(reduction.lot())).findFirst())
        .map(Lot::amount)
        .orElse(0L);
  }

  /** How long before it takes effect a reduction has to be told, as the person's plan says. */
  public Duration notice(Handle handle, String engineer) {
    Instant now = accounts.now(handle);
    Terms terms = terms(handle, List.of(engineer), plans.table(handle)).get(engineer);
    LocalDate today =
        people
            .find(handle, engineer)
            .map(person -> now.atZone(person.zone()).toLocalDate())
            .orElseGet(() -> now.atZone(ZoneOffset.UTC).toLocalDate());
    return Duration.ofDays(terms.on(today).noticeDays());
  }

  private static Exit exit(Terms terms, Person person, LocalDate lastDay) {
    int portable = terms.portable(lastDay, person.employment().firstDay()).orElse(0);
    return Exit.after(lastDay, person.zone(), portable);
  }

  /**
   * What went on of earlier periods ends with the employment, too; what finance granted is revoked
   * then, and not before: the last day may be another one yet.
   */
  private static List<Addressed> leaving(List<AccountState> states, Exit exit, Instant now) {
    long minute = Minutes.of(exit.end());
    List<Addressed> commands = new ArrayList<>();
    for (AccountState state : states) {
      for (Lot lot : state.lots()) {
        boolean ends =
            lot.expiry() > minute
                || (lot.expiry() == minute && !lot.endsWithEmployment() && exit.end().isAfter(now));
        if (lot.source() == LotSource.ROLLOVER && ends) {
          commands.add(
              new Addressed(
                  state.id(),
                  new EndLot(
                      lot.id(),
                      minute,
                      Optional.of(exit.rest()),
                      Cause.event(lot.id(), "EMPLOYMENT"))));
        } else if (lot.source() == LotSource.MANUAL
            && !exit.end().isAfter(now)
            && !lot.expiredAt(Minutes.of(now))) {
          commands.add(
              new Addressed(
                  state.id(), new RevokeLot(lot.id(), Cause.event(lot.id(), "EMPLOYMENT"))));
        }
      }
    }
    return commands;
  }

  /** When the first lot that is open, or begins later, ends: somebody should write it down then. */
  private static Optional<Instant> firstEnd(List<AccountState> states, Instant now) {
    return states.stream()
        .flatMap(state -> state.lots().stream())
        .map(Lot::expiry)
        .filter(expiry -> expiry != Minutes.NEVER)
        .map(Minutes::start)
        .filter(end -> end.isAfter(now))
        .min(Comparator.naturalOrder());
  }

  /**
   * @param amounts what gives an existing lot the planned amount
   */
  private static List<AccountCommand> difference(
      PlannedLot lot, Optional<Lot> existing, Function<Lot, List<AccountCommand>> amounts) {
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
              lot.rollover(),
              Cause.schedule(lot.id(), "ENTITLED")));
    }
    Lot old = existing.get();
    List<AccountCommand> commands = new ArrayList<>();
    if (expiry != old.expiry() || !lot.rollover().equals(old.carry().rollover())) {
      commands.add(
          new EndLot(lot.id(), expiry, lot.rollover(), Cause.event(lot.id(), "EMPLOYMENT")));
    }
    commands.addAll(amounts.apply(old));
    return commands;
  }

  private static boolean isPlanned(Lot lot) {
    return switch (lot.source()) {
      case PLAN_PERIOD, ONE_OFF -> true;
      case ROLLOVER, MANUAL, PORTABLE -> false;
    };
  }

  private static LotSource source(String lotId) {
    return lotId.startsWith("once/") ? LotSource.ONE_OFF : LotSource.PLAN_PERIOD;
  }
}
