package dev.fourthpillar.budget.account;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.backbone.outcome.Decision;
import dev.fourthpillar.budget.account.AccountCommand.Admit;
import dev.fourthpillar.budget.account.AccountCommand.Estimate;
import dev.fourthpillar.budget.account.AccountCommand.Expire;
import dev.fourthpillar.budget.account.AccountCommand.Extend;
import dev.fourthpillar.budget.account.AccountCommand.OfHold;
import dev.fourthpillar.budget.account.AccountCommand.Release;
import dev.fourthpillar.budget.account.AccountCommand.Reserve;
import dev.fourthpillar.budget.account.AccountCommand.Settle;
import dev.fourthpillar.budget.account.AccountDecider.Step;
import dev.fourthpillar.budget.account.CapBooks.Lack;
import dev.fourthpillar.budget.cap.CapDemand;
import dev.fourthpillar.budget.cap.CapKey;
import dev.fourthpillar.budget.charge.Charge;
import dev.fourthpillar.budget.charge.ChargeCause;
import dev.fourthpillar.budget.charge.Cost;
import dev.fourthpillar.budget.hold.Attempt;
import dev.fourthpillar.budget.hold.CapPart;
import dev.fourthpillar.budget.hold.Hold;
import dev.fourthpillar.budget.hold.HoldState;
import dev.fourthpillar.budget.hold.OnExpiry;
import dev.fourthpillar.budget.journal.Cause;
import dev.fourthpillar.budget.lot.Lot;
import dev.fourthpillar.budget.lot.Minutes;
import dev.fourthpillar.budget.lot.Slice;
import dev.fourthpillar.budget.plan.Overage;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/** What becomes of holds, and of the account by them. */
final class HoldDecider {
  /** Open holds of an account. */
  static final int MAX_OPEN_HOLDS = 1_000;

  /** How long a refusal is the answer to its id. */
  static final Duration REFUSAL_FROZEN = Duration.ofHours(24);

  private static final BigInteger HUNDRED = BigInteger.valueOf(100);
  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

  /** Ids of a call. */
  static final int MAX_IDS = 10;

  private final Step step;

  HoldDecider(Step step) {
    this.step = step;
  }

  Decision<AccountAnswer> decide(OfHold command) {
    return switch (command) {
      case Reserve reserve -> reserve(reserve);
      case Settle settle -> settle(settle);
      case Release release -> release(release);
      case Extend extend -> extend(extend);
      case Expire _ -> expire();
      case Admit(Hold admitted) -> admit(admitted);
    };
  }

  private Decision<AccountAnswer> admit(Hold admitted) {
    Optional<Hold> known = step.hold.filter(hold -> hold.state() != HoldState.REFUSED);
    if (known.isPresent()) {
      return again(known.get(), known.get().content(), admitted.content());
    }
    BigInteger available = step.books.available().min(MOST);
    List<Slice> slices = pin(Math.min(admitted.nanos(), available.longValueExact()));
    step.openHolds++;
    step.unpinned = step.unpinned.add(unpinned(admitted.nanos(), slices));
    step.caps.hold(admitted.caps());
    step.put(admitted.pinned(slices, 0));
    return step.accepted(true);
  }

  private Decision<AccountAnswer> reserve(Reserve reserve) {
    Optional<Hold> known =
        step.hold.filter(
            hold ->
                hold.state() != HoldState.REFUSED
                    || hold.reservedAt().plus(REFUSAL_FROZEN).isAfter(step.now));
    if (known.isPresent()) {
      return again(known.get(), known.get().content(), reserve.content());
    }
    return switch (reserve.estimate()) {
      case Estimate.Impossible(Failure why) -> refuse(reserve, nothing(), why);
      case Estimate.Known(Attempt estimate) -> hold(reserve, estimate);
    };
  }

  /** The outcome there was, or that the id is taken. */
  private Decision<AccountAnswer> again(
      Hold hold, Map<String, String> before, Map<String, String> now) {
    if (!before.equals(now)) {
      TreeSet<String> fields = new TreeSet<>(before.keySet());
      fields.addAll(now.keySet());
      fields.removeIf(field -> Objects.equals(before.get(field), now.get(field)));
      String different = String.join(", ", fields);
      return Decision.refused(
          Failure.of(
                  Reason.ID_REUSED,
                  "hold_id '%s' was used before with other content; it differs in [%s]"
                      .formatted(hold.terms().holdId(), different))
              .with("id", hold.terms().holdId())
              .with("different_fields", different));
    }
    return hold.refusal().isPresent()
        ? Decision.refused(hold.refusal().get())
        : step.accepted(false);
  }

