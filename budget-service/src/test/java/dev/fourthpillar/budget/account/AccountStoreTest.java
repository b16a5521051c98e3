package dev.fourthpillar.budget.account;

import static dev.fourthpillar.budget.account.LedgerWorld.ADA;
import static dev.fourthpillar.budget.account.LedgerWorld.DOLLAR;
import static dev.fourthpillar.budget.account.LedgerWorld.dollars;
import static dev.fourthpillar.budget.account.LedgerWorld.grant;
import static dev.fourthpillar.budget.account.LedgerWorld.reserve;
import static dev.fourthpillar.budget.account.LedgerWorld.settle;
import static dev.fourthpillar.budget.account.LedgerWorld.uncapped;
import static dev.fourthpillar.budget.account.LedgerWorld.usage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.outcome.Decision;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.budget.BudgetWorld;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Accounts in the database are the accounts of the domain. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/budget"})
final class AccountStoreTest {
  private static final String NOON = "2026-03-01T12:00:00Z";
  private static BudgetWorld world;

  @BeforeAll
  static void start(TestDatabase database) {
    world =
        BudgetWorld.at(database, NOON, Map.of("fourthpillar.enforcement.sweep-interval", "10m"));
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  private static List<Decision<AccountAnswer>> apply(
      AccountId account, AccountCommand... commands) {
    return world
        .server()
        .bean(Transactions.class)
        .run(
            handle ->
                world
                    .server()
                    .bean(AccountStore.class)
                    .apply(
                        handle,
                        Arrays.stream(commands)
                            .map(command -> new Addressed(account, command))
                            .toList()));
  }

  private static AccountState stored(AccountId account) {
    return world
        .server()
        .bean(Transactions.class)
        .run(handle -> world.server().bean(AccountStore.class).find(handle, account).orElseThrow());
  }

  @Test
  void whatIsStoredIsWhatWasDecidedAndTheJournalAddsUpToIt() {
    LedgerWorld memory = new LedgerWorld(NOON);
    AccountCommand[] commands = {
      grant("a", 10 * DOLLAR, "2026-02-01T00:00:00Z", "2026-04-01T00:00:00Z"),
      usage("1", 3 * DOLLAR, "2026-02-03T00:00:00Z"),
      reserve("h", 5 * DOLLAR),
      settle("h", 9 * DOLLAR),
      usage("2", -DOLLAR, "2026-02-03T00:00:00Z"),
      reserve("too much", 50 * DOLLAR),
      usage("3", -3 * DOLLAR, "2026-02-03T00:00:00Z"),
      reserve("open", DOLLAR),
      uncapped("2026-02-01T00:00:00Z", "2026-02-05T00:00:00Z"),
      usage("4", 20 * DOLLAR, "2026-02-04T00:00:00Z")
    };
    for (AccountCommand command : commands) {
      memory.decide(command);
    }

    apply(ADA, commands);

    assertThat(stored(ADA)).isEqualTo(memory.state);
    Map<String, Object> sums =
        world
            .server()
            .database()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            """
                            select
                              sum(case 'CONSUMED' when debit then amount_nanos when credit then -amount_nanos else 0 end) as settled,
                              sum(case 'OVERAGE' when debit then amount_nanos when credit then -amount_nanos else 0 end) as overage,
                              sum(case 'UNCAPPED' when debit then amount_nanos when credit then -amount_nanos else 0 end) as uncapped,
                              count(*) as entries,
                              bool_and(jsonb_array_length(lots) = 0 or amount_nanos =
                                (select sum((part->>'nanos')::numeric) from jsonb_array_elements(lots) part)) as parts
                            from journal where account = 'engineers/ada/USD'
                            """)
                        .mapToMap()
                        .one());
    // February without a limit: 3 − 1 − 3 + 20 = 19. The lot of 10 has paid 5 of the hold's 9, and
    // 1 is
    // held again, so it pays 4 of them, and 15 are uncapped. The hold's other 4, of March, are
    // overage.
    assertThat(sums.get("settled")).hasToString("9000000000");
    assertThat(sums.get("uncapped")).hasToString("15000000000");
    assertThat(sums.get("overage")).hasToString("4000000000");
    assertThat(sums.get("parts")).isEqualTo(true);
    assertThat(sums.get("entries")).isEqualTo(stored(ADA).entries());
  }

  @Test
  void aLotThatComesLateCutsTheUsageThatIsStoredByMinute() {
    AccountId bea = new AccountId("bea", "USD");
    apply(
        bea,
        usage("1", DOLLAR, "2026-02-03T10:00:00Z"),
        usage("2", 2 * DOLLAR, "2026-02-03T10:01:00Z"));
    // In one batch: usage that is not stored yet counts as well.
    apply(
        bea,
        usage("3", 4 * DOLLAR, "2026-02-03T10:01:00Z"),
        usage("4", 8 * DOLLAR, "2026-02-03T10:02:00Z"),
        grant("minute", 100 * DOLLAR, "2026-02-03T10:01:00Z", "2026-02-03T10:02:00Z"));

    assertThat(stored(bea).totals().settled()).isEqualTo(dollars(6));
    assertThat(stored(bea).totals().overage()).isEqualTo(dollars(9));
  }

  @Test
  void commandsOfManyAccountsAreDecidedTogetherAndWhoIsNotThereIsNamed() {
    AccountId cyd = new AccountId("cyd", "USD");
    AccountId dee = new AccountId("dee", "SEK");
    List<Decision<AccountAnswer>> decisions =
        world
            .server()
            .bean(Transactions.class)
            .run(
                handle ->
                    world
                        .server()
                        .bean(AccountStore.class)
                        .apply(
                            handle,
                            List.of(
                                new Addressed(dee, new AccountCommand.Open()),
                                new Addressed(
                                    new AccountId("nobody", "USD"),
                                    new AccountCommand.Release("h")),
                                new Addressed(
                                    cyd,
                                    grant(
                                        "a",
                                        DOLLAR,
                                        "2026-02-01T00:00:00Z",
                                        "2026-04-01T00:00:00Z")))));
    assertThat(decisions.get(0)).isInstanceOf(Decision.Accepted.class);
    assertThat(decisions.get(1))
        .isInstanceOfSatisfying(
            Decision.Refused.class,
            refused ->
                assertThat(((Decision.Refused<?>) refused).failure().reason())
                    .isEqualTo(Reason.NOT_FOUND));
    assertThat(stored(cyd).available(stored(cyd).lastTime())).isEqualTo(dollars(1));
    assertThat(stored(dee).entries()).isZero();
  }

  @Test
  void ofALoopingCallerTheLatestRefusalsAreKept() {
    AccountId eli = new AccountId("eli", "USD");
    apply(eli, new AccountCommand.Open());
    for (int round = 0; round < 2; round++) {
      world.timeIs("2026-03-01T12:00:0%dZ".formatted(round));
      AccountCommand[] loop = new AccountCommand[600];
      for (int i = 0; i < loop.length; i++) {
        loop[i] = reserveOf("eli", round + "-" + i);
      }
      assertThat(apply(eli, loop)).allMatch(Decision.Refused.class::isInstance);
    }
    world.timeIs(NOON);
    assertThat(refusals("0-%")).as("600 of 900 are later ones").isEqualTo(300);
    assertThat(refusals("1-%")).isEqualTo(600);

    // Who was told that there is nothing is not let through by an attempt that comes late.
    apply(eli, grant("late", 9 * DOLLAR, "2026-02-01T00:00:00Z", "2026-04-01T00:00:00Z"));
    assertThat(apply(eli, reserveOf("eli", "1-599"))).allMatch(Decision.Refused.class::isInstance);
    assertThat(stored(eli).openHolds()).isZero();
  }

  private static int refusals(String ids) {
    return world
        .server()
        .database()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select count(*) from hold where engineer = 'eli' and hold_id like :ids")
                    .bind("ids", ids)
                    .mapTo(Integer.class)
                    .one());
  }

  private static AccountCommand reserveOf(String engineer, String id) {
    AccountCommand.Reserve reserve = reserve(id, DOLLAR);
    return new AccountCommand.Reserve(
        new dev.fourthpillar.budget.hold.HoldTerms(
            engineer, id, reserve.terms().ttl(), reserve.terms().onExpiry(), "", "", "", false),
        reserve.content(),
        reserve.estimate(),
        List.of());
  }
}
