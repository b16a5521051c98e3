package dev.fourthpillar.comp.personal;

import static dev.fourthpillar.comp.metered.Ledger.balance;
import static dev.fourthpillar.comp.metered.Ledger.charge;
import static dev.fourthpillar.comp.metered.Ledger.converted;
import static dev.fourthpillar.comp.personal.CompSuite.date;
import static dev.fourthpillar.comp.personal.CompSuite.tool;
import static dev.fourthpillar.type.v1.PayerKind.PAYER_KIND_EMPLOYER;
import static dev.fourthpillar.type.v1.PayerKind.PAYER_KIND_OVERAGE;
import static dev.fourthpillar.type.v1.PayerKind.PAYER_KIND_OWN;
import static dev.fourthpillar.type.v1.PayerKind.PAYER_KIND_PROJECT;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.type.Money;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.comp.metered.Ledger;
import dev.fourthpillar.comp.v1.ComputeVersusSalary;
import dev.fourthpillar.comp.v1.Figure;
import dev.fourthpillar.comp.v1.GetStatementRequest;
import dev.fourthpillar.comp.v1.RenderStatementRequest;
import dev.fourthpillar.comp.v1.Snapshot;
import dev.fourthpillar.comp.v1.Statement;
import dev.fourthpillar.comp.v1.StatementFormat;
import dev.fourthpillar.events.v1.ChargeBooked;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.BearerToken;
import dev.fourthpillar.testkit.service.Refusal;
import dev.fourthpillar.type.v1.PayerKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A person's statement, from what was recorded and what the ledger told, over the wire. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/comp"})
final class StatementTest {
  private static final String AS_OF = "2026-06-30";

  private static CompSuite suite;

  @BeforeAll
  static void people(TestDatabase database) {
    suite = CompSuite.start(database);
    suite.rate("USD", "SEK", "10.50", "2026-06-29", "Riksbank <b>fixing</b>");
    stockholm();
    berlin();
  }

  @AfterAll
  static void stop() {
    suite.close();
  }

  /** 720,000 SEK; 75,000 USD of tokens; uses 600,000 SEK of them and 150,000 more. */
  private static void stockholm() {
    suite.person("astrid", "Astrid <script>", "SE", "Europe/Stockholm", "SEK");
    suite.pay("astrid", "2026-01-01", "720000", "SEK", tool("75000", "USD"));
    suite.charged(
        // The last day of the year before: another contract year.
        sek("2025-12-31T22:45:00Z", PAYER_KIND_OWN, "9"),
        // 2026 begins at 23:00 UTC in Stockholm.
        sek("2025-12-31T23:00:00Z", PAYER_KIND_OWN, "20000"),
        sek("2026-06-30T21:59:00Z", PAYER_KIND_OWN, "37142.857142857"),
        sek("2026-06-30T21:59:00Z", PAYER_KIND_OVERAGE, "14285.714285714"),
        // 1 July.
        sek("2026-06-30T22:00:00Z", PAYER_KIND_OWN, "7"),
        sek("2026-03-01T10:00:00Z", PAYER_KIND_PROJECT, "1000"));
    suite.balance(balance("astrid", "SEK", 3, "787500", "600000", "187500"));
  }

  /** A tool; the gate was closed at first, and what was booked then is under a pseudonym. */
  private static void berlin() {
    suite.person("lena", "Lena", "DE", "Europe/Berlin", "EUR");
    suite.pay("lena", "2026-01-01", "100000", "EUR", tool("45000", "EUR"));
    suite.charged(
        charge("p-7f3a", PAYER_KIND_EMPLOYER, "2026-02-01T10:00:00Z", "900").toBuilder()
            .clearAccountAmount()
            .clearAccountEmployerAmount()
            .build());
    suite.charged(
        converted("lena", PAYER_KIND_EMPLOYER, "2026-02-01T10:00:00Z", "1000", "1", "EUR"));
    suite.balance(balance("lena", "EUR", 1, "45000", "0", "45000"));
  }