  private Decision<AccountAnswer> hold(Reserve reserve, Attempt asked) {
    if (step.openHolds >= MAX_OPEN_HOLDS) {
      // Not kept: it says nothing about this call, and the next moment may have room.
      return Decision.refused(
          Failure.of(
                  Reason.LIMIT_EXCEEDED,
                  "open holds of %s: %d (expected: at most %d)"
                      .formatted(step.before.id(), step.openHolds + 1, MAX_OPEN_HOLDS))
              .with("limit", "open_holds")
              .with("max", Integer.toString(MAX_OPEN_HOLDS))
              .with("actual", Integer.toString(step.openHolds + 1)));
    }
    BigInteger wanted = BigInteger.valueOf(asked.cost().accountNanos());
    BigInteger available = step.books.available();
    Attempt estimate = asked;
    if (wanted.compareTo(available) > 0
        && !step.books.uncappedNow()
        && !mayExceed(asked, wanted.subtract(available))) {
      if (!reserve.terms().allowPartial() || available.signum() == 0) {
        return refuse(reserve, asked, insufficient(wanted, available));
      }
      estimate = asked.at(asked.cost().part(available));
    }
    for (Optional<Lack> found = step.caps.lack(reserve.caps(), estimate.cost());
        found.isPresent();
        found = step.caps.lack(reserve.caps(), estimate.cost())) {
      Lack lack = found.get();
      BigInteger part =
          BigInteger.valueOf(estimate.cost().accountNanos())
              .multiply(lack.available())
              .divide(lack.wanted());
      if (!reserve.terms().allowPartial() || part.signum() <= 0) {
        return refuse(reserve, asked, insufficient(lack));
      }
      estimate = asked.at(asked.cost().part(part));
    }
    long nanos = estimate.cost().accountNanos();
    List<Slice> slices = pin(Math.min(nanos, available.min(MOST).longValueExact()));
    step.openHolds++;
    step.unpinned = step.unpinned.add(unpinned(nanos, slices));
    step.put(
        Hold.open(
            reserve.terms(),
            step.before.id().toString(),
            reserve.content(),
            nanos,
            slices,
            estimate,
            step.caps.hold(parts(reserve.caps(), estimate.cost())),
            false,
            step.now));
    return step.accepted(true);
  }

  private static List<CapPart> parts(List<CapDemand> demands, Cost cost) {
    return demands.stream().map(demand -> CapPart.of(demand, cost)).toList();
  }

  /** Whether the plan lets the call through although the budget lacks so much. */
  private boolean mayExceed(Attempt call, BigInteger lacking) {
    return switch (step.terms.map(AccountTerms::overage).orElseGet(Overage.Block::new)) {
      case Overage.Block _ -> false;
      case Overage.Allow _ -> true;
      case Overage.AllowWithCap(int percent) -> {
        OptionalLong start = step.books.periodStart();
        BigInteger excess = step.unpinned.add(lacking);
        yield start.isPresent()
            && excess
                    .add(step.books.overageFrom(start.getAsLong()))
                    .multiply(HUNDRED)
                    .compareTo(step.books.budget().multiply(BigInteger.valueOf(percent)))
                <= 0;
      }
      case Overage.Degrade(List<String> models) ->
          models.contains(call.provider() + "/" + call.model());
    };
  }

  private static BigInteger unpinned(long nanos, List<Slice> slices) {
    return BigInteger.valueOf(nanos - slices.stream().mapToLong(Slice::nanos).sum());
  }

  private List<Slice> pin(long nanos) {
    List<Slice> slices = new ArrayList<>();
    long left = nanos;
    for (Lot lot : List.copyOf(step.books.lots())) {
      long take = lot.paysAt(step.books.minute()) ? Math.min(left, lot.free()) : 0;
      if (take > 0) {
        step.books.replace(lot.id(), old -> old.withPins(old.held() + take, old.fixed()));
        slices.add(new Slice(lot.id(), take, 0));
        left -= take;
      }
    }
    if (left != 0) {
      throw new IllegalStateException("pinned %d nanos too few".formatted(left));
    }
    return slices;
  }

