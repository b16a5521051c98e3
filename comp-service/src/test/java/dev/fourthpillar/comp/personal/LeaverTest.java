package dev.fourthpillar.comp.personal;

import static dev.fourthpillar.comp.metered.Ledger.balance;
import static dev.fourthpillar.comp.metered.Ledger.charge;
import static dev.fourthpillar.comp.personal.CompSuite.date;
import static dev.fourthpillar.type.v1.PayerKind.PAYER_KIND_OWN;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.type.Money;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.comp.v1.Figure;
import dev.fourthpillar.comp.v1.GetLeaverStatementRequest;
import dev.fourthpillar.comp.v1.GetLeaverStatementResponse;
import dev.fourthpillar.comp.v1.LeaverEquity;
import dev.fourthpillar.comp.v1.LeaverLoss;
import dev.fourthpillar.comp.v1.LeaverStatement;
import dev.fourthpillar.comp.v1.Snapshot;
import dev.fourthpillar.comp.v1.StatementLine;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.BearerToken;
import dev.fourthpillar.testkit.service.Refusal;
import io.grpc.Status.Code;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What people keep, lose and owe on leaving, from what was recorded and metered, over the wire. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/comp"})
final class LeaverTest {
  private static CompSuite suite;

  @BeforeAll
  static void people(TestDatabase database) {
    suite = CompSuite.start(database);
    suite.rate("USD", "SEK", "10.50", "2026-07-30", "Riksbank");
    loses("ada", "");
    loses("bob", "portability { percent { value: '25' } }");
    carol();
    // Paid since March only, as far as is recorded.
    suite.person("dan", "Dan", "US", "America/New_York", "USD");
    suite.pay("dan", "2026-03-01", "1000", "USD", CompSuite.tool("1", "USD"));
  }

  @AfterAll
  static void stop() {
    suite.close();
  }

  /** Worked case 13; before the contract year began 1,000 was consumed, and in it 30,000. */
  private static void loses(String engineer, String portability) {
    suite.person(engineer, engineer, "US", "America/New_York", "USD");
    suite.pack(engineer, "2025-01-15", terms("180000", portability));
    suite.charged(
        charge(engineer, PAYER_KIND_OWN, "2026-01-14T12:00:00Z", "1000"),
        charge(engineer, PAYER_KIND_OWN, "2026-03-01T12:00:00Z", "30000"));
    suite.balance(
        balance(engineer, "USD", 1, "90000", "30000", "0").toBuilder()
            .clearUnspentPortable()
            .build());
  }

  private static String terms(String base, String portability) {
    return """
        start_date { year: 2025 month: 1 day: 15 }
        base { amount { currency_code: 'USD' units: %s } }
        equity {
          id: 'rsu'
          shares: 4800
          price {
            amount { currency_code: 'USD' units: 25 }
            date { year: 2025 month: 1 day: 15 }
          }
          grant_date { year: 2025 month: 1 day: 15 }
          schedule {
            start_date { year: 2025 month: 1 day: 15 }
            months_apart: 1
            installments: 48
            cliff_installment: 12
          }
        }
        tokens {
          amount { currency_code: 'USD' units: 90000 }
          treatment: TREATMENT_MIXED
          %s
        }
        """
        .formatted(base, portability);
  }

  /** A raise in April, payments for joining, and options below and above their strike. */
  private static void carol() {
    suite.person("carol", "Carol", "US", "America/New_York", "USD");
    suite.pack("carol", "2025-01-15", paidForJoining("180000"));
    suite.pack("carol", "2026-04-01", paidForJoining("219000"));
    suite.ends("carol", "2026-07-31");
  }

  private static String paidForJoining(String base) {
    return """
        start_date { year: 2025 month: 1 day: 15 }
        base { amount { currency_code: 'USD' units: %s } }
        sign_ons {
          id: 'first'
          amount { currency_code: 'USD' units: 48000 }
          clawback { months: 24 }
        }
        sign_ons {
          id: 'second'
          amount { currency_code: 'USD' units: 10000 }
          pay_date { year: 2027 month: 1 day: 15 }
          clawback { months: 12 }
        }
        equity { id: 'deep' %s }
        equity { id: 'hope' refresher: true %s }
        """
        .formatted(base, options(10), options(10));
  }