  /** A charge in USD at list, of an account in SEK at 10.50. */
  private static ChargeBooked sek(String minute, PayerKind payer, String usd) {
    // 37,142.857142857 × 10.50 has ten decimals; the ledger rounds to nine.
    var account =
        new BigDecimal(usd).multiply(new BigDecimal("10.50")).setScale(9, RoundingMode.HALF_EVEN);
    var employer = account.multiply(new BigDecimal("0.6")).setScale(9, RoundingMode.DOWN);
    return charge("astrid", payer, minute, "0").toBuilder()
        .setListAmount(Ledger.money(usd, "USD"))
        .setAccountAmount(Ledger.money(account.toPlainString(), "SEK"))
        .setAccountEmployerAmount(Ledger.money(employer.toPlainString(), "SEK"))
        .build();
  }

  @Test
  void stockholm_hearsThatComputeExceedsSalary() {
    var response = suite.asHr().getStatement(request("astrid").build());
    var statement = response.getStatement();

    assertThat(response.getContractYearStart()).isEqualTo(date("2026-01-01"));
    assertThat(response.getPackageId()).isNotEmpty();
    assertThat(statement.getCurrencyCode()).isEqualTo("SEK");
    assertThat(statement.getComputeVersusSalary())
        .isEqualTo(ComputeVersusSalary.COMPUTE_VERSUS_SALARY_EXCEEDS);
    // 210,000 + 390,000 from the own budget, and 150,000 more.
    assertThat(amount(statement.getLenses().getConsumed())).isEqualTo("750000");
    assertThat(amount(statement.getLenses().getOverage())).isEqualTo("150000");
    assertThat(amount(statement.getLenses().getEmployerCost())).isEqualTo("450000");
    assertThat(amount(statement.getLenses().getEmployerFunded())).isEqualTo("10500");
    assertThat(amount(statement.getLenses().getFace())).isEqualTo("787500");
    assertThat(amount(statement.getLenses().getUnspent())).isEqualTo("187500");
    assertThat(amount(statement.getLenses().getPortable())).isEqualTo("0");
    assertThat(statement.getMetrics().getConsumedRatioPercent().getValue().getValue())
        .isEqualTo("104.17");
    // 787,500 / 1,507,500
    assertThat(statement.getAnnualised().getTokenSharePercent().getValue().getValue())
        .isEqualTo("52.24");
    assertThat(statement.getSnapshotsList())
        .extracting(Snapshot::getDescription)
        .anyMatch(text -> text.startsWith("USD to SEK 10.5"))
        .anyMatch(text -> text.startsWith("charges up to budget-service/"));
  }

  @Test
  void stockholm_inDollarsSaysTheSame() {
    var statement = statement(request("astrid").setCurrencyCode("USD").build());

    // 720,000 / 10.50
    assertThat(units(statement.getAnnualised().getBase().getAmount())).isEqualTo("68571.43");
    assertThat(units(statement.getAnnualised().getBase().getOriginalAmount())).isEqualTo("720000");
    // 600,000 / 10.50 and 150,000 / 10.50, each rounded
    assertThat(amount(statement.getLenses().getConsumed())).isEqualTo("71428.57");
    assertThat(statement.getComputeVersusSalary())
        .isEqualTo(ComputeVersusSalary.COMPUTE_VERSUS_SALARY_EXCEEDS);
    assertThat(statement.getAnnualised().getTokenSharePercent().getValue().getValue())
        .isEqualTo("52.24");
  }

  @Test
  void anEarlierDayHasTheConsumptionUpToThatDay() {
    var statement = statement(request("astrid").setAsOfDate(date("2026-06-29")).build());

    assertThat(amount(statement.getLenses().getConsumed())).isEqualTo("210000");
    // 210,000 / 720,000 is 29.17 %, below half.
    assertThat(statement.getComputeVersusSalary())
        .isEqualTo(ComputeVersusSalary.COMPUTE_VERSUS_SALARY_BELOW);
  }

