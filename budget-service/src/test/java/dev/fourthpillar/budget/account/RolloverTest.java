package dev.fourthpillar.budget.account;

import static dev.fourthpillar.budget.account.LedgerWorld.DOLLAR;
import static dev.fourthpillar.budget.account.LedgerWorld.dollars;
import static dev.fourthpillar.budget.account.LedgerWorld.grant;
import static dev.fourthpillar.budget.account.LedgerWorld.minute;
import static dev.fourthpillar.budget.account.LedgerWorld.reserve;
import static dev.fourthpillar.budget.account.LedgerWorld.settle;
import static dev.fourthpillar.budget.account.LedgerWorld.usage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.budget.account.AccountEvent.LotChange;
import dev.fourthpillar.budget.account.AccountEvent.LotChanged;
import dev.fourthpillar.budget.hold.OnExpiry;
import dev.fourthpillar.budget.journal.Cause;
import dev.fourthpillar.budget.journal.EntryKind;
import dev.fourthpillar.budget.lot.Lot;
import dev.fourthpillar.budget.lot.LotSource;
import dev.fourthpillar.budget.lot.Rollover;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is unused at the end of a lot goes on as another one. */
final class RolloverTest {
  private static final String MARCH = "2026-03-01T00:00:00Z";
  private static final String APRIL = "2026-04-01T00:00:00Z";
  private static final String MAY = "2026-05-01T00:00:00Z";

  /** Of 100,000 are 60,000 used; a quarter of the budget is 25,000, so that 15,000 expire. */
  @Test
  void whatIsUnusedGoesOnAsFarAsTheCapAllowsAndTheRestExpires() {
    LedgerWorld world = new LedgerWorld(MARCH);
    world.run(period("a", 100_000, MARCH, APRIL, 25));
    world.run(usage("u", 60_000 * DOLLAR, MARCH));
    world.at(APRIL).run(grant("b", 100_000 * DOLLAR, APRIL, MAY));

    assertThat(world.available()).isEqualTo(dollars(125_000));
    assertThat(lot(world, "rollover/a").amount()).isEqualTo(25_000 * DOLLAR);
    assertThat(lot(world, "a").expired()).isEqualTo(15_000 * DOLLAR);
    assertThat(world.state.totals().granted())
        .as("no new compensation")
        .isEqualTo(dollars(200_000));
    assertThat(world.state.totals().expired()).isEqualTo(dollars(15_000));
    assertThat(world.journal)
        .extracting(entry -> entry.kind())
        .containsExactly(
            EntryKind.GRANT,
            EntryKind.SETTLE,
            EntryKind.EXPIRE,
            EntryKind.ROLLOVER,
            EntryKind.ROLLOVER,
            EntryKind.GRANT);
    assertThat(world.journal.get(3).effective()).isEqualTo(APRIL);
    assertThat(changes(world))
        .containsExactlyInAnyOrder(
            LotChange.ISSUED, LotChange.ISSUED, LotChange.ROLLED_OVER, LotChange.EXPIRED);
  }

  @Test
  void whatUsageOfTheOldPeriodTakesLateDoesNotGoOn() {
    LedgerWorld world = new LedgerWorld(MARCH);
    world.run(period("a", 100, MARCH, APRIL, 100));
    world.run(usage("u", 60 * DOLLAR, MARCH));
    world.at(APRIL).run(new AccountCommand.CatchUp());
    assertThat(world.available()).isEqualTo(dollars(40));

    world.run(usage("late", 15 * DOLLAR, MARCH));
    assertThat(world.available()).isEqualTo(dollars(25));
    assertThat(world.state.totals().overage()).isZero();

    world.run(usage("back", -15 * DOLLAR, MARCH));
    assertThat(world.available()).isEqualTo(dollars(40));
  }

  /** 40 went on, of which a hold has spent 30: late usage of 15 finds 10. */
  @Test
  void whatWentOnAndIsSpentIsCorrectedThroughOverage() {
    LedgerWorld world = new LedgerWorld(MARCH);
    world.run(period("a", 100, MARCH, APRIL, 100));
    world.run(usage("u", 60 * DOLLAR, MARCH));
    world.at("2026-04-02T00:00:00Z").run(reserve("h", 30 * DOLLAR));
    world.run(settle("h", 30 * DOLLAR));

    world.run(usage("late", 15 * DOLLAR, MARCH));

    assertThat(world.available()).isZero();
    assertThat(lot(world, "rollover/a").amount()).isEqualTo(30 * DOLLAR);
    assertThat(world.state.totals().settled()).isEqualTo(dollars(100));
    assertThat(world.state.totals().overage()).isEqualTo(dollars(5));
  }

