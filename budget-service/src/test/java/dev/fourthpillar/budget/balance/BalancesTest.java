package dev.fourthpillar.budget.balance;

import static dev.fourthpillar.budget.BudgetWorld.annual;
import static dev.fourthpillar.budget.BudgetWorld.line;
import static dev.fourthpillar.budget.BudgetWorld.money;
import static dev.fourthpillar.budget.BudgetWorld.settled;
import static dev.fourthpillar.budget.BudgetWorld.time;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.budget.BudgetWorld;
import dev.fourthpillar.budget.v1.AccountBalance;
import dev.fourthpillar.budget.v1.AccountReconciliation;
import dev.fourthpillar.budget.v1.BalanceServiceGrpc;
import dev.fourthpillar.budget.v1.BalanceServiceGrpc.BalanceServiceBlockingStub;
import dev.fourthpillar.budget.v1.BookBalance;
import dev.fourthpillar.budget.v1.EntryKind;
import dev.fourthpillar.budget.v1.ExplainBalanceRequest;
import dev.fourthpillar.budget.v1.ExplainBalanceResponse;
import dev.fourthpillar.budget.v1.GetBalanceRequest;
import dev.fourthpillar.budget.v1.GetReconciliationRequest;
import dev.fourthpillar.budget.v1.GetReconciliationResponse;
import dev.fourthpillar.budget.v1.LedgerEntry;
import dev.fourthpillar.budget.v1.LedgerServiceGrpc;
import dev.fourthpillar.budget.v1.LedgerServiceGrpc.LedgerServiceBlockingStub;
import dev.fourthpillar.budget.v1.ListEntriesRequest;
import dev.fourthpillar.budget.v1.ListEntriesResponse;
import dev.fourthpillar.budget.v1.LotBalance;
import dev.fourthpillar.budget.v1.PendingCause;
import dev.fourthpillar.budget.v1.PendingLine;
import dev.fourthpillar.budget.v1.TrialBalanceRequest;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.Refusal;
import io.grpc.CallCredentials;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A year of ada's budget, seen from its end. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/budget"})
final class BalancesTest {
  private static BudgetWorld world;

