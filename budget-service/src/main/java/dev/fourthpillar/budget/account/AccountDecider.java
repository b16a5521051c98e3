package dev.fourthpillar.budget.account;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.backbone.outcome.Decision;
import dev.fourthpillar.budget.account.AccountCommand.AnnounceReduction;
import dev.fourthpillar.budget.account.AccountCommand.BookUsage;
import dev.fourthpillar.budget.account.AccountCommand.By;
import dev.fourthpillar.budget.account.AccountCommand.CatchUp;
import dev.fourthpillar.budget.account.AccountCommand.ChangeLot;
import dev.fourthpillar.budget.account.AccountCommand.EndLot;
import dev.fourthpillar.budget.account.AccountCommand.GrantLot;
import dev.fourthpillar.budget.account.AccountCommand.OfHold;
import dev.fourthpillar.budget.account.AccountCommand.Open;
import dev.fourthpillar.budget.account.AccountCommand.RevokeLot;
import dev.fourthpillar.budget.account.AccountCommand.SetTerms;
import dev.fourthpillar.budget.account.AccountCommand.SetUncapped;
import dev.fourthpillar.budget.account.AccountCommand.Wanted;
import dev.fourthpillar.budget.cap.CapDemand;
import dev.fourthpillar.budget.charge.Charge;
import dev.fourthpillar.budget.charge.ChargeCause;
import dev.fourthpillar.budget.charge.Cost;
import dev.fourthpillar.budget.hold.Hold;
import dev.fourthpillar.budget.journal.Cause;
import dev.fourthpillar.budget.lot.Lot;
import dev.fourthpillar.budget.lot.Minutes;
import dev.fourthpillar.budget.lot.Span;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What commands make of an account. Pure: state, time and history come in, all effects go out. */
public final class AccountDecider {
  /** Lots of an account that have not expired. */
  public static final int MAX_OPEN_LOTS = 32;

  /** Lots of an account whose segments are not closed, expired ones too. */
  public static final int MAX_LOTS = 96;

  private final ThresholdWatch thresholds;

  /**
   * @param percents the thresholds, rising; asked for each time, so that they can change
   */
  public AccountDecider(Supplier<List<Integer>> percents) {
    this.thresholds = new ThresholdWatch(percents);
  }

  /**
   * @param hold the one that the command names, if there is one of that id
   * @param clock the time; an account's own never goes back
   * @param caps where the command may count
   */
  public Decided decide(
      AccountState before,
      AccountCommand command,
      Optional<Hold> hold,
      Instant clock,
      UsageHistory history,
      CapRooms caps) {
    Instant micros = clock.truncatedTo(ChronoUnit.MICROS); // as the database keeps them
    Instant now = micros.isBefore(before.lastTime()) ? before.lastTime() : micros;
    AccountBooks books = new AccountBooks(before, now, history);
    Step step = new Step(before, books, now, hold, new CapBooks(caps));
    books.roll(step::reallocated);
    Decision<AccountAnswer> decision = decide(step, command);
    return finish(before, step, decision, takesBack(command), cause(command));
  }

  private static Decision<AccountAnswer> decide(Step step, AccountCommand command) {
    return switch (command) {
      case Open _, CatchUp _ -> step.accepted(false);
      case GrantLot grant -> grant(step, grant);
      case ChangeLot change -> ofLot(step, change.lotId(), lot -> change(step, change, lot));
      case EndLot end -> ofLot(step, end.lotId(), lot -> end(step, end, lot));
      case SetUncapped uncap -> uncap(step, uncap);
      case SetTerms(Optional<AccountTerms> terms) -> {
        step.terms = terms;
        yield step.accepted(!terms.equals(step.before.terms()));
      }
      case RevokeLot revoke -> ofLot(step, revoke.lotId(), lot -> revoke(step, revoke, lot));
      case AnnounceReduction announced ->
          ofLot(step, announced.lotId(), lot -> announce(step, announced, lot));
      case Wanted(AccountCommand change, By by) -> {
        step.by = by;
        yield decide(step, change);
      }
      case BookUsage(Charge charge, List<CapDemand> caps) -> use(step, charge, caps);
      case OfHold ofHold -> new HoldDecider(step).decide(ofHold);
    };
  }

  private Decided finish(
      AccountState before,
      Step step,
      Decision<AccountAnswer> decision,
      boolean takeBack,
      Cause cause) {
    AccountBooks books = step.books;
    List<AccountEvent.LotChanged> lots =
        LotWatch.look(
            before.lots(),
            books.lots(),
            Minutes.of(before.lastTime()),
            before.eventVersion(),
            new LotWatch.Why(cause, step.by, step.revoked));
    step.events.addAll(lots);
    long version = before.eventVersion() + lots.size();
    if (step.announced.isPresent()) {
      step.events.add(step.announced.get().withVersion(++version));
    }
    ThresholdWatch.Told told =
        thresholds.look(
            step.terms, before.thresholds(), version, books, takeBack || otherLimit(before, books));
    step.events.addAll(told.events());
    AccountState after =
        books.state(
            before.revision() + 1,
            told.version(),
            told.thresholds(),
            step.openHolds,
            step.unpinned,
            step.terms);
    boolean changed =
        !books.entries().isEmpty()
            || !books.history().isEmpty()
            || step.holdChanged
            || step.announced.isPresent()
            || !after.lots().equals(before.lots())
            || !after.uncappedTimes().equals(before.uncappedTimes())
            || !after.terms().equals(before.terms())
            || !after.thresholds().equals(before.thresholds());
    return new Decided(
        decision,
        changed ? after : before,
        books.entries(),
        step.holdChanged ? step.hold : Optional.empty(),
        books.history(),
        step.events,
        step.caps.moves());
  }

