package dev.fourthpillar.budget.account;

import static dev.fourthpillar.budget.account.LedgerWorld.DOLLAR;
import static dev.fourthpillar.budget.account.LedgerWorld.dollars;
import static dev.fourthpillar.budget.account.LedgerWorld.grant;
import static dev.fourthpillar.budget.account.LedgerWorld.reserve;
import static dev.fourthpillar.budget.account.LedgerWorld.settle;
import static dev.fourthpillar.budget.account.LedgerWorld.usage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.budget.charge.ChargeCause;
import dev.fourthpillar.budget.hold.Hold;
import dev.fourthpillar.budget.hold.HoldState;
import dev.fourthpillar.budget.hold.OnExpiry;
import dev.fourthpillar.budget.journal.Entry;
import dev.fourthpillar.budget.journal.EntryKind;
import dev.fourthpillar.budget.lot.LotSource;
import dev.fourthpillar.budget.lot.Slice;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The life of holds, lots and thresholds, by hand. */
class HoldRulesTest {
  private final LedgerWorld world = new LedgerWorld("2026-03-01T12:00:30Z");

  private void granted(long dollars) {
    world.run(grant("year", dollars * DOLLAR, "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"));
  }

  @Test
  void aHoldTakesSlicesInBurnOrderAndTheSettlementNamesThem() {
    // Lower priority first, then the earlier expiry.
    world.run(grant("later", LotSource.PLAN_PERIOD, 100, 10 * DOLLAR, "2026-01-01T00:00:00Z", ""));
    world.run(
        grant(
            "sooner",
            LotSource.PLAN_PERIOD,
            100,
            10 * DOLLAR,
            "2026-01-01T00:00:00Z",
            "2026-06-01T00:00:00Z"));
    world.run(grant("gift", LotSource.ONE_OFF, 50, 5 * DOLLAR, "2026-02-01T00:00:00Z", ""));

    Hold hold = world.run(reserve("h", 17 * DOLLAR)).hold().orElseThrow();

    assertThat(hold.slices())
        .containsExactly(
            new Slice("gift", 5 * DOLLAR, 0),
            new Slice("sooner", 10 * DOLLAR, 0),
            new Slice("later", 2 * DOLLAR, 0));
    world.run(settle("h", 12 * DOLLAR));
    Entry settled = world.journal.getLast();
    assertThat(settled.kind()).isEqualTo(EntryKind.SETTLE);
    assertThat(settled.amount()).isEqualTo(dollars(12));
    assertThat(settled.lots().toString())
        .isEqualTo("[LotPart[lot=gift, nanos=5000000000], LotPart[lot=sooner, nanos=7000000000]]");
    assertThat(world.available()).isEqualTo(dollars(13));
  }

  @Test
  void whatExceedsTheHoldIsTakenFromWhatThereIsAndThenOverage() {
    granted(100);
    world.run(reserve("a", 60 * DOLLAR));
    world.run(reserve("b", 30 * DOLLAR));

    AccountAnswer answer = world.run(settle("a", 90 * DOLLAR));

    // 60 held, 10 free, 20 nobody's; b's 30 stay pinned.
    assertThat(answer.own()).isEqualTo(dollars(70));
    assertThat(answer.overage()).isEqualTo(dollars(20));
    assertThat(world.available()).isEqualTo(dollars(0));
    assertThat(world.state.held()).isEqualTo(dollars(30));
    // When b gives its money back, the lot pays what the employer had to.
    AccountAnswer released = world.run(new AccountCommand.Release("b"));
    assertThat(released.own()).isEqualTo(dollars(20));
    assertThat(released.overage()).isEqualTo(dollars(-20));
    assertThat(world.available()).isEqualTo(dollars(10));
    assertThat(world.state.totals().overage()).isEqualTo(dollars(0));
  }

  @Test
  void aReleaseByExpiryFreesAndALaterSettlementStillCosts() {
    granted(10);
    world.run(reserve("h", 10 * DOLLAR, OnExpiry.RELEASE, false));
    world.at("2026-03-01T12:10:31Z").sweep();
    assertThat(world.available()).isEqualTo(dollars(10));

    world.run(settle("h", 4 * DOLLAR));

    assertThat(world.available()).isEqualTo(dollars(6));
    assertThat(ended()).isEqualTo(List.of("RELEASED 1", "SETTLED 2"));
  }