  /** Granted on 1 March; 100 used and booked on 2 March, 50 of 1 March told on 5 March. */
  @BeforeAll
  static void aYear(TestDatabase database) {
    world = BudgetWorld.at(database, "2026-03-01T12:00:00Z");
    world.engineer("ada", "USD");
    world.entitled("ada", annual("a", "2020-01-01", "", "USD", "36500"));
    world.awaitAvailable("ada", "USD", "36500");
    world.timeIs("2026-03-02T12:00:00Z");
    world.usage(settled("ada", 1, line("2026-03-02T11:00:00Z", "100")));
    world.timeIs("2026-03-05T12:00:00Z");
    world.usage(settled("ada", 2, line("2026-03-01T18:00:00Z", "50")));
    world.timeIs("2026-12-31T22:30:00Z");
    Awaitility.await()
        .atMost(BudgetWorld.PATIENCE)
        .until(() -> world.account("ada", "USD").orElseThrow().lots().size() == 2);
    world.timeIs("2027-01-02T12:00:00Z");
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void nowItIsTheNewYearsLot() {
    AccountBalance now = balance(request("ada").build());

    assertThat(now.getAccount()).isEqualTo("engineers/ada/USD");
    assertThat(now.getGranted()).isEqualTo(money("USD", "73000"));
    assertThat(now.getSettled()).isEqualTo(money("USD", "150"));
    assertThat(now.getExpired()).isEqualTo(money("USD", "36350"));
    assertThat(now.getHeld()).isEqualTo(money("USD", "0"));
    assertThat(now.getAvailable()).isEqualTo(money("USD", "36500"));
    assertThat(now.getLotsList())
        .extracting(LotBalance::getLot)
        .containsExactly("default/ada/2027-01-01");
    assertThat(now.getAsOf()).isEqualTo(time("2027-01-02T12:00:00Z"));
  }

  @Test
  void aTimeOfThePastIsAnsweredWithWhatIsKnownNowOrWasKnownThen() {
    // The 50 of 1 March were told on 5 March.
    assertThat(at("2026-03-02T00:00:00Z", "").getAvailable()).isEqualTo(money("USD", "36450"));
    assertThat(at("2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z").getAvailable())
        .isEqualTo(money("USD", "36500"));
    assertThat(at("2026-03-04T00:00:00Z", "").getAvailable()).isEqualTo(money("USD", "36350"));
    assertThat(at("2026-03-04T00:00:00Z", "2026-03-04T00:00:00Z").getAvailable())
        .isEqualTo(money("USD", "36400"));
    // The lot counts from New Year on, and nobody knew it before 1 March.
    assertThat(at("2026-02-01T00:00:00Z", "").getGranted()).isEqualTo(money("USD", "36500"));
    assertThat(at("2026-02-01T00:00:00Z", "2026-02-01T00:00:00Z").getGranted())
        .isEqualTo(money("USD", "0"));
  }

  @Test
  void atTheYearsEndTheNextLotIsScheduledAndThenTheOldOneHasExpired() {
    AccountBalance before = at("2026-12-31T22:59:59Z", "2026-12-31T22:59:59Z");
    assertThat(before.getGranted()).isEqualTo(money("USD", "36500"));
    assertThat(before.getExpired()).isEqualTo(money("USD", "0"));
    assertThat(before.getAvailable()).isEqualTo(money("USD", "36350"));

    AccountBalance after = at("2026-12-31T23:00:00Z", "2026-12-31T23:00:00Z");
    assertThat(after.getGranted()).isEqualTo(money("USD", "73000"));
    assertThat(after.getExpired()).as("booked later").isEqualTo(money("USD", "36350"));
    assertThat(after.getAvailable()).isEqualTo(money("USD", "36500"));
  }

  @Test
  void anAnswerSaysWhichEntriesItKnewAndHoldsAreNotOfThePast() {
    AccountBalance known = at("2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z");

    assertThat(known.getEntry()).isEqualTo(2);
    assertThat(known.hasHeld()).isFalse();
    assertThat(known.getLotsList()).isEmpty();
    assertThat(Refusal.of(() -> at("2026-03-02T00:00:00Z", "2026-03-01T00:00:00Z")).reason())
        .isEqualTo("INVALID_FIELDS");
  }

  @Test
  void engineersSeeTheirOwnAndOthersNeedARole() {
    assertThat(
            as(world.server().engineer("ada")).getBalance(request("ada").build()).getBalancesList())
        .hasSize(1);
    assertThat(
            Refusal.of(() -> as(world.server().engineer("bob")).getBalance(request("ada").build()))
                .reason())
        .isEqualTo("NOT_OWN_DATA");
    assertThat(
            Refusal.of(
                    () ->
                        as(world.server().engineer("bob"))
                            .listEntries(entries("ada", 10, "").build()))
                .reason())
        .isEqualTo("NOT_OWN_DATA");
    assertThat(
            Refusal.of(
                    () ->
                        as(world.server().as("boss", Role.MANAGER))
                            .getBalance(request("ada").build()))
                .reason())
        .isEqualTo("ROLE_MISSING");
    assertThat(
            Refusal.of(
                    () ->
                        LedgerServiceGrpc.newBlockingStub(world.server().channel())
                            .withCallCredentials(world.server().engineer("ada"))
                            .trialBalance(TrialBalanceRequest.getDefaultInstance()))
                .reason())
        .isEqualTo("ROLE_MISSING");
    assertThat(Refusal.of(() -> balance(request("nobody").build())).reason())
        .isEqualTo("NOT_FOUND");
  }

  @Test
  void anExplanationHasLotsEntriesAndWhatWaits() {
    world.usage(settled("eve", 1, line("2026-03-02T11:00:00Z", "7")));

    ExplainBalanceResponse ada = finance().explainBalance(explain("ada"));
    assertThat(ada.getAccountsList()).hasSize(1);
    assertThat(ada.getAccounts(0).getEntriesList())
        .extracting(LedgerEntry::getCauseId)
        .contains("usage/ada/1", "usage/ada/2", "default/ada/2026-01-01");
    assertThat(ada.getPendingLinesList()).isEmpty();
    ExplainBalanceResponse eve = finance().explainBalance(explain("eve"));
    assertThat(eve.getPendingLineCount()).isEqualTo(1);
    PendingLine waiting = eve.getPendingLines(0);
    assertThat(waiting.getCause()).isEqualTo(PendingCause.PENDING_CAUSE_ENGINEER_UNKNOWN);
    assertThat(waiting.getListAmount()).isEqualTo(money("USD", "7"));
    assertThat(Refusal.of(() -> finance().explainBalance(explain("nobody"))).reason())
        .isEqualTo("NOT_FOUND");
  }

  @Test
  void entriesComePageByPageTheNewestFirst() {
    ListEntriesResponse first = finance().listEntries(entries("ada", 2, "").build());
    ListEntriesResponse second =
        finance().listEntries(entries("ada", 500, first.getNextPageToken()).build());

    assertThat(first.getEntriesList()).hasSize(2);
    assertThat(second.getNextPageToken()).isEmpty();
    assertThat(second.getEntriesList().getLast().getNumber()).isEqualTo(1);
    assertThat(second.getEntriesList().getLast().getKind()).isEqualTo(EntryKind.ENTRY_KIND_GRANT);
    assertThat(first.getEntries(1).getNumber() - 1).isEqualTo(second.getEntries(0).getNumber());
    assertThat(Refusal.of(() -> finance().listEntries(entries("ada", 2, "AAAA").build())).reason())
        .isEqualTo("PAGE_TOKEN_INVALID");
    assertThat(
            Refusal.of(
                    () ->
                        finance().listEntries(entries("ada", 2, "").setCurrencyCode("SEK").build()))
                .reason())
        .isEqualTo("NOT_FOUND");
  }

  @Test
  void theLedgerAddsUpToWhatTheAccountsSayAndBooksToZero() {
    GetReconciliationResponse all =
        ledger().getReconciliation(GetReconciliationRequest.getDefaultInstance());

    assertThat(all.getAccountsList()).isNotEmpty().allMatch(AccountReconciliation::getReconciled);
    assertThat(all.getTotals(0).getStored()).isEqualTo(all.getTotals(0).getReplayed());
    List<BookBalance> books =
        ledger()
            .trialBalance(TrialBalanceRequest.getDefaultInstance())
            .getCurrencies(0)
            .getBooksList();
    assertThat(books).hasSizeGreaterThan(2);
    assertThat(books.stream().mapToLong(book -> book.getAmount().getUnits()).sum()).isZero();
  }

  @Test
  void anEntryThatSomebodyChangedIsNamed() {
    world.engineer("mal", "USD");
    world.entitled("mal", annual("a", "2020-01-01", "", "USD", "100"));
    world.awaitAvailable("mal", "USD", "100");
    world.usage(settled("mal", 1, line("2027-01-02T11:00:00Z", "1")));
    assertThat(reconciled("mal").getReconciled()).isTrue();
    var _ =
        world
            .server()
            .database()
            .withHandle(
                handle ->
                    handle.execute(
                        """
                        update journal set amount_nanos = 1
                        where account = 'engineers/mal/USD' and cause_id = 'usage/mal/1'
                        """));

    AccountReconciliation changed = reconciled("mal");
    assertThat(changed.getReconciled()).isFalse();
    assertThat(changed.getFirstWrongEntry()).isGreaterThan(1);
    assertThat(changed.getStored().getSettled()).isEqualTo(money("USD", "1"));
    assertThat(changed.getReplayed().getSettled()).isEqualTo(money("USD", "0.000000001"));
    // As it was, for the other tests.
    var _ =
        world
            .server()
            .database()
            .withHandle(
                handle ->
                    handle.execute(
                        """
                        update journal set amount_nanos = 1000000000
                        where account = 'engineers/mal/USD' and cause_id = 'usage/mal/1'
                        """));
  }

  private static AccountReconciliation reconciled(String engineer) {
    return ledger()
        .getReconciliation(
            GetReconciliationRequest.newBuilder()
                .setAccount("engineers/" + engineer + "/USD")
                .build())
        .getAccounts(0);
  }

  private static AccountBalance at(String asOf, String knownAt) {
    GetBalanceRequest.Builder request = request("ada").setAsOf(time(asOf));
    if (!knownAt.isEmpty()) {
      request.setKnownAt(time(knownAt));
    }
    return balance(request.build());
  }

  private static AccountBalance balance(GetBalanceRequest request) {
    return finance().getBalance(request).getBalances(0);
  }

  private static GetBalanceRequest.Builder request(String engineer) {
    return GetBalanceRequest.newBuilder().setEngineer(engineer);
  }

  private static ExplainBalanceRequest explain(String engineer) {
    return ExplainBalanceRequest.newBuilder().setEngineer(engineer).build();
  }

  private static ListEntriesRequest.Builder entries(String engineer, int size, String token) {
    return ListEntriesRequest.newBuilder()
        .setEngineer(engineer)
        .setCurrencyCode("USD")
        .setPageSize(size)
        .setPageToken(token);
  }

  private static BalanceServiceBlockingStub finance() {
    return as(world.server().as("finance-tool", Role.FINANCE));
  }

  private static BalanceServiceBlockingStub as(CallCredentials caller) {
    return BalanceServiceGrpc.newBlockingStub(world.server().channel()).withCallCredentials(caller);
  }

  private static LedgerServiceBlockingStub ledger() {
    return LedgerServiceGrpc.newBlockingStub(world.server().channel())
        .withCallCredentials(world.server().as("finance-tool", Role.FINANCE));
  }
}