  /** Why lots are other ones after it. */
  private static Cause cause(AccountCommand command) {
    return switch (command) {
      case GrantLot grant -> grant.cause();
      case ChangeLot change -> change.cause();
      case EndLot end -> end.cause();
      case RevokeLot revoke -> revoke.cause();
      case AnnounceReduction announced -> announced.cause();
      case Wanted(AccountCommand change, By _) -> cause(change);
      case SetUncapped uncap -> uncap.cause();
      case BookUsage(Charge charge, var _) -> Cause.event(charge.lineId(), charge.cause().name());
      case OfHold ofHold -> Cause.command("hold/" + ofHold.holdId(), "HOLD");
      case Open _, CatchUp _, SetTerms _ -> Cause.schedule("time", "SCHEDULE");
    };
  }

  /** Whether the budget is of other lots than it was: time lets them begin and end. */
  private static boolean otherLimit(AccountState before, AccountBooks books) {
    return !amounts(before.lots(), Minutes.of(before.lastTime()))
        .equals(amounts(books.lots(), books.minute()));
  }

  private static Map<String, Long> amounts(List<Lot> lots, long minute) {
    return lots.stream()
        .filter(lot -> lot.paysAt(minute))
        .collect(Collectors.toMap(Lot::id, Lot::amount));
  }

  /** Whether it may take back a threshold that was told. */
  private static boolean takesBack(AccountCommand command) {
    return switch (command) {
      case GrantLot _, ChangeLot _, EndLot _, RevokeLot _, SetUncapped _, SetTerms _ -> true;
      case Wanted(AccountCommand change, By _) -> takesBack(change);
      case BookUsage(Charge charge, var _) ->
          charge.cause().corrects() || charge.cost().accountNanos() < 0;
      case Open _, CatchUp _, AnnounceReduction _, OfHold _ -> false;
    };
  }

  private static Decision<AccountAnswer> grant(Step step, GrantLot grant) {
    AccountBooks books = step.books;
    if (books.lot(grant.lotId()).isPresent() || grant.expiry() <= books.closedUntil()) {
      return step.accepted(false);
    }
    if (grant.expiry() <= books.minute() - AccountBooks.OPEN_AFTER_END.toMinutes()) {
      return step.accepted(false); // it would be closed by the next command
    }
    long open = books.lots().stream().filter(lot -> !lot.expiredAt(books.minute())).count();
    if (open >= MAX_OPEN_LOTS || books.lots().size() >= MAX_LOTS) {
      return Decision.refused(
          Failure.of(
                  Reason.LIMIT_EXCEEDED,
                  "open lots of %s: %d (expected: at most %d)"
                      .formatted(step.before.id(), open + 1, MAX_OPEN_LOTS))
              .with("limit", "lots")
              .with("max", Integer.toString(MAX_OPEN_LOTS))
              .with("actual", Long.toString(open + 1)));
    }
    Map<String, Lot> snapshot = books.snapshot();
    books.add(
        Lot.fresh(
            grant.lotId(),
            grant.source(),
            grant.priority(),
            grant.effective(),
            grant.expiry(),
            grant.nanos(),
            grant.rollover()));
    step.reallocated(books.post(snapshot, grant.cause(), true, Minutes.start(grant.effective())));
    return step.accepted(true);
  }

  /** What is decided of a lot, when there is one of that id. */
  private static Decision<AccountAnswer> ofLot(
      Step step, String lotId, Function<Lot, Decision<AccountAnswer>> decide) {
    return step.books
        .lot(lotId)
        .map(decide)
        .orElseGet(
            () ->
                Decision.refused(
                    Failure.notFound(
                        "lot",
                        lotId,
                        "lot '%s' of %s does not exist".formatted(lotId, step.before.id()))));
  }

  private static Decision<AccountAnswer> change(Step step, ChangeLot change, Lot lot) {
    AccountBooks books = step.books;
    long nanos = Math.max(change.nanos(), books.needed(lot));
    if (nanos == lot.amount()) {
      return step.accepted(false);
    }
    Map<String, Lot> snapshot = books.snapshot();
    books.replace(lot.id(), old -> old.withAmount(nanos));
    step.reallocated(books.post(snapshot, change.cause(), true, step.now));
    return step.accepted(true);
  }

