package dev.fourthpillar.comp.payroll;

import static dev.fourthpillar.comp.personal.CompSuite.date;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.TextFormat;
import com.google.protobuf.Timestamp;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.comp.personal.CompSuite;
import dev.fourthpillar.comp.v1.EmployerCost;
import dev.fourthpillar.comp.v1.GetEmployerCostRequest;
import dev.fourthpillar.comp.v1.GetPayrollChargesRequest;
import dev.fourthpillar.comp.v1.PayrollCharge;
import dev.fourthpillar.comp.v1.PutPayrollChargesRequest;
import dev.fourthpillar.comp.v1.PutPayrollChargesResponse;
import dev.fourthpillar.comp.v1.RuleServiceGrpc;
import dev.fourthpillar.comp.v1.RuleServiceGrpc.RuleServiceBlockingStub;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.Refusal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What employers pay on pay: sets that replace each other, by day and by when they are known. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/comp"})
final class PayrollChargesTest {
  private static CompSuite suite;

  @BeforeAll
  static void start(TestDatabase database) {
    suite = CompSuite.start(database);
  }

  @AfterAll
  static void stop() {
    suite.close();
  }

  @Test
  void whatIsSeededIsThere() {
    assertThat(rules("US", "2026-06-30")).containsExactly("US.FUTA", "US.MEDICARE", "US.OASDI");
    assertThat(rules("US", "2025-12-31")).isEmpty();
    // 31.42 % is no number of 2026.
    assertThat(rules("SE", "2025-12-31")).containsExactly("SE.EMPLOYER_CONTRIBUTIONS");
    assertThat(rules("SE", "2008-12-31")).isEmpty();
  }

  @Test
  void aSetReplacesTheOneBeforeFromItsDayOnAndARuleItDoesNotNameIsGone() {
    put("no-1", "NO", charge("NO.A", "14.1", "2026-01-01"), charge("NO.B", "5", "2026-01-01"));
    put("no-2", "NO", charge("NO.A", "15", "2026-07-01"));

    assertThat(rules("NO", "2025-12-31")).isEmpty();
    assertThat(rules("NO", "2026-06-30")).containsExactly("NO.A", "NO.B");
    assertThat(rules("NO", "2026-07-01")).containsExactly("NO.A");
    assertThat(charges("NO", "2026-07-01", Optional.empty()).getFirst())
        .isEqualTo(charge("NO.A", "15", "2026-07-01"));
  }

  @Test
  void aCorrectionCountsFromWhenItIsKnownAndWhatWasKnownBeforeStillIs() {
    var known = put("dk-1", "DK", charge("DK.A", "1", "2026-01-01")).getRecordTime();
    put("dk-2", "DK", charge("DK.C", "2", "2026-01-01"));

    assertThat(rules("DK", "2026-06-30")).containsExactly("DK.C");
    assertThat(charges("DK", "2026-06-30", Optional.of(known)))
        .extracting(PayrollCharge::getRuleId)
        .containsExactly("DK.A");
  }

  /** 4,800 shares at 25 over 4 years are 30,000 a year; 10 % of 100,000 and of those. */
  @Test
  void vestsAreChargedWhereTheRowSaysSoAndOptionsAreNot() {
    put(
        "fi-1",
        "FI",
        charge("FI.CASH", "10", "2026-01-01"),
        charge("FI.VESTS", "10", "2026-01-01").toBuilder().setIncludesVests(true).build());
    suite.person("aino", "Aino", "FI", "Europe/Helsinki", "EUR");
    var grant =
        """
        equity {
          id: '%s'
          shares: 4800
          price { amount { currency_code: 'EUR' units: 25 } date { year: 2026 month: 1 day: 1 } }
          grant_date { year: 2026 month: 1 day: 1 }
          schedule {
            start_date { year: 2026 month: 1 day: 1 }
            months_apart: 1
            installments: 48
          }
          %s
        }
        """;
    suite.pack(
        "aino",
        "2026-01-01",
        """
        start_date { year: 2026 month: 1 day: 1 }
        base { amount { currency_code: 'EUR' units: 100000 } }
        """
            + grant.formatted("shares", "")
            + grant.formatted(
                "options",
                """
                option {
                  strike { currency_code: 'EUR' units: 5 }
                  expiry_date { year: 2035 month: 1 day: 1 }
                }
                """));

    EmployerCost cost =
        suite
            .asHr()
            .getEmployerCost(
                GetEmployerCostRequest.newBuilder()
                    .setEngineer("aino")
                    .setAsOfDate(date("2026-06-30"))
                    .build())
            .getEmployerCost();
    assertThat(cost.getChargesList())
        .extracting(one -> one.getRuleId() + " " + one.getAmount().getLine().getAmount().getUnits())
        .containsExactly("FI.CASH 10000", "FI.VESTS 13000");
  }