  @Test
  void anEstimateIsBookedAtExpiryAndTruedUpByALaterSettlement() {
    granted(100);
    world.run(reserve("h", 10 * DOLLAR));
    world.at("2026-03-01T12:10:29Z").sweep();
    assertThat(world.state.held()).as("a second before").isEqualTo(dollars(10));
    world.at("2026-03-01T12:10:30Z").sweep();
    assertThat(world.state.held()).isEqualTo(dollars(0));
    assertThat(world.state.totals().settled()).isEqualTo(dollars(10));

    world.run(settle("h", 7 * DOLLAR));

    assertThat(world.state.totals().settled()).isEqualTo(dollars(7));
    assertThat(world.available()).isEqualTo(dollars(93));
    assertThat(ended()).isEqualTo(List.of("ESTIMATED 1", "SETTLED 2"));
    assertThat(charges())
        .containsExactly("hold/ada/h/1 HOLD 10000000000", "hold/ada/h/2 TRUE_UP -3000000000");
  }

  @Test
  void aLotThatExpiresUnderAHoldLivesUntilTheHoldEnds() {
    world.run(grant("march", 10 * DOLLAR, "2026-03-01T00:00:00Z", "2026-03-01T12:05:00Z"));
    world.run(reserve("h", 6 * DOLLAR));

    world.at("2026-03-01T12:06:00Z").run(new AccountCommand.CatchUp());
    Entry expired = world.journal.getLast();
    assertThat(expired.kind()).isEqualTo(EntryKind.EXPIRE);
    assertThat(expired.amount()).isEqualTo(dollars(4));
    assertThat(expired.effective()).hasToString("2026-03-01T12:05:00Z");

    world.run(settle("h", 5 * DOLLAR));
    // The dollar that comes back expires at once.
    assertThat(world.state.totals().settled()).isEqualTo(dollars(5));
    assertThat(world.state.totals().expired()).isEqualTo(dollars(5));
    assertThat(world.available()).isEqualTo(dollars(0));
  }

  @Test
  void aBudgetAddedInMidWindowIsThereAtOnceAndPaysWhatWasOverage() {
    world.run(usage("1", 3 * DOLLAR, "2026-03-01T11:00:00Z"));
    world.run(usage("2", 2 * DOLLAR, "2026-02-01T11:00:00Z"));
    assertThat(world.state.totals().overage()).isEqualTo(dollars(5));

    world.run(grant("march", 10 * DOLLAR, "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z"));

    // What was used in March is its; February's stays the employer's.
    assertThat(world.available()).isEqualTo(dollars(7));
    assertThat(world.state.totals().overage()).isEqualTo(dollars(2));
  }

  @Test
  void lateUsageOfALotThatHasExpiredTakesFromWhatExpired() {
    world.run(grant("feb", 10 * DOLLAR, "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z"));
    world.run(new AccountCommand.CatchUp());
    assertThat(world.state.totals().expired()).isEqualTo(dollars(10));

    world.run(usage("1", 4 * DOLLAR, "2026-02-28T23:59:00Z"));

    assertThat(world.state.totals().expired()).isEqualTo(dollars(6));
    assertThat(world.state.totals().settled()).isEqualTo(dollars(4));
    assertThat(world.journal.getLast().kind()).isEqualTo(EntryKind.ADJUST);
  }

  @Test
  void usageOfAClosedPeriodIsBookedInTheCurrentOne() {
    world.run(grant("feb", 10 * DOLLAR, "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z"));
    // 35 days after its end, to the minute.
    world.at("2026-04-04T23:59:59Z").run(usage("1", DOLLAR, "2026-02-10T00:00:00Z"));
    assertThat(world.state.totals().settled()).isEqualTo(dollars(1));

    world.at("2026-04-05T00:00:00Z").run(usage("2", DOLLAR, "2026-02-10T00:00:00Z"));

    assertThat(world.state.totals().settled()).isEqualTo(dollars(1));
    assertThat(world.state.totals().overage()).isEqualTo(dollars(1));
    assertThat(world.journal.getLast().cause().detail()).isEqualTo("LATE");
    assertThat(world.state.lots()).as("nothing is kept of it").isEmpty();
  }

