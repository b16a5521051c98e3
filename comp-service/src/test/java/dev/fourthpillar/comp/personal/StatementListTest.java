package dev.fourthpillar.comp.personal;

import static dev.fourthpillar.comp.metered.Ledger.balance;
import static dev.fourthpillar.comp.metered.Ledger.charge;
import static dev.fourthpillar.comp.personal.CompSuite.date;
import static dev.fourthpillar.comp.personal.CompSuite.tool;
import static dev.fourthpillar.type.v1.PayerKind.PAYER_KIND_OVERAGE;
import static dev.fourthpillar.type.v1.PayerKind.PAYER_KIND_OWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.comp.v1.Figure;
import dev.fourthpillar.comp.v1.FigureAmount;
import dev.fourthpillar.comp.v1.GetStatementRequest;
import dev.fourthpillar.comp.v1.GetStatementResponse;
import dev.fourthpillar.comp.v1.ListStatementsRequest;
import dev.fourthpillar.comp.v1.ListStatementsResponse;
import dev.fourthpillar.comp.v1.ListedStatement;
import dev.fourthpillar.comp.v1.PackageView;
import dev.fourthpillar.comp.v1.StatementFigures;
import dev.fourthpillar.comp.v1.ViewFigures;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.Refusal;
import dev.fourthpillar.type.v1.ErrorReason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Everybody's statements, over the wire: the same figures as one by one. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/comp"})
final class StatementListTest {
  private static final String AS_OF = "2026-06-30";

  private static CompSuite suite;

  @BeforeAll
  static void people(TestDatabase database) {
    suite = CompSuite.start(database);
    suite.rate("USD", "SEK", "10.50", "2026-06-29", "Riksbank");
    suite.person("ada", "Ada", "US", "America/New_York", "USD");
    suite.pack(
        "ada",
        "2025-03-01",
        """
        start_date { year: 2025 month: 3 day: 1 }
        base { amount { currency_code: 'USD' units: 200000 } growth_percent { value: '3' } }
        target_bonus { percent_of_base { value: '15' } }
        sign_ons { id: 'one' amount { currency_code: 'USD' units: 30000 } }
        sign_ons { id: 'two' amount { currency_code: 'USD' units: 10000 } }
        equity {
          id: 'rsu'
          shares: 4800
          price { amount { currency_code: 'USD' units: 25 } date { year: 2025 month: 3 day: 1 } }
          grant_date { year: 2025 month: 3 day: 1 }
          schedule {
            start_date { year: 2025 month: 3 day: 1 }
            months_apart: 1
            installments: 48
            cliff_installment: 12
          }
        }
        tokens {
          amount { currency_code: 'USD' units: 60000 }
          treatment: TREATMENT_TOOL
          overage_allowed: true
        }
        """);
    suite.charged(
        // A day before the contract year, and the first moment of it in New York.
        charge("ada", PAYER_KIND_OWN, "2026-02-28T12:00:00Z", "7"),
        charge("ada", PAYER_KIND_OWN, "2026-03-01T05:00:00Z", "20000"),
        charge("ada", PAYER_KIND_OVERAGE, "2026-05-01T12:00:00Z", "500"));
    suite.balance(balance("ada", "USD", 3, "60000", "20000", "40000"));
    suite.person("astrid", "Astrid", "kernel", "SE", "Europe/Stockholm", "SEK");
    suite.pay("astrid", "2026-01-01", "720000", "SEK", tool("75000", "USD"));
    suite.person("bo", "Bo", "SE", "Europe/Stockholm", "SEK");
    suite.person("cleo", "Cleo", "CH", "Europe/Zurich", "CHF");
    suite.pay("cleo", "2026-01-01", "100000", "CHF", tool("10000", "USD"));
    suite.person("dora", "Dora", "SE", "Europe/Stockholm", "SEK");
    suite.pay("dora", "2026-01-01", "500000", "SEK", tool("10000", "SEK"));
    suite.ends("dora", "2026-06-29");
    suite.person("emil", "Emil", "kernel", "SE", "Europe/Stockholm", "SEK");
    suite.pay("emil", "2026-01-01", "600000", "SEK", tool("10000", "SEK"));
    suite.ends("emil", AS_OF);
  }

  @AfterAll
  static void stop() {
    suite.close();
  }

