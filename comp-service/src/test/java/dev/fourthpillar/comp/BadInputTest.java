package dev.fourthpillar.comp;

import static dev.fourthpillar.comp.Requests.date;
import static dev.fourthpillar.comp.Requests.decimal;
import static dev.fourthpillar.comp.Requests.end;
import static dev.fourthpillar.comp.Requests.engineer;
import static dev.fourthpillar.comp.Requests.get;
import static dev.fourthpillar.comp.Requests.money;
import static dev.fourthpillar.comp.Requests.put;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.type.Date;
import dev.fourthpillar.comp.v1.Base;
import dev.fourthpillar.comp.v1.CalculatePackageRequest;
import dev.fourthpillar.comp.v1.CompensationPackage;
import dev.fourthpillar.comp.v1.CompensationServiceGrpc;
import dev.fourthpillar.comp.v1.Engineer;
import dev.fourthpillar.comp.v1.EquityGrant;
import dev.fourthpillar.comp.v1.FxRate;
import dev.fourthpillar.comp.v1.GetFxRateRequest;
import dev.fourthpillar.comp.v1.PutFxRatesRequest;
import dev.fourthpillar.comp.v1.PutPackageRequest;
import dev.fourthpillar.comp.v1.SharePrice;
import dev.fourthpillar.comp.v1.TokenBudget;
import dev.fourthpillar.comp.v1.TokenPurchase;
import dev.fourthpillar.comp.v1.TokenQuantities;
import dev.fourthpillar.comp.v1.TokenQuantityLine;
import dev.fourthpillar.comp.v1.VestSchedule;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.BadInput;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad input as a table: input, reason, field, what is said of expected and actual. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/comp"})
class BadInputTest {
  private static CompServer server;