  private static Decision<AccountAnswer> end(Step step, EndLot end, Lot lot) {
    AccountBooks books = step.books;
    long expiry = Math.max(end.expiry(), lot.effective() + 1);
    if (expiry == lot.expiry() && end.rollover().equals(lot.carry().rollover())) {
      return step.accepted(false);
    }
    Map<String, Lot> snapshot = books.snapshot();
    books.end(lot, expiry, end.rollover());
    boolean leaves = books.lot(lot.id()).filter(Lot::endsWithEmployment).isPresent();
    step.reallocated(
        leaves
            ? books.leave(snapshot, end.cause(), step.now)
            : books.post(snapshot, end.cause(), true, step.now));
    return step.accepted(true);
  }

  private static Decision<AccountAnswer> uncap(Step step, SetUncapped uncap) {
    AccountBooks books = step.books;
    List<Span> times =
        uncap.times().stream().filter(span -> span.until() > books.closedUntil()).toList();
    if (times.equals(books.uncappedTimes())) {
      return step.accepted(false);
    }
    Map<String, Lot> snapshot = books.snapshot();
    books.uncap(times);
    step.reallocated(books.post(snapshot, uncap.cause(), true, step.now));
    return step.accepted(true);
  }

  private static Decision<AccountAnswer> revoke(Step step, RevokeLot revoke, Lot lot) {
    AccountBooks books = step.books;
    if (lot.expiredAt(books.minute())) {
      return step.accepted(false);
    }
    step.revoked = lot.id();
    Map<String, Lot> snapshot = books.snapshot();
    long needed = books.needed(lot);
    books.replace(lot.id(), old -> old.withAmount(needed));
    if (lot.effective() < books.minute()) {
      books.end(lot, books.minute(), Optional.empty());
    }
    step.reallocated(books.revoke(snapshot, revoke.cause(), step.now));
    return step.accepted(true);
  }

  private static Decision<AccountAnswer> announce(Step step, AnnounceReduction announced, Lot lot) {
    long nanos = Math.max(lot.amount() - announced.nanos(), step.books.needed(lot));
    step.announced =
        Optional.of(
            new AccountEvent.LotChanged(
                0,
                AccountEvent.LotChange.REDUCED,
                Optional.of(lot),
                lot.withAmount(nanos),
                announced.cause(),
                step.by,
                Optional.of(announced.effective())));
    return step.accepted(true);
  }

  private static Decision<AccountAnswer> use(Step step, Charge charge, List<CapDemand> caps) {
    step.hold.ifPresentOrElse(
        hold -> step.caps.settle(hold, charge.cost()), () -> step.caps.use(caps, charge.cost()));
    boolean correction = charge.cause().corrects();
    if (step.hold.isPresent() && step.hold.get().state().ended()) {
      new HoldDecider(step).trueUp(charge);
      return step.accepted(true);
    }
    AccountBooks books = step.books;
    Map<String, Lot> snapshot = books.snapshot();
    boolean late = books.use(charge.usageMinute(), charge.cost().accountNanos());
    String detail = late ? "LATE" : charge.cause().name();
    step.charged(
        charge,
        books.post(
            snapshot,
            Cause.event(charge.lineId(), detail),
            correction || late,
            late ? step.now : Minutes.start(charge.usageMinute())));
    return step.accepted(true);
  }

  /** One decision under way. */
  static final class Step {
    final AccountState before;
    final AccountBooks books;
    final Instant now;
    final CapBooks caps;
    final List<AccountEvent> events = new ArrayList<>();
    Optional<Hold> hold;
    boolean holdChanged;
    int openHolds;

    /** Nanos of open holds that no lot has. */
    BigInteger unpinned;

    Optional<AccountTerms> terms;
    By by = By.NOBODY;

    /** The lot that is revoked; empty for none. */
    String revoked = "";

    Optional<AccountEvent.LotChanged> announced = Optional.empty();
    private BigInteger own = BigInteger.ZERO;
    private BigInteger overage = BigInteger.ZERO;

    Step(AccountState before, AccountBooks books, Instant now, Optional<Hold> hold, CapBooks caps) {
      this.before = before;
      this.books = books;
      this.now = now;
      this.hold = hold;
      this.caps = caps;
      this.openHolds = before.openHolds();
      this.unpinned = before.unpinned();
      this.terms = before.terms();
    }

    void put(Hold changed) {
      hold = Optional.of(changed);
      holdChanged = true;
    }

    void charged(Charge charge, AccountBooks.Posted posted) {
      own = own.add(posted.own());
      overage = overage.add(posted.overage());
      events.add(new AccountEvent.Charged(charge, posted.own(), posted.overage(), now));
    }

    /**
     * Nothing was charged, and yet the budget pays now what the employer did, or the other way
     * round.
     */
    void reallocated(AccountBooks.Posted posted) {
      if (posted.own().signum() == 0) {
        return;
      }
      Amount nothing = new Amount(before.id().currency(), 0);
      charged(
          new Charge(
              "account/" + before.id() + "/" + books.number(),
              books.minute(),
              ChargeCause.CORRECTION,
              Cost.plain(nothing),
              ""),
          posted);
    }

    Decision<AccountAnswer> accepted(boolean applied) {
      return Decision.accepted(new AccountAnswer(applied, own, overage, books.available(), hold));
    }
  }
}