  @Test
  void theFiguresAreThoseOfEachStatement() {
    for (String engineer : List.of("ada", "astrid", "emil")) {
      assertSame(figures(engineer), single(engineer));
    }
    // 20,000 from the own budget and 500 more; the day before is another contract year.
    assertThat(figures("ada").getLenses().getConsumed().getAmount().getUnits()).isEqualTo(20_500);
    assertThat(figures("ada").getLenses().getUnspent().getAmount().getUnits()).isEqualTo(40_000);
    assertThat(figures("ada").getAnnualised().getSignOns().getUnits()).isEqualTo(10_000);
  }

  @Test
  void nobodyWhoIsEmployedOnThatDayIsLeftOut() {
    var listed = list(request().build()).getStatementsList();

    assertThat(listed)
        .extracting(ListedStatement::getEngineer)
        .as("dora has left the day before, emil works on his last day")
        .containsExactly("ada", "astrid", "bo", "cleo", "emil");
    assertThat(listed.get(2).getRefusal().getReason())
        .isEqualTo(ErrorReason.ERROR_REASON_NOT_RECORDED);
    assertThat(listed.get(2).getRefusal().getMessage()).contains("bo").contains(AS_OF);
    assertThat(listed.get(3).getRefusal().getReason())
        .isEqualTo(ErrorReason.ERROR_REASON_FX_RATE_MISSING);
  }

  @Test
  void pagesAreTheWholeListAndATokenIsBoundToIt() {
    var engineers = new ArrayList<String>();
    var page = list(request().setPageSize(2).build());
    page.getStatementsList().forEach(one -> engineers.add(one.getEngineer()));
    while (!page.getNextPageToken().isEmpty()) {
      page = list(request().setPageSize(2).setPageToken(page.getNextPageToken()).build());
      page.getStatementsList().forEach(one -> engineers.add(one.getEngineer()));
    }
    assertThat(engineers).containsExactly("ada", "astrid", "bo", "cleo", "emil");

    var token = list(request().setPageSize(2).build()).getNextPageToken();
    assertThat(
            Refusal.of(() -> list(request().setCurrencyCode("SEK").setPageToken(token).build()))
                .reason())
        .isEqualTo("PAGE_TOKEN_INVALID");
  }

  @Test
  void aTeamIsAListOfItsOwn() {
    var first = list(request().setTeam("kernel").setPageSize(1).build());
    var second =
        list(
            request()
                .setTeam("kernel")
                .setPageSize(1)
                .setPageToken(first.getNextPageToken())
                .build());

    assertThat(first.getStatementsList())
        .extracting(ListedStatement::getEngineer)
        .containsExactly("astrid");
    assertThat(second.getStatementsList())
        .as("bo and cleo, between the two, are in no team")
        .extracting(ListedStatement::getEngineer)
        .containsExactly("emil");
    assertThat(second.getNextPageToken()).isEmpty();
    assertThat(list(request().setTeam("nobody's").build()).getStatementsList()).isEmpty();
    assertThat(
            Refusal.of(() -> list(request().setPageToken(first.getNextPageToken()).build()))
                .reason())
        .as("the token of a team's list")
        .isEqualTo("PAGE_TOKEN_INVALID");
  }

  @Test
  void inOneCurrencyAndAsItWasKnown() {
    var swedish = list(request().setCurrencyCode("SEK").build()).getStatements(0).getFigures();
    // 200,000 × 10.50
    assertThat(swedish.getAnnualised().getBase().getUnits()).isEqualTo(2_100_000);
    assertThat(swedish.getCurrencyCode()).isEqualTo("SEK");

    var before =
        list(
            request().setKnownAt(com.google.protobuf.Timestamp.newBuilder().setSeconds(1)).build());
    assertThat(before.getStatementsList())
        .allSatisfy(
            one ->
                assertThat(one.getRefusal().getReason())
                    .isEqualTo(ErrorReason.ERROR_REASON_NOT_RECORDED));
  }