  private Decision<AccountAnswer> refuse(Reserve reserve, Attempt estimate, Failure why) {
    if (why.reason().isFinal()) {
      step.put(
          Hold.refused(
              reserve.terms(),
              step.before.id().toString(),
              reserve.content(),
              estimate,
              step.now,
              why));
    }
    return Decision.refused(why);
  }

  private Failure insufficient(BigInteger wanted, BigInteger available) {
    Failure growing =
        insufficient(
            step.before.id().toString(),
            step.before.id().currency(),
            wanted,
            available,
            step.books.nextGrowth());
    return step.terms.map(AccountTerms::overage).orElse(null)
            instanceof Overage.Degrade(List<String> models)
        ? growing.with("degrade_to", String.join(",", models))
        : growing;
  }

  private static Failure insufficient(Lack lack) {
    return insufficient(
        CapKey.scope(lack.demand().key().cap()),
        lack.demand().currency(),
        lack.wanted(),
        lack.available(),
        lack.demand().end());
  }

  private static Failure insufficient(
      String scope,
      String currency,
      BigInteger wanted,
      BigInteger available,
      Optional<Instant> nextGrowth) {
    Failure failure =
        Failure.of(
                Reason.BUDGET_INSUFFICIENT,
                "%s: %s %s available, %s %s requested"
                    .formatted(scope, units(available), currency, units(wanted), currency))
            .with("scope", scope)
            .with("available", units(available))
            .with("requested", units(wanted))
            .with("currency", currency);
    return nextGrowth
        .map(time -> failure.with("next_growth_time", time.toString()))
        .orElse(failure);
  }

  private static String units(BigInteger nanos) {
    BigDecimal units = new BigDecimal(nanos, 9).stripTrailingZeros();
    return units.setScale(Math.max(2, units.scale())).toPlainString();
  }

  private Attempt nothing() {
    return new Attempt(
        "", "", List.of(), List.of(), Cost.plain(new Amount(step.before.id().currency(), 0)));
  }

  private Decision<AccountAnswer> settle(Settle settle) {
    if (step.hold.isEmpty() || step.hold.get().state() == HoldState.REFUSED) {
      return notFound(settle.holdId());
    }
    Hold hold = step.hold.get();
    if (!hold.settleContent().isEmpty()) {
      return again(hold, hold.settleContent(), settle.content());
    }
    List<Attempt> attempts = SettledAttempts.of(settle, hold.estimate());
    if (hold.state() == HoldState.HELD) {
      end(hold, HoldState.SETTLED, attempts, step.now, "SETTLED");
    } else {
      correct(hold, attempts);
    }
    step.put(step.hold.orElseThrow().settledAs(settle.content()));
    step.events.add(new AccountEvent.HoldEnded(step.hold.orElseThrow()));
    return step.accepted(true);
  }

  private Decision<AccountAnswer> release(Release release) {
    if (step.hold.isEmpty() || step.hold.get().state() == HoldState.REFUSED) {
      return notFound(release.holdId());
    }
    Hold hold = step.hold.get();
    if (hold.state() == HoldState.RELEASED) {
      return step.accepted(false);
    }
    if (hold.state() != HoldState.HELD) {
      return ended(hold);
    }
    end(hold, HoldState.RELEASED, List.of(), step.now, "RELEASED");
    step.events.add(new AccountEvent.HoldEnded(step.hold.orElseThrow()));
    return step.accepted(true);
  }