  @Test
  void whatCannotBeASetIsRefused() {
    assertThat(
            fields(
                request("x", charge("A", "1", "2026-01-01"), charge("A", "1", "2026-01-02"))
                    .setCountry("XX")))
        .isEqualTo("charges[1].effective_date, charges[1].rule_id, country");
    assertThat(fields(request("x"))).isEqualTo("charges");
    assertThat(fields(request("x", charge("A", "101", "2026-01-01"))))
        .isEqualTo("charges[0].rate_percent");
    put("twice", "IS", charge("IS.A", "1", "2026-01-01"));
    assertThat(Refusal.of(() -> put("twice", "IS", charge("IS.A", "2", "2026-01-01"))).reason())
        .isEqualTo("ID_REUSED");
    for (Role role : List.of(Role.HR, Role.ENGINEER, Role.SERVICE)) {
      assertThat(
              Refusal.of(
                      () ->
                          rules(role)
                              .putPayrollCharges(
                                  request("no", charge("A", "1", "2026-01-01")).build()))
                  .reason())
          .isEqualTo("ROLE_MISSING");
    }
  }

  private static String fields(PutPayrollChargesRequest.Builder request) {
    return Refusal.of(() -> rules(Role.FINANCE).putPayrollCharges(request.build()))
        .violatedFields();
  }

  private static PutPayrollChargesResponse put(
      String requestId, String country, PayrollCharge... charges) {
    return rules(Role.OPERATOR)
        .putPayrollCharges(request(requestId, charges).setCountry(country).build());
  }

  private static PutPayrollChargesRequest.Builder request(
      String requestId, PayrollCharge... charges) {
    return PutPayrollChargesRequest.newBuilder()
        .setRequestId(requestId)
        .setCountry("NO")
        .addAllCharges(List.of(charges));
  }

  private static List<String> rules(String country, String day) {
    return charges(country, day, Optional.empty()).stream().map(PayrollCharge::getRuleId).toList();
  }

  private static List<PayrollCharge> charges(
      String country, String day, Optional<Timestamp> knownAt) {
    var request = GetPayrollChargesRequest.newBuilder().setCountry(country).setAsOfDate(date(day));
    knownAt.ifPresent(request::setKnownAt);
    return rules(Role.HR).getPayrollCharges(request.build()).getChargesList();
  }

  private static RuleServiceBlockingStub rules(Role role) {
    return suite
        .comp()
        .stub(RuleServiceGrpc::newBlockingStub, suite.comp().as("tool-" + role, role));
  }

  private static PayrollCharge charge(String rule, String percent, String from) {
    try {
      return TextFormat.parse(
              """
          rule_id: '%s'
          rate_percent { value: '%s' }
          basis: CHARGE_BASIS_CASH
          citation: 'a law'
          last_verified_date { year: 2026 month: 11 day: 20 }
          confidence: RULE_CONFIDENCE_HIGH
          """
                  .formatted(rule, percent),
              PayrollCharge.class)
          .toBuilder()
          .setEffectiveDate(date(from))
          .build();
    } catch (TextFormat.ParseException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