  @BeforeAll
  static void start(TestDatabase database) {
    server = CompServer.start(database);
    // Employed in Stockholm since 2024.
    var _ = server.people(server.hr()).putEngineer(put("ada-is", engineer("ada")));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<BadInput> refused() {
    return Stream.of(
        // People
        bad(
            "an unknown engineer is read",
            () -> server.people(server.hr()).getEngineer(get("nobody")),
            "NOT_FOUND",
            "resource=nobody",
            "nobody"),
        bad(
            "a country that is none",
            () -> person(engineer("bob").toBuilder().setCountry("QQ")),
            "INVALID_FIELDS",
            "engineer.country",
            "ISO 3166"),
        bad(
            "a currency that nobody is paid in",
            () -> person(engineer("bob").toBuilder().setCurrencyCode("XAU")),
            "INVALID_FIELDS",
            "engineer.currency_code",
            "XAU"),
        bad(
            "more than all of a working time",
            () -> person(engineer("bob").toBuilder().setFte(decimal("1.1"))),
            "INVALID_FIELDS",
            "engineer.fte",
            "1"),
        bad(
            "an unknown engineer's employment ends",
            () -> server.people(server.hr()).endEmployment(end("end-1", "nobody", "2026-06-30")),
            "NOT_FOUND",
            "resource=nobody",
            "nobody"),
        // Packages
        bad(
            "a package for an unknown engineer",
            () -> pack("nobody", "", base("1")),
            "NOT_FOUND",
            "resource=nobody",
            "nobody"),
        bad(
            "a negative base",
            () -> pack("ada", "", base("-1")),
            "INVALID_FIELDS",
            "package.base.amount",
            "-1.00 USD (expected: > 0)"),
        bad(
            "a base of zero",
            () -> pack("ada", "", base("0")),
            "INVALID_FIELDS",
            "package.base.amount",
            "0.00 USD (expected: > 0)"),
        bad(
            "a discount of more than everything",
            () ->
                pack(
                    "ada",
                    "",
                    base("1")
                        .setTokens(
                            TokenBudget.newBuilder()
                                .setAmount(money("1", "USD"))
                                .setPurchase(
                                    TokenPurchase.newBuilder()
                                        .setDiscountPercent(decimal("100.01"))))),
            "INVALID_FIELDS",
            "package.tokens.purchase.discount_percent",
            "100.01 % (expected: 0 % to 100 %)"),
        bad(
            "a budget of 1,001 percent",
            () ->
                pack(
                    "ada",
                    "",
                    base("1")
                        .setTokens(TokenBudget.newBuilder().setPercentOfBase(decimal("1001")))),
            "INVALID_FIELDS",
            "package.tokens.percent_of_base",
            "1001"),
        bad(
            "a budget beyond what money can hold",
            () ->
                pack(
                    "ada",
                    "",
                    base("1")
                        .setTokens(TokenBudget.newBuilder().setAmount(money("9223372037", "USD")))),
            "AMOUNT_OUT_OF_RANGE",
            "field=package.tokens.amount",
            "package.tokens.amount: 9223372037 USD"),
        bad(
            // 922,337,203,700.00 × 1 % are 9,223,372,037.00.
            "a percentage of base beyond what money can hold",
            () ->
                pack(
                    "ada",
                    "",
                    base("922337203700")
                        .setTokens(TokenBudget.newBuilder().setPercentOfBase(decimal("1")))),
            "AMOUNT_OUT_OF_RANGE",
            "field=package.tokens.percent_of_base",
            "package.tokens.percent_of_base: 9223372037 USD"),
        bad(
            // 100,000,000,000,000 × 1,000 % are a quadrillion, which is no amount at all.
            "a percentage of base beyond any amount",
            () ->
                pack(
                    "ada",
                    "",
                    base("100000000000000")
                        .setTokens(TokenBudget.newBuilder().setPercentOfBase(decimal("1000")))),
            "INVALID_FIELDS",
            "package.tokens.percent_of_base",
            "below 1000000000000000"),
        bad(
            "a vesting schedule of 99 percent",
            () -> pack("ada", "", base("1").addEquity(thirds())),
            "INVALID_FIELDS",
            "package.equity[0].schedule.yearly_percents",
            "99 % in total (expected: exactly 100 % in total)"),
        bad(
            "a meter that is none",
            () ->
                pack(
                    "ada",
                    "",
                    base("1").setTokens(TokenBudget.newBuilder().setQuantities(sighs()))),
            "INVALID_FIELDS",
            "package.tokens.quantities.lines[0].meter",
            "sighs"),
        bad(
            "a day that does not exist",
            () -> pack("ada", "", base("1").setStartDate(day(2026, 2, 30))),
            "INVALID_FIELDS",
            "package.start_date",
            "it is 2026-2-30"),
        bad(
            "a day beyond the calendar",
            () -> pack("ada", "", base("1").setStartDate(day(2999, 1, 1))),
            "INVALID_FIELDS",
            "package.start_date",
            "2999-01-01"),
        bad(
            "a package in effect before it starts",
            () -> pack("ada", "2025-12-31", base("1")),
            "INVALID_FIELDS",
            "effective_date",
            "2026-01-01"),
        bad(
            "a package before the employment",
            () -> pack("ada", "", base("1").setStartDate(date("2023-01-01"))),
            "NOT_EMPLOYED",
            "start_date=2024-01-01",
            "ada"),
        // Rates
        bad(
            "a missing rate",
            () ->
                server
                    .service()
                    .stub(CompensationServiceGrpc::newBlockingStub, server.hr())
                    .calculatePackage(
                        CalculatePackageRequest.newBuilder()
                            .setPackage(
                                base("1")
                                    .setTokens(
                                        TokenBudget.newBuilder().setAmount(money("1", "SEK"))))
                            .build()),
            "FX_RATE_MISSING",
            "source_currency=SEK",
            "USD"),
        bad(
            "a rate that was never published",
            () ->
                server
                    .market(server.finance())
                    .getFxRate(
                        GetFxRateRequest.newBuilder()
                            .setSourceCurrencyCode("USD")
                            .setTargetCurrencyCode("SEK")
                            .setDate(date("2026-03-02"))
                            .build()),
            "FX_RATE_MISSING",
            "date=2026-03-02",
            "SEK"),
        bad(
            "a rate of zero",
            () -> rates(List.of(quote("USD", "SEK", "0", "2026-03-02"))),
            "INVALID_FIELDS",
            "rates[0].rate",
            "must be above 0, with at most 18 digits before and 18 behind the point; it is 0"),
        bad(
            "a negative rate",
            () -> rates(List.of(quote("USD", "SEK", "-10.5", "2026-03-02"))),
            "INVALID_FIELDS",
            "rates[0].rate",
            "it is -10.5"),
        bad(
            "a rate of the far future",
            () -> rates(List.of(quote("USD", "SEK", "10.5", "2199-01-01"))),
            "INVALID_FIELDS",
            "rates[0].date",
            "2199-01-01"),
        bad(
            "a rate of a currency that is none",
            () -> rates(List.of(quote("ZZZ", "SEK", "10.5", "2026-03-02"))),
            "INVALID_FIELDS",
            "rates[0].source_currency_code",
            "ZZZ"),
        bad(
            "an oversized batch of rates",
            () -> rates(Collections.nCopies(1_001, quote("USD", "SEK", "10.5", "2026-03-02"))),
            "INVALID_FIELDS",
            "rates",
            "1000"));
  }

  @ParameterizedTest
  @MethodSource
  void refused(BadInput input) {
    assertThat(input.differences()).isEmpty();
  }

  private static BadInput bad(String what, Runnable call, String reason, String at, String says) {
    return new BadInput(what, call, reason, at, says);
  }

  private static void person(Engineer.Builder engineer) {
    var _ = server.people(server.hr()).putEngineer(put("bob-is", engineer.build()));
  }

  private static void pack(String engineer, String effective, CompensationPackage.Builder pack) {
    PutPackageRequest.Builder request =
        PutPackageRequest.newBuilder()
            // Each row has an id of its own: a refusal is an outcome, and stays one.
            .setRequestId(
                "pack-" + Integer.toHexString(pack.build().hashCode()) + engineer + effective)
            .setEngineer(engineer)
            .setPackage(pack);
    if (!effective.isEmpty()) {
      request.setEffectiveDate(date(effective));
    }
    var _ = server.packages(server.hr()).putPackage(request.build());
  }

  private static void rates(List<FxRate> rates) {
    var _ =
        server
            .market(server.finance())
            .putFxRates(
                PutFxRatesRequest.newBuilder()
                    .setRequestId("rates-" + Integer.toHexString(rates.hashCode()))
                    .addAllRates(rates)
                    .build());
  }

  private static CompensationPackage.Builder base(String amount) {
    return CompensationPackage.newBuilder()
        .setStartDate(date("2026-01-01"))
        .setBase(Base.newBuilder().setAmount(money(amount, "USD")));
  }

  private static EquityGrant thirds() {
    VestSchedule.Builder schedule =
        VestSchedule.newBuilder()
            .setStartDate(date("2026-01-01"))
            .setMonthsApart(12)
            .setInstallments(3);
    for (int year = 0; year < 3; year++) {
      schedule.addYearlyPercents(decimal("33"));
    }
    return EquityGrant.newBuilder()
        .setId("thirds")
        .setShares(100)
        .setPrice(SharePrice.newBuilder().setAmount(money("1", "USD")).setDate(date("2026-01-01")))
        .setGrantDate(date("2026-01-01"))
        .setSchedule(schedule)
        .build();
  }

  private static TokenQuantities sighs() {
    return TokenQuantities.newBuilder()
        .addLines(
            TokenQuantityLine.newBuilder()
                .setProvider("anthropic")
                .setModel("claude")
                .setMeter("sighs")
                .setQuantity(1))
        .setFaceValue(money("1", "USD"))
        .setValuationDate(date("2026-01-01"))
        .setPriceBook("seed")
        .build();
  }

  private static FxRate quote(String source, String target, String rate, String date) {
    return FxRate.newBuilder()
        .setSourceCurrencyCode(source)
        .setTargetCurrencyCode(target)
        .setRate(decimal(rate))
        .setDate(date(date))
        .setPublisher("ECB reference rate")
        .build();
  }

  private static Date day(int year, int month, int day) {
    return Date.newBuilder().setYear(year).setMonth(month).setDay(day).build();
  }
}