  private Decision<AccountAnswer> extend(Extend extend) {
    if (step.hold.isEmpty() || step.hold.get().state() == HoldState.REFUSED) {
      return notFound(extend.holdId());
    }
    Hold hold = step.hold.get();
    if (hold.state() != HoldState.HELD) {
      return ended(hold);
    }
    Instant until = step.now.plus(extend.ttl());
    Attempt known = hold.estimate();
    TreeSet<String> ids = new TreeSet<>(known.ids());
    ids.addAll(extend.ids());
    if (ids.size() > MAX_IDS) {
      return Decision.refused(
          Failure.of(
                  Reason.LIMIT_EXCEEDED,
                  "ids of hold '%s': %d (expected: at most %d)"
                      .formatted(extend.holdId(), ids.size(), MAX_IDS))
              .with("limit", "ids")
              .with("max", Integer.toString(MAX_IDS))
              .with("actual", Integer.toString(ids.size())));
    }
    Attempt more =
        new Attempt(
            known.provider(), known.model(), List.copyOf(ids), known.quantities(), known.cost());
    step.put(hold.extended(until.isAfter(hold.expiresAt()) ? until : hold.expiresAt(), more));
    return step.accepted(true);
  }

  private Decision<AccountAnswer> expire() {
    Optional<Hold> due = step.hold.filter(hold -> hold.dueAt(step.now));
    if (due.isEmpty()) {
      return step.accepted(false);
    }
    Hold hold = due.get();
    if (hold.terms().onExpiry() == OnExpiry.RELEASE) {
      end(hold, HoldState.RELEASED, List.of(), hold.expiresAt(), "RELEASED");
    } else {
      end(hold, HoldState.ESTIMATED, List.of(hold.estimate()), hold.expiresAt(), "ESTIMATED");
    }
    step.events.add(new AccountEvent.HoldEnded(step.hold.orElseThrow()));
    return step.accepted(true);
  }

  /**
   * Pays the attempts from the hold's slices, what they lack from what there is, and frees the
   * rest.
   */
  private void end(
      Hold hold, HoldState how, List<Attempt> attempts, Instant effective, String detail) {
    step.openHolds--;
    step.caps.free(hold);
    step.caps.correct(hold, List.of(), attempts);
    // Holds of before this was counted were not added.
    step.unpinned =
        step.unpinned.subtract(unpinned(hold.nanos(), hold.slices())).max(BigInteger.ZERO);
    step.put(hold.ended(how, effective, attempts));
    for (Attempt attempt : attempts) {
      Map<String, Lot> snapshot = step.books.snapshot();
      long left = attempt.cost().accountNanos();
      List<Slice> slices = new ArrayList<>();
      for (Slice slice : step.hold.orElseThrow().slices()) {
        long pay = Math.min(left, slice.nanos() - slice.settled());
        step.books.replace(slice.lot(), lot -> lot.withPins(lot.held() - pay, lot.fixed() + pay));
        slices.add(slice.withSettled(slice.settled() + pay));
        left -= pay;
      }
      exceed(slices, left);
      book(attempt.cost(), ChargeCause.HOLD, snapshot, detail, effective);
    }
    Map<String, Lot> snapshot = step.books.snapshot();
    for (Slice slice : step.hold.orElseThrow().slices()) {
      long rest = slice.nanos() - slice.settled();
      step.books.replace(
          slice.lot(),
          lot -> lot.withPins(lot.held() - rest, lot.fixed()).lapsing(outlives(lot) ? rest : 0));
    }
    step.reallocated(step.books.post(snapshot, Cause.command(name(hold), "FREED"), true, step.now));
  }

  /** What slices do not pay is usage of the minute in which the hold was made. */
  private void exceed(List<Slice> slices, long nanos) {
    Hold hold = step.hold.orElseThrow();
    step.books.use(Minutes.of(hold.reservedAt()), nanos);
    step.put(hold.pinned(slices, hold.excess() + nanos));
  }

  /** An ended hold turns out to have been for something else: books the difference. */
  private void correct(Hold hold, List<Attempt> attempts) {
    List<Attempt> before = hold.attempts();
    step.caps.correct(hold, before, attempts);
    step.put(hold.ended(HoldState.SETTLED, step.now, attempts));
    for (int i = 0; i < Math.max(before.size(), attempts.size()); i++) {
      Optional<Cost> was = cost(before, i);
      Optional<Cost> is = cost(attempts, i);
      if (was.isPresent() && is.isPresent() && was.get().addable(is.get())) {
        adjust(is.get().plus(was.get().negated()).quotedAs(is.get()));
      } else {
        was.ifPresent(cost -> adjust(cost.negated()));
        is.ifPresent(this::adjust);
      }
    }
  }