  @Test
  void whatIsHeldAtTheEndStaysHeldAndWhatComesBackExpires() {
    LedgerWorld world = new LedgerWorld("2026-03-31T23:59:00Z");
    world.run(period("a", 100, MARCH, APRIL, 100));
    world.run(reserve("h", 70 * DOLLAR));
    world.at(APRIL).run(new AccountCommand.CatchUp());
    assertThat(world.available()).as("unheld").isEqualTo(dollars(30));

    world.run(settle("h", 20 * DOLLAR));

    assertThat(world.available()).isEqualTo(dollars(30));
    assertThat(lot(world, "a").expired()).isEqualTo(50 * DOLLAR);
    assertThat(lot(world, "a").settled()).isEqualTo(20 * DOLLAR);
  }

  /** A hold that was over before the end gave its money back before it. */
  @Test
  void whatAHoldGaveBackBeforeTheEndGoesOnWhoeverNoticesWhen() {
    LedgerWorld world = new LedgerWorld("2026-03-31T23:00:00Z");
    world.run(period("a", 100, MARCH, APRIL, 100));
    world.run(reserve("h", 70 * DOLLAR, OnExpiry.RELEASE, false));
    world.at("2026-04-01T08:00:00Z").sweep().run(new AccountCommand.CatchUp());

    assertThat(world.available()).isEqualTo(dollars(100));
  }

  @Test
  void whoeverWritesFirstAfterItBooksTheSame() {
    LedgerWorld soon = new LedgerWorld(MARCH);
    soon.run(period("a", 100, MARCH, APRIL, 50));
    LedgerWorld later = new LedgerWorld(MARCH);
    later.run(period("a", 100, MARCH, APRIL, 50));
    soon.at(APRIL).run(new AccountCommand.CatchUp());

    soon.at("2026-04-20T00:00:00Z").run(usage("u", 5 * DOLLAR, "2026-04-19T00:00:00Z"));
    later.at("2026-04-20T00:00:00Z").run(usage("u", 5 * DOLLAR, "2026-04-19T00:00:00Z"));

    assertThat(later.state.lots()).isEqualTo(soon.state.lots());
    assertThat(later.available()).isEqualTo(dollars(45));
  }

  @Test
  void whatWentOnExpiresInItsTurnAndDoesNotGoOnAgain() {
    LedgerWorld world = new LedgerWorld(MARCH);
    world.run(period("a", 100, MARCH, APRIL, 50));
    world.at("2026-05-20T00:00:00Z").run(new AccountCommand.CatchUp());

    assertThat(world.state.totals().expired()).isEqualTo(dollars(100));
    assertThat(world.state.totals().balance()).isZero();
    world.at("2026-12-20T00:00:00Z").run(new AccountCommand.CatchUp());
    assertThat(world.state.lots()).isEmpty();
  }

  @Test
  void afterTheWindowLateUsageIsTheCurrentPeriodsAndNothingIsTakenBack() {
    LedgerWorld world = new LedgerWorld(MARCH);
    world.run(
        grant(
            "a",
            LotSource.PLAN_PERIOD,
            100,
            100 * DOLLAR,
            MARCH,
            APRIL,
            Optional.of(new Rollover(40, Long.MAX_VALUE, minute("2026-12-01T00:00:00Z"), 100))));
    world.at("2026-05-20T00:00:00Z").run(usage("late", 30 * DOLLAR, MARCH));

    assertThat(world.available()).isEqualTo(dollars(10));
    assertThat(lot(world, "rollover/a").settled()).isEqualTo(30 * DOLLAR);
  }

  /** As if it had been known: nothing goes on of who left before the end. */
  @Test
  void whoLeftBeforeTheEndTakesNothingOn() {
    LedgerWorld world = new LedgerWorld(MARCH);
    world.run(period("a", 100, MARCH, APRIL, 50));
    world.at("2026-04-10T00:00:00Z").run(new AccountCommand.CatchUp());
    assertThat(world.available()).isEqualTo(dollars(50));

    world.run(
        new AccountCommand.EndLot(
            "a", minute("2026-03-20T00:00:00Z"), Optional.empty(), Cause.event("a", "EMPLOYMENT")));
    assertThat(world.available()).isZero();
    assertThat(lot(world, "a").expired()).isEqualTo(100 * DOLLAR);

    world.run(
        new AccountCommand.EndLot("a", minute(APRIL), terms(50), Cause.event("a", "EMPLOYMENT")));
    assertThat(world.available()).as("it was a mistake").isEqualTo(dollars(50));
  }

  private static AccountCommand.GrantLot period(
      String id, long dollars, String from, String until, int percent) {
    return grant(id, LotSource.PLAN_PERIOD, 100, dollars * DOLLAR, from, until, terms(percent));
  }

  /** Until 1 May. */
  private static Optional<Rollover> terms(int percent) {
    return Optional.of(new Rollover(percent, Long.MAX_VALUE, minute(MAY), 100));
  }

  private static Lot lot(LedgerWorld world, String id) {
    return world.state.lots().stream().filter(lot -> lot.id().equals(id)).findFirst().orElseThrow();
  }

  private static List<LotChange> changes(LedgerWorld world) {
    return world.events.stream()
        .filter(LotChanged.class::isInstance)
        .map(event -> ((LotChanged) event).change())
        .toList();
  }
}
