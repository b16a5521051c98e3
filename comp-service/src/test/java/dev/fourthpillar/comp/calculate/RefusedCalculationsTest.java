package dev.fourthpillar.comp.calculate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.BadRequest.FieldViolation;
import dev.fourthpillar.comp.v1.CalculatePackageRequest;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.Refusal;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is wrong is named by the field the caller wrote, all of it at once. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/comp"})
class RefusedCalculationsTest {
  private static OfferTool tool;

  @BeforeAll
  static void start(TestDatabase database) {
    tool = OfferTool.start(database);
  }

  @AfterAll
  static void stop() {
    tool.close();
  }

  @Test
  void everythingThatIsWrongIsNamedAtOnce() {
    Refusal refusal =
        refused(
            """
            package {
              start_date { year: 2026 month: 1 day: 1 }
              base {
                amount { currency_code: 'USD' units: -1 }
                growth_percent { value: '101' }
              }
              sign_ons {
                id: 'late'
                amount { currency_code: 'USD' units: 1 }
                clawback { months: 12 }
              }
              equity {
                id: 'thirds'
                shares: 100
                price {
                  amount { currency_code: 'USD' units: 1 }
                  date { year: 2026 month: 1 day: 1 }
                }
                grant_date { year: 2026 month: 1 day: 1 }
                schedule {
                  start_date { year: 2026 month: 1 day: 1 }
                  months_apart: 12
                  installments: 3
                  yearly_percents { value: '33' }
                  yearly_percents { value: '33' }
                  yearly_percents { value: '33' }
                }
              }
              tokens {
                amount { currency_code: 'USD' units: 1 }
                purchase { discount_percent { value: '140' } }
              }
            }
            """);

    assertThat(fields(refusal))
        .containsKeys(
            "package.base.amount",
            "package.base.growth_percent",
            "package.equity[0].schedule.yearly_percents",
            "package.tokens.purchase.discount_percent");
    assertThat(fields(refusal).get("package.base.amount")).contains("-1.00 USD", "> 0");
    assertThat(fields(refusal).get("package.equity[0].schedule.yearly_percents"))
        .contains("99 % in total", "exactly 100 %");
  }

  @Test
  void aDayThatDoesNotExistAndANumberThatIsNone() {
    Refusal refusal =
        refused(
            """
            package {
              start_date { year: 2026 month: 2 day: 30 }
              base {
                amount { currency_code: 'USD' units: 1 }
                growth_percent { value: '1e9' }
              }
            }
            """);

    assertThat(fields(refusal))
        .containsOnlyKeys("package.start_date", "package.base.growth_percent.value");
  }

  @Test
  void currenciesWithoutARateAreNeverOneToOne() {
    Refusal refusal =
        refused(
            """
            package {
              start_date { year: 2026 month: 1 day: 1 }
              base { amount { currency_code: 'SEK' units: 720000 } }
              tokens { amount { currency_code: 'USD' units: 75000 } }
            }
            """);

    assertThat(refusal.reason()).isEqualTo("FX_RATE_MISSING");
    assertThat(refusal.metadata())
        .containsAllEntriesOf(
            Map.of("source_currency", "USD", "target_currency", "SEK", "date", "2026-01-01"));
  }

  private static Refusal refused(String request) {
    return Refusal.of(
        () ->
            tool.compensation()
                .calculatePackage(
                    OfferTool.parsed(request, CalculatePackageRequest.newBuilder()).build()));
  }

  private static Map<String, String> fields(Refusal refusal) {
    return refusal.violations().stream()
        .collect(
            Collectors.toMap(
                FieldViolation::getField, FieldViolation::getDescription, (_, last) -> last));
  }
}
