package dev.fourthpillar.comp.personal;

import static dev.fourthpillar.comp.metered.Ledger.charge;
import static dev.fourthpillar.comp.personal.CompSuite.date;
import static dev.fourthpillar.comp.personal.CompSuite.tool;
import static dev.fourthpillar.type.v1.PayerKind.PAYER_KIND_OWN;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.type.Decimal;
import com.google.type.Money;
import dev.fourthpillar.comp.v1.EmployerCost;
import dev.fourthpillar.comp.v1.Figure;
import dev.fourthpillar.comp.v1.GetEmployerCostRequest;
import dev.fourthpillar.comp.v1.GetEmployerCostResponse;
import dev.fourthpillar.comp.v1.GetStatementRequest;
import dev.fourthpillar.comp.v1.Snapshot;
import dev.fourthpillar.comp.v1.SnapshotKind;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.Refusal;
import java.math.BigDecimal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What people cost, by the charges that are recorded for their countries. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/comp"})
final class PersonalCostTest {
  private static CompSuite suite;

  @BeforeAll
  static void people(TestDatabase database) {
    suite = CompSuite.start(database);
    suite.person("ada", "Ada", "US", "America/New_York", "USD");
    suite.pay("ada", "2026-01-01", "200000", "USD", tool("100000", "USD"));
    suite.charged(charge("ada", PAYER_KIND_OWN, "2026-03-01T12:00:00Z", "10000"));
    suite.person("astrid", "Astrid", "SE", "Europe/Stockholm", "SEK");
    suite.pay("astrid", "2026-01-01", "600000", "SEK", tool("100000", "SEK"));
    suite.person("lena", "Lena", "DE", "Europe/Berlin", "EUR");
    suite.pay("lena", "2026-01-01", "100000", "EUR", tool("10000", "EUR"));
  }

  @AfterAll
  static void stop() {
    suite.close();
  }

  /**
   * 6.2 % of 184,500 is 11,439, 1.45 % of 200,000 is 2,900, 0.6 % of 7,000 is 42; 10,000 of tokens
   * were charged at 6,000.
   */
  @Test
  void inTheUnitedStatesByThreeRowsOf2026() {
    GetEmployerCostResponse response = cost("ada", "2026-06-30");
    EmployerCost cost = response.getEmployerCost();

    assertThat(response.getCountry()).isEqualTo("US");
    assertThat(response.getPackageId()).isNotEmpty();
    assertThat(cost.getChargesList())
        .extracting(charge -> charge.getRuleId() + " " + units(charge.getAmount()))
        .containsExactly("US.FUTA 42", "US.MEDICARE 2900", "US.OASDI 11439");
    assertThat(units(cost.getTokensAtEmployerCost())).isEqualTo("6000");
    assertThat(units(cost.getTotal())).isEqualTo("220381");
    assertThat(response.getSnapshotsList())
        .filteredOn(snapshot -> snapshot.getKind() == SnapshotKind.SNAPSHOT_KIND_RULE)
        .extracting(Snapshot::getDescription)
        .contains(
            "US.OASDI: 6.2 % up to 184500.00 USD from 2026-01-01; compensation rules, 2: employer"
                + " cost, US 2026; verified 2026-11-20, confidence MEDIUM");
  }

  /** 31.42 % of 600,000. */
  @Test
  void inSwedenByOneRow() {
    assertThat(units(cost("astrid", "2026-06-30").getEmployerCost().getTotal()))
        .isEqualTo("788520");
  }

  @Test
  void theStatementHasItToo() {
    var response =
        suite
            .asHr()
            .getStatement(
                GetStatementRequest.newBuilder()
                    .setEngineer("astrid")
                    .setAsOfDate(date("2026-06-30"))
                    .build());

    assertThat(response.getEmployerCost())
        .isEqualTo(cost("astrid", "2026-06-30").getEmployerCost());
    assertThat(response.getStatement().getSnapshotsList())
        .extracting(Snapshot::getKind)
        .contains(SnapshotKind.SNAPSHOT_KIND_RULE);
  }

