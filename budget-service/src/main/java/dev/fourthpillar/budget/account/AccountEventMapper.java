package dev.fourthpillar.budget.account;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import dev.fourthpillar.backbone.edge.decimal.DecimalMapper;
import dev.fourthpillar.backbone.edge.money.MoneyMapper;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.backbone.feed.NewEvent;
import dev.fourthpillar.budget.charge.Charge;
import dev.fourthpillar.budget.charge.Cost;
import dev.fourthpillar.budget.hold.Attempt;
import dev.fourthpillar.budget.hold.Hold;
import dev.fourthpillar.budget.hold.QuantityMapper;
import dev.fourthpillar.budget.lot.Fold;
import dev.fourthpillar.budget.lot.Minutes;
import dev.fourthpillar.events.v1.BalanceChanged;
import dev.fourthpillar.events.v1.BudgetExhausted;
import dev.fourthpillar.events.v1.BudgetThresholdCrossed;
import dev.fourthpillar.events.v1.ChargeBooked;
import dev.fourthpillar.events.v1.ChargeCause;
import dev.fourthpillar.events.v1.HoldAttempt;
import dev.fourthpillar.events.v1.HoldOutcome;
import dev.fourthpillar.events.v1.HoldSettled;
import dev.fourthpillar.events.v1.ThresholdCleared;
import dev.fourthpillar.type.v1.PayerKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** What happened on accounts, as the contract tells it. */
final class AccountEventMapper {
  private AccountEventMapper() {}

  static List<NewEvent> toEvents(AccountId account, AccountEvent event) {
    return switch (event) {
      case AccountEvent.Charged charged -> charges(account, charged);
      case AccountEvent.HoldEnded(Hold hold) ->
          List.of(NewEvent.of(account.engineer(), 0, settled(hold)));
      case AccountEvent.LotChanged changed ->
          List.of(of(account, changed.version(), LotEventMapper.toProto(account, changed)));
      case AccountEvent.Crossed crossed ->
          List.of(of(account, crossed.version(), crossed(account, crossed)));
      case AccountEvent.Cleared cleared ->
          List.of(of(account, cleared.version(), cleared(account, cleared)));
      case AccountEvent.Exhausted(long version, long start) ->
          List.of(
              of(
                  account,
                  version,
                  BudgetExhausted.newBuilder()
                      .setAccount(account.toString())
                      .setEngineer(account.engineer())
                      .setPeriodStart(minute(start))
                      .build()));
    };
  }

  /** The account as it is now. */
  static NewEvent balance(AccountState state) {
    AccountId account = state.id();
    String currency = account.currency();
    BigInteger scheduled = state.scheduled(state.lastTime());
    Fold fold =
        Fold.of(
            state.lots(),
            state.uncappedTimes(),
            state.usage(),
            state.closedUntil(),
            Minutes.of(state.lastTime()));
    BalanceChanged.Builder balance =
        BalanceChanged.newBuilder()
            .setAccount(account.toString())
            .setEngineer(account.engineer())
            .setGranted(MoneyMapper.toProto(currency, state.totals().granted().subtract(scheduled)))
            .setHeld(MoneyMapper.toProto(currency, state.held()))
            .setSettled(MoneyMapper.toProto(currency, state.totals().settled()))
            .setExpired(MoneyMapper.toProto(currency, state.totals().expired()))
            .setAvailable(MoneyMapper.toProto(currency, state.available(state.lastTime())))
            .setOverage(
                MoneyMapper.toProto(currency, fold.overageFrom(state.thresholds().periodStart())))
            .setUncapped(MoneyMapper.toProto(currency, state.totals().uncapped()))
            .setUnlimited(state.uncappedAt(state.lastTime()))
            .setEntry(state.entries())
            .setAsOf(TimestampMapper.toProto(state.lastTime()));
    state
        .unspentPortable(state.lastTime())
        .ifPresent(nanos -> balance.setUnspentPortable(MoneyMapper.toProto(currency, nanos)));
    return of(account, state.revision(), balance.build());
  }

  private static NewEvent of(AccountId account, long version, Message payload) {
    return NewEvent.of(account.toString(), version, payload).about(account.engineer());
  }

  /** One event for what the budget pays and one for what the employer does. */
  private static List<NewEvent> charges(AccountId account, AccountEvent.Charged charged) {
    Charge charge = charged.charge();
    List<NewEvent> events = new ArrayList<>(2);
    // Whole where nothing is split: a line of 0 may still change what the employer pays.
    Cost own = charged.overage().signum() == 0 ? charge.cost() : charge.cost().part(charged.own());
    // The rest, so that both add up; with a line of 0 that is the opposite.
    Cost overage = charge.cost().plus(own.negated());
    boolean toOwn = charged.own().signum() != 0 || charged.overage().signum() == 0;
    if (toOwn) {
      events.add(charge(account, charged, PayerKind.PAYER_KIND_OWN, own));
    }
    if (charged.overage().signum() != 0) {
      events.add(
          charge(account, charged, PayerKind.PAYER_KIND_OVERAGE, toOwn ? overage : charge.cost()));
    }
    return events;
  }

