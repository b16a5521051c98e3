package dev.fourthpillar.budget.account;

import static dev.fourthpillar.budget.account.LedgerWorld.DOLLAR;
import static dev.fourthpillar.budget.account.LedgerWorld.dollars;
import static dev.fourthpillar.budget.account.LedgerWorld.grant;
import static dev.fourthpillar.budget.account.LedgerWorld.reserve;
import static dev.fourthpillar.budget.account.LedgerWorld.settle;
import static dev.fourthpillar.budget.account.LedgerWorld.uncapped;
import static dev.fourthpillar.budget.account.LedgerWorld.usage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.budget.hold.OnExpiry;
import dev.fourthpillar.budget.journal.Book;
import dev.fourthpillar.budget.journal.Entry;
import dev.fourthpillar.budget.journal.EntryKind;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where nothing limits it, usage is booked without lots and is no overage. */
class UncappedTest {
  private static final String MARCH = "2026-03-01T00:00:00Z";
  private static final String APRIL = "2026-04-01T00:00:00Z";

  private final LedgerWorld world = new LedgerWorld("2026-03-10T12:00:00Z");

  @Test
  void usageIsBookedWithoutLotsAndNotAsOverage() {
    world.run(uncapped(MARCH, APRIL));
    world.run(usage("1", 7 * DOLLAR, "2026-03-05T00:00:00Z"));

    assertThat(world.journal).hasSize(1);
    Entry entry = world.journal.getFirst();
    assertThat(entry.kind()).isEqualTo(EntryKind.SETTLE);
    assertThat(entry.debit()).isEqualTo(Book.UNCAPPED);
    assertThat(entry.credit()).isEqualTo(Book.EMPLOYER);
    assertThat(entry.amount()).isEqualTo(dollars(7));
    assertThat(entry.lots()).isEmpty();
    assertThat(entry.totals().balance()).isZero();
    assertThat(charges())
        .as("the person's own, as if a lot had paid")
        .containsExactly("usage/ada/1 7 0");
  }

  @Test
  void lotsThatAreOpenPayFirst() {
    world.run(uncapped(MARCH, APRIL));
    world.run(grant("a", 5 * DOLLAR, MARCH, APRIL));
    world.run(usage("1", 7 * DOLLAR, "2026-03-05T00:00:00Z"));

    assertThat(world.state.totals().settled()).isEqualTo(dollars(5));
    assertThat(world.state.totals().uncapped()).isEqualTo(dollars(2));
    assertThat(world.state.totals().overage()).isZero();
  }

  @Test
  void whatWasOverageBeforeTheEntitlementWasToldIsTheBudgetsThen() {
    world.run(usage("1", 3 * DOLLAR, "2026-02-28T23:59:00Z"));
    world.run(usage("2", 7 * DOLLAR, MARCH));
    world.run(uncapped(MARCH, APRIL));

    assertThat(world.state.totals().overage()).as("of February").isEqualTo(dollars(3));
    assertThat(world.state.totals().uncapped()).isEqualTo(dollars(7));
    // The third entry takes the overage back, so the line that tells of it is the 2nd's successor.
    assertThat(charges().getLast()).endsWith(" 7 -7");

    world.run(uncapped());
    assertThat(world.state.totals().overage()).as("it was a mistake").isEqualTo(dollars(10));
    assertThat(world.state.totals().uncapped()).isZero();
    assertThat(world.journal.getLast().kind()).isEqualTo(EntryKind.ADJUST);
  }

  @Test
  void aHoldIsLetThroughWhateverIsAvailableAndWhatItCostsIsNoOverage() {
    world.run(uncapped(MARCH, APRIL));
    world.run(grant("a", 5 * DOLLAR, MARCH, APRIL));

    AccountAnswer held = world.run(reserve("h", 8 * DOLLAR));
    assertThat(held.hold().orElseThrow().nanos()).isEqualTo(8 * DOLLAR);
    assertThat(world.available()).as("the lot is held").isZero();
    world.run(settle("h", 9 * DOLLAR));

    assertThat(world.state.totals().settled()).isEqualTo(dollars(5));
    assertThat(world.state.totals().uncapped()).isEqualTo(dollars(4));
    assertThat(world.state.totals().overage()).isZero();
    assertThat(charges()).containsExactly("hold/ada/h/1 9 0");
  }