  @Test
  void berlin_aToolIsWorthNothingPrivatelyAndNobodysPseudonymIsCounted() {
    var statement = statement(request("lena").build());

    assertThat(amount(statement.getLenses().getConsumed())).isEqualTo("0");
    assertThat(amount(statement.getLenses().getEmployerFunded())).isEqualTo("1000");
    assertThat(amount(statement.getLenses().getRealizable())).isEqualTo("0");
    assertThat(amount(statement.getLenses().getPortable())).isEqualTo("0");
    assertThat(amount(statement.getLenses().getUnspent())).isEqualTo("45000");
    assertThat(units(statement.getAnnualised().getClassicTc().getAmount())).isEqualTo("100000");
  }

  @Test
  void whatTheServiceCannotAnswerHasItsReason() {
    assertThat(refused(request("nobody").build(), hr())).isEqualTo("NOT_FOUND NOT_FOUND");
    assertThat(refused(request("astrid").setAsOfDate(date("2025-06-30")).build(), hr()))
        .isEqualTo("FAILED_PRECONDITION NOT_RECORDED");
    assertThat(refused(request("astrid").setCurrencyCode("CHF").build(), hr()))
        .isEqualTo("FAILED_PRECONDITION FX_RATE_MISSING");
    assertThat(refused(request("astrid").setCurrencyCode("QQQ").build(), hr()))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELDS");
  }

  @Test
  void engineersSeeTheirOwnAndOthersNothing() {
    var own = suite.as(suite.comp().engineer("lena")).getStatement(request("lena").build());

    assertThat(own.getEngineer()).isEqualTo("lena");
    // What somebody costs is for whoever may ask GetEmployerCost.
    assertThat(own.hasEmployerCost()).isFalse();
    assertThat(suite.asHr().getStatement(request("lena").build()).hasEmployerCost()).isTrue();
    assertThat(refused(request("astrid").build(), suite.comp().engineer("lena")))
        .isEqualTo("PERMISSION_DENIED NOT_OWN_DATA");
    assertThat(refused(request("lena").build(), suite.comp().as("gateway", Role.GATEWAY)))
        .isEqualTo("PERMISSION_DENIED ROLE_MISSING");
  }

