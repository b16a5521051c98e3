package dev.fourthpillar.comp.fxrate;

import static dev.fourthpillar.comp.CompServer.names;
import static dev.fourthpillar.comp.CompServer.payload;
import static dev.fourthpillar.comp.Requests.date;
import static dev.fourthpillar.comp.Requests.decimal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.comp.CompServer;
import dev.fourthpillar.comp.fx.FxQuote;
import dev.fourthpillar.comp.v1.FxRate;
import dev.fourthpillar.comp.v1.GetFxRateRequest;
import dev.fourthpillar.comp.v1.GetFxRateResponse;
import dev.fourthpillar.comp.v1.PutFxRatesRequest;
import dev.fourthpillar.events.v1.FxRatePublished;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.Refusal;
import io.grpc.Status.Code;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Exchange rates over the wire: published, corrected, found for a day. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/comp"})
final class FxRatesTest {
  private static CompServer server;

  @BeforeAll
  static void start(TestDatabase database) {
    server = CompServer.start(database);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aQuoteIsRecordedFoundAndTold() {
    FxRate recorded = put("aud-1", quote("AUD", "SEK", "6.840", "2026-03-02")).getFirst();

    assertThat(recorded.toBuilder().clearFxRateId().clearRecordTime().build())
        .isEqualTo(quote("AUD", "SEK", "6.84", "2026-03-02"));
    assertThat(recorded.getFxRateId()).hasSize(36);
    assertThat(recorded.hasRecordTime()).isTrue();
    assertThat(find("AUD", "SEK", "2026-03-02"))
        .isEqualTo(GetFxRateResponse.newBuilder().setRate(recorded).build());
    var heard = server.heard("AUD/SEK", 1);
    assertThat(names(heard)).containsExactly("FxRatePublished@1");
    assertThat(payload(heard.getFirst(), FxRatePublished.class))
        .isEqualTo(
            FxRatePublished.newBuilder()
                .setFxRateId(recorded.getFxRateId())
                .setSourceCurrencyCode("AUD")
                .setTargetCurrencyCode("SEK")
                .setRate(decimal("6.84"))
                .setDate(date("2026-03-02"))
                .setSource("ECB reference rate")
                .build());
  }

  @Test
  void aCorrectionIsAnotherQuoteAndTheLatestCounts() {
    FxRate first = put("chf-1", quote("CHF", "SEK", "11.9", "2026-03-02")).getFirst();
    FxRate same = put("chf-2", quote("CHF", "SEK", "11.90", "2026-03-02")).getFirst();
    FxRate corrected = put("chf-3", quote("CHF", "SEK", "11.8", "2026-03-02")).getFirst();
    assertThat(put("chf-1", quote("CHF", "SEK", "11.9", "2026-03-02")).getFirst())
        .as("the first request again")
        .isEqualTo(first);

    assertThat(same).as("no news").isEqualTo(first);
    assertThat(corrected.getFxRateId()).isNotEqualTo(first.getFxRateId());
    assertThat(find("CHF", "SEK", "2026-03-02").getRate()).isEqualTo(corrected);
    FxRate other =
        put(
                "chf-4",
                quote("CHF", "SEK", "11.7", "2026-03-02").toBuilder()
                    .setPublisher("a bank")
                    .build())
            .getFirst();
    assertThat(find("CHF", "SEK", "2026-03-02").getRate()).as("another publisher").isEqualTo(other);
    assertThat(names(server.heard("CHF/SEK", 3)))
        .containsExactly("FxRatePublished@1", "FxRatePublished@2", "FxRatePublished@3");
  }

  @Test
  void aDayUsesTheLatestQuoteOfAtMostSevenDaysBefore() {
    FxRate second =
        put(
                "eur-1",
                quote("EUR", "SEK", "11.1", "2026-03-01"),
                quote("EUR", "SEK", "11.2", "2026-03-03"))
            .getLast();

    assertThat(find("EUR", "SEK", "2026-03-02").getRate().getRate()).isEqualTo(decimal("11.1"));
    assertThat(find("EUR", "SEK", "2026-03-03").getRate()).isEqualTo(second);
    assertThat(find("EUR", "SEK", "2026-03-10").getRate()).as("7 days old").isEqualTo(second);
    Refusal tooOld = Refusal.of(() -> find("EUR", "SEK", "2026-03-11"));
    assertThat(tooOld.code()).isEqualTo(Code.FAILED_PRECONDITION);
    assertThat(tooOld.reason()).isEqualTo("FX_RATE_MISSING");
    assertThat(tooOld.metadata())
        .isEqualTo(
            Map.of("source_currency", "EUR", "target_currency", "SEK", "date", "2026-03-11"));
    assertThat(Refusal.of(() -> find("EUR", "SEK", "2026-02-28")).reason())
        .as("nothing from the future")
        .isEqualTo("FX_RATE_MISSING");
    assertThat(Refusal.of(() -> find("EUR", "USD", "2026-03-03")).reason())
        .as("never through a third currency")
        .isEqualTo("FX_RATE_MISSING");
  }

  @Test
  void theOppositeQuoteServesOnlyWhereThereIsNoDirectOne() {
    FxRate opposite = put("gbp-1", quote("GBP", "USD", "1.25", "2026-03-05")).getFirst();
    GetFxRateResponse inverse = find("USD", "GBP", "2026-03-06");
    assertThat(inverse.getInverse()).isTrue();
    assertThat(inverse.getRate()).isEqualTo(opposite);

    FxRate direct = put("gbp-2", quote("USD", "GBP", "0.79", "2026-03-01")).getFirst();
    GetFxRateResponse found = find("USD", "GBP", "2026-03-06");
    assertThat(found.getInverse()).isFalse();
    assertThat(found.getRate()).as("older, and of the direction").isEqualTo(direct);
  }

  @Test
  void aStatementGetsWhatCountsOnItsDay() {
    put(
        "nok-1",
        quote("NOK", "DKK", "0.64", "2026-03-01"),
        quote("NOK", "DKK", "0.65", "2026-03-02"),
        quote("NOK", "DKK", "0.66", "2026-03-09"),
        quote("CAD", "NOK", "7.7", "2026-02-23"),
        quote("CAD", "NOK", "7.6", "2026-02-22"));
    put("nok-2", quote("NOK", "DKK", "0.655", "2026-03-02"));

    var table =
        server
            .database()
            .withHandle(
                handle ->
                    server
                        .service()
                        .bean(FxRateRepository.class)
                        .table(handle, LocalDate.of(2026, 3, 2), Currency.getInstance("NOK")));

    assertThat(table.quotes())
        .extracting(FxQuote::from, FxQuote::to, quote -> quote.rate().toPlainString())
        .containsExactly(
            tuple(Currency.getInstance("CAD"), Currency.getInstance("NOK"), "7.7"),
            tuple(Currency.getInstance("NOK"), Currency.getInstance("DKK"), "0.655"));
  }

  @Test
  void allOrNoneAndEverythingThatIsWrongIsNamed() {
    String tomorrow = LocalDate.now(ZoneOffset.UTC).plusDays(2).toString();
    Refusal refusal =
        Refusal.of(
            () ->
                put(
                    "bad-1",
                    quote("JPY", "SEK", "0.07", "2026-03-02"),
                    quote("JPY", "JPY", "1", "2026-03-02"),
                    quote("ZZZ", "SEK", "1", "2026-03-02"),
                    quote("XAU", "SEK", "1", "2026-03-02"),
                    quote("JPY", "SEK", "0", "2026-03-03"),
                    quote("JPY", "SEK", "1" + "0".repeat(18), "2026-03-04"),
                    quote("JPY", "SEK", "0." + "0".repeat(18) + "1", "2026-03-05"),
                    quote("JPY", "SEK", "0.08", "2026-03-02"),
                    quote("JPY", "SEK", "0.08", "1949-12-31")));

    assertThat(refusal.code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(refusal.violatedFields())
        .isEqualTo(
            "rates[1].target_currency_code, rates[2].source_currency_code,"
                + " rates[3].source_currency_code, rates[4].rate, rates[5].rate, rates[6].rate,"
                + " rates[7], rates[8].date");
    Refusal future =
        Refusal.of(
            () ->
                put(
                    "bad-2",
                    quote("JPY", "SEK", "0.07", "2026-03-02"),
                    quote("JPY", "SEK", "0.07", tomorrow)));
    assertThat(future.violatedFields()).isEqualTo("rates[1].date");
    assertThat(Refusal.of(() -> find("JPY", "SEK", "2026-03-02")).reason())
        .as("none of them")
        .isEqualTo("FX_RATE_MISSING");
    assertThat(Refusal.of(() -> find("JPY", "JPY", "2026-03-02")).violatedFields())
        .isEqualTo("target_currency_code");
  }

  @Test
  void theWidestRateStaysExact() {
    String widest = "9".repeat(18) + "." + "9".repeat(18);
    put("huf-1", quote("HUF", "SEK", widest, "2026-03-02"));

    assertThat(find("HUF", "SEK", "2026-03-02").getRate().getRate()).isEqualTo(decimal(widest));
  }

  @Test
  void theSameIdForAnotherRateIsRefused() {
    put("pln-1", quote("PLN", "SEK", "2.6", "2026-03-02"));

    Refusal refusal = Refusal.of(() -> put("pln-1", quote("PLN", "SEK", "2.7", "2026-03-02")));

    assertThat(refusal.reason()).isEqualTo("ID_REUSED");
    assertThat(refusal.metadata()).containsEntry("different_fields", "rates");
  }

  @Test
  void manyPublishersAtOnceKeepOneOrder() throws Exception {
    List<Callable<List<FxRate>>> calls = new ArrayList<>();
    for (int i = 1; i <= 12; i++) {
      String rate = "0." + (100 + i);
      String id = "idr-" + i;
      boolean turned = i % 2 == 0;
      calls.add(
          () ->
              turned
                  ? put(
                      id,
                      quote("IDR", "SEK", rate, "2026-03-02"),
                      quote("INR", "SEK", rate, "2026-03-02"))
                  : put(
                      id,
                      quote("INR", "SEK", rate, "2026-03-02"),
                      quote("IDR", "SEK", rate, "2026-03-02")));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var call : threads.invokeAll(calls)) {
        call.get();
      }
    }

    for (String source : List.of("IDR", "INR")) {
      var heard = server.heard(source + "/SEK", 12);
      assertThat(heard)
          .extracting(event -> event.getVersion())
          .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
      assertThat(payload(heard.getLast(), FxRatePublished.class).getRate())
          .isEqualTo(find(source, "SEK", "2026-03-02").getRate().getRate());
    }
  }

  @Test
  void aThousandQuotesAreOneRequest() {
    FxRate[] quotes = new FxRate[1000];
    for (int i = 0; i < quotes.length; i++) {
      quotes[i] = quote("CZK", "SEK", "0.4", LocalDate.of(2020, 1, 1).plusDays(i).toString());
    }

    assertThat(put("czk-1", quotes)).hasSize(1000);
    assertThat(server.heard("CZK/SEK", 1000)).hasSize(1000);
  }

  @Test
  void whoMayPublishAndWhoMayRead() {
    put("thb-1", quote("THB", "SEK", "0.3", "2026-03-02"));
    GetFxRateRequest request = request("THB", "SEK", "2026-03-02");

    for (Role role : List.of(Role.FINANCE, Role.HR, Role.AUDITOR, Role.SERVICE)) {
      assertThat(server.market(server.as(role)).getFxRate(request).hasRate()).isTrue();
    }
    assertThat(Refusal.of(() -> server.market(server.engineer("ada")).getFxRate(request)).reason())
        .isEqualTo("ROLE_MISSING");
    assertThat(
            Refusal.of(
                    () ->
                        server
                            .market(server.hr())
                            .putFxRates(
                                PutFxRatesRequest.newBuilder()
                                    .setRequestId("thb-2")
                                    .addRates(quote("THB", "SEK", "0.3", "2026-03-02"))
                                    .build()))
                .reason())
        .isEqualTo("ROLE_MISSING");
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

  private static List<FxRate> put(String requestId, FxRate... rates) {
    return server
        .market(server.finance())
        .putFxRates(
            PutFxRatesRequest.newBuilder()
                .setRequestId(requestId)
                .addAllRates(List.of(rates))
                .build())
        .getRatesList();
  }

  private static GetFxRateRequest request(String source, String target, String date) {
    return GetFxRateRequest.newBuilder()
        .setSourceCurrencyCode(source)
        .setTargetCurrencyCode(target)
        .setDate(date(date))
        .build();
  }

  private static GetFxRateResponse find(String source, String target, String date) {
    return server.market(server.finance()).getFxRate(request(source, target, date));
  }
}
