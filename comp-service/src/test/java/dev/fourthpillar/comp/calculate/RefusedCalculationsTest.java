package dev.fourthpillar.comp.calculate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.comp.v1.CalculatePackageRequest;
import dev.fourthpillar.comp.v1.CompensationServiceGrpc;
import dev.fourthpillar.comp.v1.CompensationServiceGrpc.CompensationServiceBlockingStub;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.TestService;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is wrong is named by the field the caller wrote, all of it at once. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/comp"})
class RefusedCalculationsTest {
  private static TestService service;
  private static CompensationServiceBlockingStub compensation;

  @BeforeAll
  static void start(TestDatabase database) {
    service = TestService.start(database);
    compensation =
        service.stub(CompensationServiceGrpc::newBlockingStub, service.as("offer-tool", Role.HR));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void everythingThatIsWrongIsNamedAtOnce() {
    List<Any> details =
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

    assertThat(fields(details))
        .containsKeys(
            "package.base.amount",
            "package.base.growth_percent",
            "package.equity[0].schedule.yearly_percents",
            "package.tokens.purchase.discount_percent");
    assertThat(fields(details).get("package.base.amount")).contains("-1.00 USD", "> 0");
    assertThat(fields(details).get("package.equity[0].schedule.yearly_percents"))
        .contains("99 % in total", "exactly 100 %");
  }

  @Test
  void aDayThatDoesNotExistAndANumberThatIsNone() {
    List<Any> details =
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

    assertThat(fields(details))
        .containsOnlyKeys("package.start_date", "package.base.growth_percent.value");
  }

  @Test
  void currenciesWithoutARateAreNeverOneToOne() throws InvalidProtocolBufferException {
    List<Any> details =
        refused(
            """
            package {
              start_date { year: 2026 month: 1 day: 1 }
              base { amount { currency_code: 'SEK' units: 720000 } }
              tokens { amount { currency_code: 'USD' units: 75000 } }
            }
            """);

    ErrorInfo info = details.getFirst().unpack(ErrorInfo.class);
    assertThat(info.getReason()).isEqualTo("FX_RATE_MISSING");
    assertThat(info.getMetadataMap())
        .containsAllEntriesOf(
            Map.of("source_currency", "USD", "target_currency", "SEK", "date", "2026-01-01"));
  }

  private static List<Any> refused(String request) {
    StatusRuntimeException refusal =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                compensation.calculatePackage(
                    CalculatedCasesTest.parsed(request, CalculatePackageRequest.newBuilder())
                        .build()));
    return StatusProto.fromThrowable(refusal).getDetailsList();
  }

  private static Map<String, String> fields(List<Any> details) {
    Map<String, String> fields = new TreeMap<>();
    for (Any detail : details) {
      if (detail.is(BadRequest.class)) {
        try {
          detail
              .unpack(BadRequest.class)
              .getFieldViolationsList()
              .forEach(violation -> fields.put(violation.getField(), violation.getDescription()));
        } catch (InvalidProtocolBufferException e) {
          throw new AssertionError(e);
        }
      }
    }
    return fields;
  }
}