  @Test
  void whoReadAStatementIsWrittenDown() {
    var auditor = suite.comp().as("curious-tool", Role.FINANCE);
    var _ = suite.as(auditor).getStatement(request("astrid").build());
    assertThat(refused(request("astrid").setCurrencyCode("CHF").build(), auditor))
        .endsWith("FX_RATE_MISSING");

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
                            where caller = 'curious-tool'
                            """)
                        .mapTo(String.class)
                        .list());
    // What was refused showed nothing.
    assertThat(entries).containsExactly("astrid STATEMENT");
  }

  @Test
  void thePageShowsTheSameFiguresAndNoMarkupOfOthers() {
    var html =
        suite
            .asHr()
            .renderStatement(
                RenderStatementRequest.newBuilder()
                    .setEngineer("astrid")
                    .setAsOfDate(date(AS_OF))
                    .build())
            .getHtml();

    assertThat(html)
        .startsWith("<!DOCTYPE html>")
        .contains("Compensation statement: Astrid &lt;script&gt;")
        .contains("Riksbank &lt;b&gt;fixing&lt;/b&gt;")
        .contains("750,000.00 SEK")
        .contains("COMPUTE_EXCEEDS_SALARY")
        .contains("ledger entry 3 of account engineers/astrid/SEK")
        .doesNotContain("<script");
  }

  @Test
  void thePageShowsWhatIsKeptAndWhatItCostsOnlyToWhoMaySeeIt() {
    var own = suite.as(suite.comp().engineer("astrid")).renderStatement(render("astrid").build());
    var hr = suite.asHr().renderStatement(render("astrid").build());

    assertThat(own.getHtml())
        .contains("What is kept on leaving on 2026-06-30")
        .doesNotContain("What it costs the employer");
    // 31.42 % of 720,000.
    assertThat(hr.getHtml())
        .contains("What it costs the employer")
        .contains("Charge SE.EMPLOYER_CONTRIBUTIONS")
        .contains("226,224.00 SEK");
    assertThat(hr.getPdf().isEmpty()).isTrue();
    assertThat(
            Refusal.of(
                    () ->
                        suite
                            .as(suite.comp().engineer("lena"))
                            .renderStatement(render("astrid").build()))
                .reason())
        .isEqualTo("NOT_OWN_DATA");
  }

  /** The cap of a charge is in dollars, and nobody quotes dollars in euros. */
  @Test
  void whatCannotBeSaidBesideAStatementIsNamedAndLeftOut() {
    suite.person("olga", "Olga", "US", "America/New_York", "EUR");
    suite.pay("olga", "2026-03-01", "100000", "EUR", tool("1000", "EUR"));

    var html = suite.asHr().renderStatement(render("olga").build()).getHtml();

    assertThat(html)
        .contains("100,000.00 EUR")
        .doesNotContain("What it costs the employer")
        .contains("Not shown, what it costs the employer: no quote for USD to EUR")
        .contains("(FX_RATE_MISSING)")
        // Employed since 2025, and no package before March: nobody knows the base of January.
        .contains("Not shown, what is kept on leaving: no package of &#39;olga&#39;")
        .contains("(NOT_RECORDED)");
    assertThat(refused(request("olga").build(), hr()))
        .isEqualTo("FAILED_PRECONDITION FX_RATE_MISSING");
  }

  @Test
  void thePdfIsAskedForByItsFormat() {
    var response =
        suite
            .asHr()
            .renderStatement(
                render("astrid").setFormat(StatementFormat.STATEMENT_FORMAT_PDF).build());

    assertThat(response.getHtml()).isEmpty();
    assertThat(response.getPdf().substring(0, 5).toStringUtf8()).isEqualTo("%PDF-");
  }

  /** As a watched ConfigMap changes it: no restart, and nothing where a value is wrong. */
  @Test
  void whereAStatementWarnsChangesWhileTheServiceRuns() {
    suite.person("nils", "Nils", "US", "UTC", "USD");
    suite.pay("nils", "2026-01-01", "100000", "USD", tool("45000", "USD"));
    // 30 % of the base.
    suite.charged(charge("nils", PAYER_KIND_OWN, "2026-03-01T10:00:00Z", "30000"));
    suite.balance(balance("nils", "USD", 1, "45000", "30000", "15000"));

    assertThat(flag("nils")).isEqualTo(ComputeVersusSalary.COMPUTE_VERSUS_SALARY_BELOW);
    try {
      warnFrom("30");
      assertThat(flag("nils")).isEqualTo(ComputeVersusSalary.COMPUTE_VERSUS_SALARY_NEARS);
      warnFrom("101");
      assertThat(flag("nils"))
          .as("refused: at most 100")
          .isEqualTo(ComputeVersusSalary.COMPUTE_VERSUS_SALARY_NEARS);
      warnFrom("31");
      assertThat(flag("nils")).isEqualTo(ComputeVersusSalary.COMPUTE_VERSUS_SALARY_BELOW);
    } finally {
      warnFrom("50");
    }
  }

  private static void warnFrom(String percent) {
    suite.comp().reconfigure(Map.of("fourthpillar.statement.nears-salary-percent", percent));
  }

  private static ComputeVersusSalary flag(String engineer) {
    return statement(request(engineer).build()).getComputeVersusSalary();
  }

  private static RenderStatementRequest.Builder render(String engineer) {
    return RenderStatementRequest.newBuilder().setEngineer(engineer).setAsOfDate(date(AS_OF));
  }

  private static GetStatementRequest.Builder request(String engineer) {
    return GetStatementRequest.newBuilder().setEngineer(engineer).setAsOfDate(date(AS_OF));
  }

  private static Statement statement(GetStatementRequest request) {
    return suite.asHr().getStatement(request).getStatement();
  }

  private static BearerToken hr() {
    return suite.comp().as("hr-tool", Role.HR);
  }

  /** Code and reason. */
  private static String refused(GetStatementRequest request, BearerToken caller) {
    Refusal refusal = Refusal.of(() -> suite.as(caller).getStatement(request));
    return refusal.code() + " " + refusal.reason();
  }

  private static String amount(Figure figure) {
    return units(figure.getLine().getAmount());
  }

  private static String units(Money money) {
    return BigDecimal.valueOf(money.getUnits())
        .add(BigDecimal.valueOf(money.getNanos(), 9))
        .stripTrailingZeros()
        .toPlainString();
  }
}