  @Test
  void aReductionNeverGoesBelowWhatIsSettledAndHeld() {
    granted(10);
    world.run(usage("1", 3 * DOLLAR, "2026-03-01T11:00:00Z"));
    world.run(reserve("h", 4 * DOLLAR));

    world.run(
        new AccountCommand.ChangeLot(
            "year", 0, dev.fourthpillar.budget.journal.Cause.event("e", "ENTITLED")));

    assertThat(world.state.totals().reduced()).isEqualTo(dollars(3));
    assertThat(world.available()).isEqualTo(dollars(0));
    assertThat(world.state.totals().overage()).isEqualTo(dollars(0));
  }

  @Test
  void everyThresholdIsToldOnceHoweverHoldsGoUpAndDown() {
    granted(100);
    for (int i = 0; i < 3; i++) {
      world.run(reserve("h" + i, 85 * DOLLAR));
      world.run(new AccountCommand.Release("h" + i));
    }
    assertThat(told()).containsExactly("crossed 50", "crossed 80");

    world.run(reserve("all", 100 * DOLLAR));
    assertThat(told())
        .containsExactly("crossed 50", "crossed 80", "crossed 90", "crossed 100", "exhausted");
    assertThat(world.state.eventVersion()).as("these, and the grant").isEqualTo(6);
  }

  @Test
  void aThresholdThatShouldNotHaveBeenToldIsTakenBack() {
    granted(100);
    world.run(usage("1", 60 * DOLLAR, "2026-03-01T11:00:00Z"));
    world.run(usage("2", -30 * DOLLAR, "2026-03-01T11:00:00Z", ChargeCause.CORRECTION, ""));
    world.run(usage("3", 40 * DOLLAR, "2026-03-01T11:00:00Z"));
    assertThat(told()).containsExactly("crossed 50", "cleared 50", "crossed 50");
  }

  /** Refused on Sunday at noon, and again until Monday at noon, whatever there is by then. */
  @Test
  void aRefusalIsTheAnswerToItsIdForADay() {
    LedgerWorld world = new LedgerWorld("2026-03-01T12:00:00Z");
    Failure refused = world.refusal(reserve("a", DOLLAR));
    world.run(grant("l", 2 * DOLLAR, "2026-03-01T12:00:00Z", "2026-04-01T00:00:00Z"));
    assertThat(world.at("2026-03-02T11:59:59.999999Z").refusal(reserve("a", DOLLAR)))
        .isEqualTo(refused);
    assertThat(world.at("2026-03-02T12:00:00Z").run(reserve("a", DOLLAR)).applied()).isTrue();
  }

  @Test
  void moneyAddsUpExactly() {
    granted(100);
    for (int i = 0; i < 250; i++) {
      world.run(reserve("h" + i, DOLLAR / 5));
      world.run(settle("h" + i, DOLLAR / 10));
    }
    assertThat(world.state.totals().settled()).isEqualTo(dollars(25));
  }

  @Test
  void aPartialHoldTakesWhatThereIsAndItsPartOfTheEstimate() {
    granted(4);
    Hold hold =
        world.run(reserve("h", 10 * DOLLAR, OnExpiry.SETTLE_ESTIMATE, true)).hold().orElseThrow();
    assertThat(hold.nanos()).isEqualTo(4 * DOLLAR);
    assertThat(hold.estimate().cost().employer().nanos())
        .as("60 % of 4")
        .isEqualTo(24 * DOLLAR / 10);
    assertThat(world.refusal(reserve("i", 1, OnExpiry.RELEASE, true)).reason())
        .isEqualTo(Reason.BUDGET_INSUFFICIENT);
  }