  /** 1,000 options, half of them vested after a year, at a price of 25. */
  private static String options(int strike) {
    return """
        shares: 1000
        price {
          amount { currency_code: 'USD' units: 25 }
          date { year: 2025 month: 1 day: 15 }
        }
        grant_date { year: 2025 month: 1 day: 15 }
        schedule {
          start_date { year: 2025 month: 1 day: 15 }
          months_apart: 12
          installments: 2
        }
        option {
          strike { currency_code: 'USD' units: %d }
          expiry_date { year: 2035 month: 1 day: 15 }
        }
        """
        .formatted(strike);
  }

  @Test
  void case13_useItOrLoseIt() {
    GetLeaverStatementResponse response = leaving("ada", "2026-07-31");
    LeaverStatement statement = response.getStatement();

    assertThat(response.getContractYearStart()).isEqualTo(date("2026-01-15"));
    assertThat(response.getPackageId()).isNotEmpty();
    assertThat(statement.getLastDay()).isEqualTo(date("2026-07-31"));
    assertThat(statement.getCurrencyCode()).isEqualTo("USD");
    assertThat(cents(statement.getEarnedBase())).isEqualTo("104547.95");
    LeaverEquity equity = statement.getEquity(0);
    assertThat(equity.getVestedUnits().getValue()).isEqualTo("1800");
    assertThat(cents(equity.getKept())).isEqualTo("45000.00");
    assertThat(equity.getUnvestedUnits().getValue()).isEqualTo("3000");
    assertThat(cents(equity.getForfeited())).isEqualTo("75000.00");
    assertThat(cents(statement.getTokensKept())).isEqualTo("0.00");
    assertThat(cents(statement.getTokensForfeited())).isEqualTo("60000.00");
    assertThat(cents(statement.getNextOfferAnchor())).isEqualTo("210000.00");
    assertThat(statement.getLossesList())
        .extracting(LeaverLoss::getCode)
        .containsExactly("ACCESS", "WORK_CONTEXT", "CAPACITY");
    assertThat(statement.getSnapshotsList())
        .extracting(Snapshot::getDescription)
        .anyMatch(text -> text.startsWith("charges up to budget-service/"))
        .anyMatch(text -> text.startsWith("25.00 USD of 2025-01-15"));
  }

  @Test
  void case13_aQuarterIsPortable() {
    LeaverStatement statement = leaving("bob", "2026-07-31").getStatement();

    assertThat(cents(statement.getTokensKept())).isEqualTo("15000.00");
    assertThat(cents(statement.getTokensForfeited())).isEqualTo("45000.00");
  }

  @Test
  void case13_theDayOfTheCliffCounts() {
    assertThat(vested("2026-01-14")).isEqualTo("0");
    assertThat(vested("2026-01-15")).isEqualTo("1200");
  }

  private static String vested(String lastDay) {
    return leaving("ada", lastDay).getStatement().getEquity(0).getVestedUnits().getValue();
  }

  /**
   * 90 days at 180,000 are 44,383.56 and 122 at 219,000 are 73,200.00. Of 24 months 18 are served,
   * on 15 July: 48,000 × 6 / 24. The second payment is lost, not owed. 500 of the options are
   * vested, at 25 − 10.
   */
  @Test
  void aRaiseIsASegmentAndAPaymentForJoiningGoesBackInPart() {
    LeaverStatement statement =
        suite.asHr().getLeaverStatement(request("carol").build()).getStatement();

    assertThat(statement.getLastDay()).as("the recorded one").isEqualTo(date("2026-07-31"));
    assertThat(statement.getEarnedBaseSegmentsList())
        .extracting(segment -> cents(segment.getLine()))
        .containsExactly("44383.56", "73200.00");
    assertThat(statement.getEarnedBaseSegments(1).getFirstDate()).isEqualTo(date("2026-04-01"));
    assertThat(cents(statement.getEarnedBase())).isEqualTo("117583.56");
    assertThat(statement.getClawbacksList())
        .extracting(line -> line.getLineId() + " " + cents(line))
        .containsExactly("leaver.CLAWBACK.first 12000.00", "leaver.CLAWBACK.second 0.00");
    assertThat(statement.getUnpaidSignOnsList())
        .extracting(line -> line.getLineId() + " " + cents(line))
        .containsExactly("leaver.SIGN_ON_FORFEITED.second 10000.00");
    assertThat(statement.getEquityList())
        .as("an assumed grant was never made")
        .extracting(grant -> grant.getGrantId() + " " + cents(grant.getKept()))
        .containsExactly("deep 7500.00");
    assertThat(cents(statement.getTokensKept())).isEqualTo("0.00");
    assertThat(statement.getLossesList()).as("without tokens nothing goes with them").isEmpty();
  }