  @Test
  void whoIsShownIsInTheAccessLogAndWhoIsRefusedIsNot() {
    var _ = suite.as(suite.comp().as("export", Role.FINANCE)).listStatements(request().build());

    List<String> entries =
        suite
            .comp()
            .database()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            """
                            select engineer || ' ' || what from access_log
                            where caller = 'export' order by engineer
                            """)
                        .mapTo(String.class)
                        .list());
    assertThat(entries).containsExactly("ada STATEMENT", "astrid STATEMENT", "emil STATEMENT");
  }

  @Test
  void itIsForHrAndFinanceOnly() {
    assertThat(
            Refusal.of(
                    () -> suite.as(suite.comp().engineer("ada")).listStatements(request().build()))
                .reason())
        .isEqualTo("ROLE_MISSING");
    assertThat(Refusal.of(() -> list(ListStatementsRequest.getDefaultInstance())).violatedFields())
        .isEqualTo("as_of_date");
    assertThat(Refusal.of(() -> list(request().setCurrencyCode("QQQ").build())).violatedFields())
        .isEqualTo("currency_code");
  }

  private static void assertSame(StatementFigures listed, GetStatementResponse single) {
    var statement = single.getStatement();
    assertThat(listed.getPackageId()).isEqualTo(single.getPackageId());
    assertThat(listed.getContractYearStart()).isEqualTo(single.getContractYearStart());
    assertThat(listed.getCurrencyCode()).isEqualTo(statement.getCurrencyCode());
    assertSame(listed.getAnnualised(), statement.getAnnualised());
    assertSame(listed.getNext12Months(), statement.getNext12Months());
    assertThat(listed.getYearsCount()).isEqualTo(statement.getYearsCount());
    for (int i = 0; i < statement.getYearsCount(); i++) {
      assertSame(listed.getYears(i), statement.getYears(i));
    }
    var lenses = statement.getLenses();
    assertSame(listed.getLenses().getFace(), lenses.getFace());
    assertSame(listed.getLenses().getConsumed(), lenses.getConsumed());
    assertSame(listed.getLenses().getEmployerCost(), lenses.getEmployerCost());
    assertSame(listed.getLenses().getRealizable(), lenses.getRealizable());
    assertSame(listed.getLenses().getPortable(), lenses.getPortable());
    assertSame(listed.getLenses().getOverage(), lenses.getOverage());
    assertSame(listed.getLenses().getEmployerFunded(), lenses.getEmployerFunded());
    assertSame(listed.getLenses().getUnspent(), lenses.getUnspent());
    var metrics = statement.getMetrics();
    assertThat(listed.getTokenRatioPercent()).isEqualTo(metrics.getTokenRatioPercent());
    assertThat(listed.getConsumedRatioPercent()).isEqualTo(metrics.getConsumedRatioPercent());
    assertThat(listed.getNextOfferAnchor()).isEqualTo(metrics.getNextOfferAnchor().getAmount());
    assertThat(listed.getComputeVersusSalary()).isEqualTo(statement.getComputeVersusSalary());
    assertThat(listed.getWarningsList()).isEqualTo(statement.getWarningsList());
    assertSame(listed.getEmployerCostTotal(), single.getEmployerCost().getTotal());
  }

  private static void assertSame(ViewFigures listed, PackageView view) {
    assertThat(listed.getBase()).isEqualTo(view.getBase().getAmount());
    assertThat(listed.getClassicTc()).isEqualTo(view.getClassicTc().getAmount());
    assertSame(listed.getTokensAtFace(), view.getTokensAtFace());
    assertSame(listed.getHeadlineTc(), view.getHeadlineTc());
    assertThat(listed.getTokenSharePercent()).isEqualTo(view.getTokenSharePercent());
  }

  private static void assertSame(FigureAmount listed, Figure figure) {
    assertThat(listed.getAmount()).isEqualTo(figure.getLine().getAmount());
    assertThat(listed.getAbsentReason()).isEqualTo(figure.getAbsentReason());
    assertThat(listed.getReviewReason()).isEqualTo(figure.getReviewReason());
  }

  private static StatementFigures figures(String engineer) {
    return list(request().build()).getStatementsList().stream()
        .filter(one -> one.getEngineer().equals(engineer))
        .findFirst()
        .orElseThrow()
        .getFigures();
  }

  private static GetStatementResponse single(String engineer) {
    return suite
        .asHr()
        .getStatement(
            GetStatementRequest.newBuilder()
                .setEngineer(engineer)
                .setAsOfDate(date(AS_OF))
                .build());
  }

  private static ListStatementsRequest.Builder request() {
    return ListStatementsRequest.newBuilder().setAsOfDate(date(AS_OF));
  }

  private static ListStatementsResponse list(ListStatementsRequest request) {
    return suite.asHr().listStatements(request);
  }
}