  private static NewEvent charge(
      AccountId account, AccountEvent.Charged charged, PayerKind payer, Cost cost) {
    Charge charge = charged.charge();
    String currency = account.currency();
    ChargeBooked.Builder booked =
        ChargeBooked.newBuilder()
            .setLineId(charge.lineId())
            .setEngineer(account.engineer())
            .setPayerKind(payer)
            .setAccount(payer == PayerKind.PAYER_KIND_OWN ? account.toString() : "")
            .setUsageMinute(minute(charge.usageMinute()))
            .setBookTime(TimestampMapper.toProto(charged.bookTime()))
            .setCause(cause(charge.cause()))
            .setListAmount(MoneyMapper.toProto(cost.list()))
            .setEmployerAmount(MoneyMapper.toProto(cost.employer()))
            .setAccountAmount(MoneyMapper.toProto(currency, cost.accountNanos()))
            .setFxRateId(cost.fxRateId())
            .setAccountEmployerAmount(MoneyMapper.toProto(currency, cost.accountEmployerNanos()))
            .setHoldId(charge.holdId());
    cost.accountListNanos()
        .ifPresent(nanos -> booked.setAccountListAmount(MoneyMapper.toProto(currency, nanos)));
    return NewEvent.of(account.engineer(), 0, booked.build());
  }

  private static ChargeCause cause(dev.fourthpillar.budget.charge.ChargeCause cause) {
    return switch (cause) {
      case HOLD -> ChargeCause.CHARGE_CAUSE_HOLD;
      case USAGE -> ChargeCause.CHARGE_CAUSE_USAGE;
      case TRUE_UP -> ChargeCause.CHARGE_CAUSE_TRUE_UP;
      case CORRECTION -> ChargeCause.CHARGE_CAUSE_CORRECTION;
      case REPRICED -> ChargeCause.CHARGE_CAUSE_REPRICED;
    };
  }

  private static HoldSettled settled(Hold hold) {
    HoldSettled.Builder settled =
        HoldSettled.newBuilder()
            .setHoldId(hold.terms().holdId())
            .setEngineer(hold.terms().engineer())
            .setSettlementSequence(hold.sequence())
            .setReserveTime(TimestampMapper.toProto(hold.reservedAt()))
            .setEndTime(TimestampMapper.toProto(hold.endedAt().orElseThrow()))
            .setPayerKind(PayerKind.PAYER_KIND_OWN)
            .setAccount(hold.account())
            .setProject(hold.terms().project())
            .setTool(hold.terms().tool())
            .setAgent(hold.terms().agent())
            .setOutcome(outcome(hold));
    int number = 0;
    for (Attempt attempt : hold.attempts()) {
      settled.addAttempts(attempt(++number, attempt));
    }
    return settled.build();
  }

  private static HoldOutcome outcome(Hold hold) {
    return switch (hold.state()) {
      case SETTLED -> HoldOutcome.HOLD_OUTCOME_SETTLED;
      case ESTIMATED -> HoldOutcome.HOLD_OUTCOME_ESTIMATED;
      case RELEASED -> HoldOutcome.HOLD_OUTCOME_RELEASED;
      case HELD, REFUSED ->
          throw new IllegalStateException(hold.state() + " (expected: a hold that ended)");
    };
  }

  private static HoldAttempt attempt(int number, Attempt attempt) {
    return HoldAttempt.newBuilder()
        .setAttempt(number)
        .setProvider(attempt.provider())
        .setModel(attempt.model())
        .addAllIds(attempt.ids())
        .addAllQuantities(attempt.quantities().stream().map(QuantityMapper::toProto).toList())
        .setBookedListAmount(MoneyMapper.toProto(attempt.cost().list()))
        .setBookedEmployerAmount(MoneyMapper.toProto(attempt.cost().employer()))
        .build();
  }

  private static BudgetThresholdCrossed crossed(AccountId account, AccountEvent.Crossed crossed) {
    return BudgetThresholdCrossed.newBuilder()
        .setAccount(account.toString())
        .setEngineer(account.engineer())
        .setThresholdPercent(DecimalMapper.toProto(BigDecimal.valueOf(crossed.percent())))
        .setUsed(MoneyMapper.toProto(account.currency(), crossed.used()))
        .setBudget(MoneyMapper.toProto(account.currency(), crossed.budget()))
        .setPeriodStart(minute(crossed.periodStart()))
        .build();
  }

  private static ThresholdCleared cleared(AccountId account, AccountEvent.Cleared cleared) {
    return ThresholdCleared.newBuilder()
        .setAccount(account.toString())
        .setEngineer(account.engineer())
        .setThresholdPercent(DecimalMapper.toProto(BigDecimal.valueOf(cleared.percent())))
        .setPeriodStart(minute(cleared.periodStart()))
        .build();
  }

  private static Timestamp minute(long minute) {
    return TimestampMapper.toProto(Minutes.start(minute));
  }
}