  private static Optional<Cost> cost(List<Attempt> attempts, int i) {
    return i < attempts.size() ? Optional.of(attempts.get(i).cost()) : Optional.empty();
  }

  private void adjust(Cost difference) {
    Map<String, Lot> snapshot = step.books.snapshot();
    move(difference.accountNanos());
    book(difference, ChargeCause.TRUE_UP, snapshot, "TRUE_UP", step.now);
  }

  /** Books a line of usage that says what the call of an ended hold cost more, or less. */
  void trueUp(Charge charge) {
    Map<String, Lot> snapshot = step.books.snapshot();
    move(charge.cost().accountNanos());
    step.charged(
        charge,
        step.books.post(
            snapshot, Cause.event(charge.lineId(), charge.cause().name()), true, step.now));
  }

  /** Pays so much more, or less, for the call of an ended hold. */
  private void move(long nanos) {
    if (nanos >= 0) {
      payMore(nanos);
    } else {
      payLess(-nanos);
    }
  }

  /**
   * First what was given back beyond all it had paid, then from the lots that were pinned, as far
   * as nobody else is pinned there now.
   */
  private void payMore(long nanos) {
    Hold hold = step.hold.orElseThrow();
    long owed = Math.min(nanos, Math.max(0, -hold.excess()));
    long left = nanos - owed;
    List<Slice> slices = new ArrayList<>();
    for (Slice slice : hold.slices()) {
      long room = step.books.lot(slice.lot()).map(step.books::unpinned).orElse(0L);
      long pay = Math.min(left, Math.min(room, slice.nanos() - slice.settled()));
      if (pay > 0) {
        step.books.replace(
            slice.lot(),
            lot -> lot.withPins(lot.held(), lot.fixed() + pay).lapsing(outlives(lot) ? -pay : 0));
      }
      slices.add(slice.withSettled(slice.settled() + pay));
      left -= pay;
    }
    exceed(slices, owed + left);
  }

  /** First from what exceeded the slices, then from the slices, the last one first. */
  private void payLess(long nanos) {
    Hold hold = step.hold.orElseThrow();
    long fromExcess = Math.min(nanos, Math.max(0, hold.excess()));
    long left = nanos - fromExcess;
    List<Slice> slices = new ArrayList<>();
    for (Slice slice : hold.slices().reversed()) {
      boolean open = step.books.lot(slice.lot()).isPresent();
      long back = open ? Math.min(left, slice.settled()) : 0;
      if (back > 0) {
        step.books.replace(
            slice.lot(),
            lot -> lot.withPins(lot.held(), lot.fixed() - back).lapsing(outlives(lot) ? back : 0));
      }
      slices.addFirst(slice.withSettled(slice.settled() - back));
      left -= back;
    }
    exceed(slices, -fromExcess - left);
  }

  /** Whether the hold ended after the lot did: what it gives back does not go on. */
  private boolean outlives(Lot lot) {
    return step.hold
        .orElseThrow()
        .endedAt()
        .filter(end -> lot.expiredAt(Minutes.of(end)))
        .isPresent();
  }

  private void book(
      Cost cost, ChargeCause cause, Map<String, Lot> snapshot, String detail, Instant effective) {
    Hold hold = step.hold.orElseThrow().bookedOnceMore();
    step.put(hold);
    String lineId = name(hold) + "/" + hold.bookings();
    step.charged(
        new Charge(lineId, Minutes.of(hold.reservedAt()), cause, cost, hold.terms().holdId()),
        step.books.post(snapshot, Cause.command(lineId, detail), cause.corrects(), effective));
  }

  private static String name(Hold hold) {
    return "hold/" + hold.terms().engineer() + "/" + hold.terms().holdId();
  }

  private Decision<AccountAnswer> notFound(String holdId) {
    return Decision.refused(
        Failure.notFound(
            "hold",
            holdId,
            "hold '%s' of engineer '%s' does not exist"
                .formatted(holdId, step.before.id().engineer())));
  }

  private static Decision<AccountAnswer> ended(Hold hold) {
    return Decision.refused(
        Failure.of(
                Reason.HOLD_ENDED,
                "hold '%s' is %s (expected: HELD)".formatted(hold.terms().holdId(), hold.state()))
            .with("hold_id", hold.terms().holdId())
            .with("state", hold.state().name()));
  }
}