  @Test
  void aRefusalSaysWhenThereIsMore() {
    granted(4);
    world.run(grant("next", 10 * DOLLAR, "2026-04-01T00:00:00Z", "2026-05-01T00:00:00Z"));
    var refusal = world.refusal(reserve("h", 5 * DOLLAR));
    assertThat(refusal.message())
        .isEqualTo("engineers/ada/USD: 4.00 USD available, 5.00 USD requested");
    assertThat(refusal.metadata())
        .containsEntry("scope", "engineers/ada/USD")
        .containsEntry("available", "4.00")
        .containsEntry("requested", "5.00")
        .containsEntry("currency", "USD")
        .containsEntry("next_growth_time", "2026-04-01T00:00:00Z");
  }

  @Test
  void anActualAmountIsSplitAsThePricesAre() {
    granted(100);
    world.run(reserve("h", 50 * DOLLAR));
    world.run(
        new AccountCommand.Settle(
            "h",
            java.util.Map.of("x", "y"),
            List.of(
                new AccountCommand.Said(LedgerWorld.attempt(10 * DOLLAR), true),
                new AccountCommand.Said(LedgerWorld.attempt(30 * DOLLAR), true)),
            Optional.of(LedgerWorld.cost(20 * DOLLAR))));
    assertThat(world.holds.get("h").attempts().stream().map(a -> a.cost().accountNanos()))
        .containsExactly(5 * DOLLAR, 15 * DOLLAR);
    assertThat(world.state.totals().settled()).isEqualTo(dollars(20));
  }

  @Test
  void withoutAPriceTheEstimateIsBooked() {
    granted(100);
    world.run(reserve("h", 8 * DOLLAR));
    world.run(
        new AccountCommand.Settle(
            "h",
            java.util.Map.of("x", "y"),
            List.of(new AccountCommand.Said(LedgerWorld.attempt(0), false)),
            Optional.empty()));
    assertThat(world.state.totals().settled()).isEqualTo(dollars(8));
    assertThat(world.holds.get("h").state()).isEqualTo(HoldState.SETTLED);
  }

  @Test
  void whatHasEndedCannotBeExtendedAndASettlementCannotBeReleased() {
    granted(100);
    world.run(reserve("h", 8 * DOLLAR));
    world.run(settle("h", 8 * DOLLAR));
    assertThat(world.run(settle("h", 8 * DOLLAR)).applied()).as("a second time").isFalse();
    assertThat(world.refusal(settle("h", 9 * DOLLAR)).reason()).isEqualTo(Reason.ID_REUSED);
    assertThat(world.refusal(new AccountCommand.Release("h")).reason())
        .isEqualTo(Reason.HOLD_ENDED);
    assertThat(
            world
                .refusal(new AccountCommand.Extend("h", java.time.Duration.ofMinutes(1), List.of()))
                .metadata())
        .containsEntry("state", "SETTLED");
  }

  private List<String> ended() {
    return world.events.stream()
        .filter(AccountEvent.HoldEnded.class::isInstance)
        .map(event -> ((AccountEvent.HoldEnded) event).hold())
        .map(hold -> hold.state() + " " + hold.sequence())
        .toList();
  }

  private List<String> charges() {
    return world.events.stream()
        .filter(AccountEvent.Charged.class::isInstance)
        .map(event -> ((AccountEvent.Charged) event).charge())
        .map(charge -> charge.lineId() + " " + charge.cause() + " " + charge.cost().accountNanos())
        .toList();
  }

  private List<String> told() {
    return world.events.stream()
        .flatMap(
            event ->
                switch (event) {
                  case AccountEvent.Crossed crossed ->
                      java.util.stream.Stream.of("crossed " + crossed.percent());
                  case AccountEvent.Cleared cleared ->
                      java.util.stream.Stream.of("cleared " + cleared.percent());
                  case AccountEvent.Exhausted _ -> java.util.stream.Stream.of("exhausted");
                  case AccountEvent.Charged _,
                      AccountEvent.HoldEnded _,
                      AccountEvent.LotChanged _ ->
                      java.util.stream.Stream.<String>empty();
                })
        .toList();
  }
}