  /** 180,000 × 212 / 365 × 10.5 is 1,097,753.4246…; through 104,547.95 it would be .48. */
  @Test
  void inAnotherCurrencyEachLineIsRoundedOnce() {
    LeaverStatement statement =
        suite
            .asHr()
            .getLeaverStatement(
                request("ada").setLastDay(date("2026-07-31")).setCurrencyCode("SEK").build())
            .getStatement();

    assertThat(cents(statement.getEarnedBase())).isEqualTo("1097753.42");
    assertThat(statement.getEarnedBaseSegments(0).getLine().getOriginalAmount().getUnits())
        .isEqualTo(104_547);
    assertThat(cents(statement.getTokensForfeited())).isEqualTo("630000.00");
  }

  @Test
  void whatCannotBeAnsweredHasItsReason() {
    assertThat(refused("nobody", "2026-07-31").reason()).isEqualTo("NOT_FOUND");
    Refusal early = refused("ada", "2024-12-31");
    assertThat(early.code()).isEqualTo(Code.FAILED_PRECONDITION);
    assertThat(early.reason()).isEqualTo("NOT_EMPLOYED");
    assertThat(early.metadata()).containsEntry("start_date", "2025-01-01");
    Refusal late = refused("carol", "2026-08-01");
    assertThat(late.reason()).isEqualTo("NOT_EMPLOYED");
    assertThat(late.metadata()).containsEntry("last_day", "2026-07-31");
    Refusal unpaid = refused("ada", "2025-01-10");
    assertThat(unpaid.reason()).as("employed, and without a package").isEqualTo("NOT_RECORDED");
    assertThat(unpaid.metadata()).containsEntry("field", "last_day");
    Refusal halfAYear = refused("dan", "2026-07-31");
    assertThat(halfAYear.reason()).isEqualTo("NOT_RECORDED");
    assertThat(halfAYear.message())
        .as("base of January and February is not left out in silence")
        .isEqualTo("no package of 'dan' is in effect on 2026-01-01");
    assertThat(
            Refusal.of(
                    () ->
                        suite
                            .asHr()
                            .getLeaverStatement(
                                request("ada")
                                    .setLastDay(date("2026-07-31"))
                                    .setCurrencyCode("CHF")
                                    .build()))
                .reason())
        .isEqualTo("FX_RATE_MISSING");
  }

  @Test
  void engineersSeeTheirOwnAndEveryLookIsWrittenDown() {
    BearerToken ada = suite.comp().engineer("ada");
    var _ = suite.as(ada).getLeaverStatement(request("ada").setLastDay(date("2026-07-31")).build());
    assertThat(Refusal.of(() -> suite.as(ada).getLeaverStatement(request("bob").build())).reason())
        .isEqualTo("NOT_OWN_DATA");
    assertThat(
            Refusal.of(
                    () ->
                        suite
                            .as(suite.comp().as("gateway", Role.GATEWAY))
                            .getLeaverStatement(request("ada").build()))
                .reason())
        .isEqualTo("ROLE_MISSING");

    List<String> entries =
        suite
            .comp()
            .database()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            """
                            select engineer || ' ' || what from access_log where caller = 'ada'
                            """)
                        .mapTo(String.class)
                        .list());
    assertThat(entries).containsExactly("ada LEAVER_STATEMENT");
  }

  private static GetLeaverStatementRequest.Builder request(String engineer) {
    return GetLeaverStatementRequest.newBuilder().setEngineer(engineer);
  }

  private static GetLeaverStatementResponse leaving(String engineer, String lastDay) {
    return suite.asHr().getLeaverStatement(request(engineer).setLastDay(date(lastDay)).build());
  }

  private static Refusal refused(String engineer, String lastDay) {
    return Refusal.of(() -> leaving(engineer, lastDay));
  }

  private static String cents(Figure figure) {
    assertThat(figure.hasLine()).as(figure.toString()).isTrue();
    return cents(figure.getLine());
  }

  private static String cents(StatementLine line) {
    Money money = line.getAmount();
    return BigDecimal.valueOf(money.getUnits())
        .add(BigDecimal.valueOf(money.getNanos(), 9))
        .setScale(2)
        .toPlainString();
  }
}