  @Test
  void withoutARowNoFigureIsInvented() {
    EmployerCost german = cost("lena", "2026-06-30").getEmployerCost();
    assertThat(german.getTotal().getAbsentReason())
        .isEqualTo("RULE_MISSING: no employer charge is recorded for the country and day");
    assertThat(german.getChargesList()).isEmpty();
    assertThat(units(german.getCash().getAmount())).isEqualTo("100000");

    assertThat(cost("ada", "2027-01-01").getEmployerCost().getTotal().getAbsentReason())
        .as("the rows are those of 2026")
        .startsWith("RULE_MISSING");
    assertThat(units(cost("astrid", "2027-01-01").getEmployerCost().getTotal()))
        .as("that of Sweden has no end")
        .isEqualTo("788520");
    assertThat(cost("astrid", "2027-05-20").getEmployerCost().getStaleRuleIdsList())
        .as("181 days after it was verified")
        .containsExactly("SE.EMPLOYER_CONTRIBUTIONS");
  }

  /** 100,000 × 1.25, and nothing was consumed. */
  @Test
  void whereTheDetailIsUnknownALoadFactorHelps() {
    var response =
        suite
            .asHr()
            .getEmployerCost(
                request("lena", "2026-06-30")
                    .setLoadFactor(Decimal.newBuilder().setValue("1.25"))
                    .build());

    assertThat(units(response.getEmployerCost().getTotal())).isEqualTo("125000");
  }

  @Test
  void aRowThatIsRecordedLaterReplacesTheOneBefore() {
    suite
        .comp()
        .database()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    insert into payroll_charge
                    select 'FI.TEST', 'FI', 20, basis, cap_amount, cap_currency, effective_date,
                           end_date, citation, last_verified, confidence, recorded_at
                    from payroll_charge where country = 'SE'
                    union all
                    select 'FI.TEST', 'FI', 25, basis, cap_amount, cap_currency, effective_date,
                           end_date, citation, last_verified, confidence,
                           recorded_at + interval '1 day'
                    from payroll_charge where country = 'SE'
                    """));
    suite.person("aino", "Aino", "FI", "Europe/Helsinki", "EUR");
    suite.pay("aino", "2026-01-01", "100000", "EUR", tool("10000", "EUR"));

    assertThat(units(cost("aino", "2026-06-30").getEmployerCost().getTotal())).isEqualTo("125000");
  }

  @Test
  void whoMayAskAndWhatIsRefused() {
    assertThat(
            Refusal.of(
                    () ->
                        suite
                            .as(suite.comp().engineer("ada"))
                            .getEmployerCost(request("ada", "2026-06-30").build()))
                .reason())
        .isEqualTo("ROLE_MISSING");
    assertThat(Refusal.of(() -> cost("nobody", "2026-06-30")).reason()).isEqualTo("NOT_FOUND");
    assertThat(Refusal.of(() -> cost("ada", "2025-06-30")).reason()).isEqualTo("NOT_RECORDED");
    Refusal both =
        Refusal.of(
            () ->
                suite
                    .asHr()
                    .getEmployerCost(
                        request("ada", "2026-06-30")
                            .setLoadFactor(Decimal.newBuilder().setValue("1.25"))
                            .setOverhead(Money.newBuilder().setCurrencyCode("USD").setUnits(1))
                            .build()));
    assertThat(both.violatedFields()).isEqualTo("overhead");
    Refusal tooMuch =
        Refusal.of(
            () ->
                suite
                    .asHr()
                    .getEmployerCost(
                        request("ada", "2026-06-30")
                            .setLoadFactor(Decimal.newBuilder().setValue("11"))
                            .build()));
    assertThat(tooMuch.violatedFields()).isEqualTo("load_factor");
  }

  private static GetEmployerCostRequest.Builder request(String engineer, String asOf) {
    return GetEmployerCostRequest.newBuilder().setEngineer(engineer).setAsOfDate(date(asOf));
  }

  private static GetEmployerCostResponse cost(String engineer, String asOf) {
    return suite.asHr().getEmployerCost(request(engineer, asOf).build());
  }

  private static String units(Figure figure) {
    assertThat(figure.hasLine()).as(figure.toString()).isTrue();
    return units(figure.getLine().getAmount());
  }

  private static String units(Money money) {
    return BigDecimal.valueOf(money.getUnits())
        .add(BigDecimal.valueOf(money.getNanos(), 9))
        .stripTrailingZeros()
        .toPlainString();
  }
}