  @Test
  void aHoldThatIsReleasedLeavesNothingAndOneThatExpiresItsEstimate() {
    world.run(uncapped(MARCH, APRIL));
    world.run(reserve("gone", 8 * DOLLAR));
    world.run(new AccountCommand.Release("gone"));
    world.run(reserve("forgotten", 3 * DOLLAR, OnExpiry.SETTLE_ESTIMATE, false));
    world.at("2026-03-10T12:10:00Z").sweep();

    assertThat(world.state.totals().uncapped()).isEqualTo(dollars(3));
    assertThat(world.state.openHolds()).isZero();
  }

  @Test
  void outsideOfItsTimesThereIsALimit() {
    world.run(uncapped(MARCH, APRIL));

    world.at("2026-03-31T23:59:59Z");
    world.run(reserve("in time", DOLLAR));
    world.at(APRIL);
    assertThat(world.refusal(reserve("too late", DOLLAR)).reason())
        .isEqualTo(Reason.BUDGET_INSUFFICIENT);
    // The call of the first hold was made in time, whenever it is settled.
    world.run(settle("in time", DOLLAR));
    assertThat(world.state.totals().uncapped()).isEqualTo(dollars(1));
    assertThat(world.state.totals().overage()).isZero();
  }

  @Test
  void nothingIsExhaustedWhileThereIsNoLimit() {
    world.run(uncapped(MARCH, APRIL));
    world.run(grant("a", 5 * DOLLAR, MARCH, APRIL));
    world.run(usage("1", 7 * DOLLAR, "2026-03-05T00:00:00Z"));

    assertThat(world.events).noneMatch(AccountEvent.Exhausted.class::isInstance);
    world.run(uncapped(MARCH, "2026-03-06T00:00:00Z"));
    assertThat(world.events).anyMatch(AccountEvent.Exhausted.class::isInstance);
  }

  @Test
  void aClosedTimeStaysAsItWasAndIsForgotten() {
    world.run(uncapped(MARCH, APRIL));
    world.run(usage("1", 7 * DOLLAR, "2026-03-05T00:00:00Z"));
    // 35 days after the end of March.
    world.at("2026-05-06T00:00:00Z").run(new AccountCommand.CatchUp());

    assertThat(world.state.uncappedTimes()).isEmpty();
    assertThat(world.state.usage()).isEmpty();
    world.run(uncapped());
    assertThat(world.state.totals().uncapped()).isEqualTo(dollars(7));
    // Usage of that time which is told now counts now, when there is a limit.
    world.run(usage("late", DOLLAR, "2026-03-05T00:00:00Z"));
    assertThat(world.state.totals().overage()).isEqualTo(dollars(1));
  }

  @Test
  void itIsKeptInTheAccountsRow() {
    world.run(uncapped(MARCH, APRIL, APRIL, "2026-04-05T00:00:00Z"));
    world.run(usage("1", 7 * DOLLAR, "2026-03-05T00:00:00Z"));

    StateCodec.Inside inside = StateCodec.decode(StateCodec.encode(world.state));
    assertThat(inside.uncappedTimes()).isEqualTo(world.state.uncappedTimes()).hasSize(2);
    assertThat(inside.uncapped()).isEqualTo(dollars(7));
  }

  /** Lines with the dollars that the budget and that the employer pays. */
  private List<String> charges() {
    return world.events.stream()
        .filter(AccountEvent.Charged.class::isInstance)
        .map(AccountEvent.Charged.class::cast)
        .map(
            charged ->
                "%s %s %s"
                    .formatted(
                        charged.charge().lineId(), units(charged.own()), units(charged.overage())))
        .toList();
  }

  private static BigInteger units(BigInteger nanos) {
    return nanos.divide(BigInteger.valueOf(DOLLAR));
  }
}
