package dev.fourthpillar.budget.account;

import static dev.fourthpillar.budget.account.LedgerWorld.DOLLAR;
import static dev.fourthpillar.budget.account.LedgerWorld.dollars;
import static dev.fourthpillar.budget.account.LedgerWorld.grant;
import static dev.fourthpillar.budget.account.LedgerWorld.reserve;
import static dev.fourthpillar.budget.account.LedgerWorld.settle;
import static dev.fourthpillar.budget.account.LedgerWorld.usage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.outcome.Decision;
import dev.fourthpillar.budget.account.AccountCommand.SetTerms;
import dev.fourthpillar.budget.plan.Overage;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a plan says of calls that the budget does not cover, and of thresholds. */
final class OveragePolicyTest {
  private static final String START = "2026-03-01T00:00:00Z";

  @Test
  void whatIsAllowedIsLetThroughAndTheRestIsOverage() {
    LedgerWorld world = world(new Overage.Allow());
    world.run(reserve("h", 14 * DOLLAR));
    assertThat(world.available()).isZero();
    assertThat(world.state.unpinned()).isEqualTo(dollars(4));

    world.run(settle("h", 13 * DOLLAR));

    assertThat(world.state.unpinned()).isZero();
    assertThat(world.state.totals().settled()).isEqualTo(dollars(10));
    assertThat(world.state.totals().overage()).isEqualTo(dollars(3));
  }

  /** Half of a budget of 10 may be overage: 5, of which usage has taken 2 and a hold 2. */
  @Test
  void withACapOpenHoldsCountAndSoDoesWhatIsOverageAlready() {
    LedgerWorld world = world(new Overage.AllowWithCap(50));
    world.run(usage("u", 12 * DOLLAR, START));
    world.run(reserve("a", 2 * DOLLAR));
    assertThat(world.refusal(reserve("b", DOLLAR + 1)).reason())
        .isEqualTo(Reason.BUDGET_INSUFFICIENT);
    world.run(reserve("c", DOLLAR));
    assertThat(world.refusal(reserve("d", 1)).reason()).isEqualTo(Reason.BUDGET_INSUFFICIENT);

    world.run(new AccountCommand.Release("a"));
    world.run(reserve("e", 2 * DOLLAR));
    assertThat(world.refusal(reserve("f", 1)).reason()).isEqualTo(Reason.BUDGET_INSUFFICIENT);
  }

  @Test
  void withoutABudgetACapOfItAllowsNothing() {
    LedgerWorld world = new LedgerWorld(START);
    world.run(terms(new Overage.AllowWithCap(50)));
    assertThat(world.refusal(reserve("a", 1)).reason()).isEqualTo(Reason.BUDGET_INSUFFICIENT);
  }

  @Test
  void onlyNamedModelsAreLetThroughAndARefusalNamesThem() {
    LedgerWorld world = world(new Overage.Degrade(List.of("anthropic/a-model", "acme/small")));
    world.run(reserve("h", 14 * DOLLAR));

    LedgerWorld other = world(new Overage.Degrade(List.of("acme/small")));
    var refused = other.refusal(reserve("h", 14 * DOLLAR));
    assertThat(refused.reason()).isEqualTo(Reason.BUDGET_INSUFFICIENT);
    assertThat(refused.metadata()).containsEntry("degrade_to", "acme/small");
    other.run(reserve("fits", 10 * DOLLAR));
  }

  @Test
  void thresholdsAreThePlansOwn() {
    LedgerWorld world = world(new Overage.Block(), 25, 75);
    world.run(usage("u", 8 * DOLLAR, START));
    assertThat(crossed(world)).containsExactly(25, 75);

    // Back to the built-in plan, whose thresholds the configuration has.
    world.run(new SetTerms(Optional.empty()));
    assertThat(crossed(world)).containsExactly(25, 75, 50, 80);
  }

  /** Whatever is reserved and used, what holds were let through for is within the cap. */
  @Test
  void noHoldIsAdmittedAboveTheCap() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      LedgerWorld world = world(new Overage.AllowWithCap(50));
      for (int i = 0; i < 40; i++) {
        BigInteger before = world.available();
        BigInteger overage = world.state.totals().overage().add(world.state.unpinned());
        long nanos = 1 + random.nextInt(40) * DOLLAR / 10;
        BigInteger lacking = BigInteger.valueOf(nanos).subtract(before).max(BigInteger.ZERO);
        boolean fits = lacking.signum() == 0 || overage.add(lacking).compareTo(dollars(5)) <= 0;
        assertThat(world.decide(reserve("r" + i, nanos)) instanceof Decision.Accepted)
            .as("seed %d, hold %d", seed, i)
            .isEqualTo(fits);
        if (random.nextInt(3) == 0) {
          world.decide(settle("r" + random.nextInt(i + 1), random.nextInt(3) * DOLLAR));
        }
        if (random.nextInt(4) == 0) {
          world.run(usage("u" + i, 1 + random.nextInt((int) DOLLAR), START));
        }
      }
    }
  }

  private static LedgerWorld world(Overage overage, Integer... thresholds) {
    LedgerWorld world = new LedgerWorld(START);
    world.run(grant("a", 10 * DOLLAR, START, "2026-04-01T00:00:00Z"));
    world.run(new SetTerms(Optional.of(new AccountTerms(List.of(thresholds), overage))));
    return world;
  }

  private static SetTerms terms(Overage overage) {
    return new SetTerms(Optional.of(new AccountTerms(List.of(), overage)));
  }

  private static List<Integer> crossed(LedgerWorld world) {
    return world.events.stream()
        .filter(AccountEvent.Crossed.class::isInstance)
        .map(event -> ((AccountEvent.Crossed) event).percent())
        .toList();
  }
}
