package dev.fourthpillar.budget.told;

import com.google.protobuf.ByteString;
import com.google.type.Decimal;
import dev.fourthpillar.backbone.feed.FeedWriter;
import dev.fourthpillar.backbone.feed.NewEvent;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.budget.BudgetWorld;
import dev.fourthpillar.budget.gate.GateService;
import dev.fourthpillar.budget.person.PersonService;
import dev.fourthpillar.budget.pricing.PriceService;
import dev.fourthpillar.events.v1.CollectionGateChanged;
import dev.fourthpillar.events.v1.CollectionGateState;
import dev.fourthpillar.events.v1.EngineerChanged;
import dev.fourthpillar.events.v1.EngineerLeft;
import dev.fourthpillar.events.v1.EntitlementRecurrence;
import dev.fourthpillar.events.v1.EntitlementSegment;
import dev.fourthpillar.events.v1.FxRatePublished;
import dev.fourthpillar.events.v1.PriceBookActivated;
import dev.fourthpillar.events.v1.PriceBookRows;
import dev.fourthpillar.events.v1.QuantityEntitlement;
import dev.fourthpillar.events.v1.QuantityEntitlementLine;
import dev.fourthpillar.events.v1.TokenBudgetEntitled;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.TestService;
import dev.fourthpillar.type.v1.MeterQuantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The service listens to the feeds of the others, over the wire and with its own token. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/budget"})
final class FeedsTest {
  private static final String BOOK =
      """
      {"format": "fourthpillar.pricebook/1", "id": "list", "version": 1, "currency": "USD",
       "effectiveFrom": "2026-01-01T00:00:00Z", "source": "made for this test",
       "rows": [{"provider": "acme", "model": "nova-1", "source": "made for this test",
                 "prices": {"standard": {"0": {"input": "2", "output": "8"}}}}]}
      """;

  /**
   * One service stands for both others: whoever has a feed can tell anything. It tells of grace,
   * who is entitled to 10 million tokens in and 1 million out: 10 × 2 + 1 × 8 = 28 dollars, which
   * at 10 are 280 crowns, and of 3 dollars of usage.
   */
  @Test
  void whatIsToldByTheFeedsMakesABudgetAndIsPaidFromIt(TestDatabase database) throws IOException {
    Path key = Files.createTempDirectory("issuer").resolve("issuer.jwks");
    Map<String, Object> trust = Map.of(TestService.KEY_FILE, key.toString());
    try (TestService others = TestService.start(database.another(), trust)) {
      tell(
          others,
          NewEvent.of("grace", 1, grace()),
          NewEvent.of("grace", 2, entitlement()),
          NewEvent.of("list-1", 0, rows()),
          NewEvent.of("list-1", 0, activation()),
          NewEvent.of("USD/SEK", 1, rate()),
          NewEvent.of("SE", 1, gate()),
          NewEvent.of("lou", 1, grace().toBuilder().setEngineer("lou").build()),
          NewEvent.of(
              "lou",
              2,
              EngineerLeft.newBuilder()
                  .setEngineer("lou")
                  .setLastDay(BudgetWorld.day("2026-02-01"))
                  .build()),
          NewEvent.of(
              "grace",
              1,
              BudgetWorld.settled("grace", 1, BudgetWorld.line("2026-02-01T10:00:00Z", "3"))));
      String there = "127.0.0.1:" + port(others);
      try (BudgetWorld world =
          BudgetWorld.at(
              database.another(),
              "2026-03-01T12:00:00Z",
              Map.of(
                  TestService.KEY_FILE,
                  key.toString(),
                  "fourthpillar.peers.comp",
                  there,
                  "fourthpillar.peers.usage",
                  there))) {
        world.awaitAvailable("grace", "SEK", "250");
        Awaitility.await()
            .atMost(BudgetWorld.PATIENCE)
            .until(() -> lastDay(world, "lou").equals(Optional.of(LocalDate.of(2026, 2, 1))));

        Transactions transactions = world.server().bean(Transactions.class);
        GateService gates = world.server().bean(GateService.class);
        Awaitility.await()
            .atMost(BudgetWorld.PATIENCE)
            .until(
                () ->
                    transactions.run(
                        handle ->
                            gates.isOpen(handle, "SE", Instant.parse("2026-03-01T00:00:00Z"))));
        Awaitility.await()
            .atMost(BudgetWorld.PATIENCE)
            .until(
                () ->
                    world
                        .server()
                        .bean(PriceService.class)
                        .table()
                        .at(Instant.parse("2026-03-01T00:00:00Z"))
                        .isPresent());
      }
    }
  }

  private static Optional<LocalDate> lastDay(BudgetWorld world, String engineer) {
    return world
        .server()
        .bean(Transactions.class)
        .run(handle -> world.server().bean(PersonService.class).find(handle, engineer))
        .flatMap(person -> person.employment().lastDay());
  }

  private static void tell(TestService others, NewEvent... events) {
    var _ =
        others
            .bean(Transactions.class)
            .run(
                handle -> {
                  others.bean(FeedWriter.class).append(handle, List.of(events));
                  return true;
                });
  }

  private static int port(TestService server) {
    return server.bean(io.micronaut.grpc.server.GrpcEmbeddedServer.class).getPort();
  }

  private static EngineerChanged grace() {
    return EngineerChanged.newBuilder()
        .setEngineer("grace")
        .setCountry("SE")
        .setTimeZone("Europe/Stockholm")
        .setCurrencyCode("SEK")
        .setStartDate(BudgetWorld.day("2020-01-01"))
        .build();
  }

  private static TokenBudgetEntitled entitlement() {
    return TokenBudgetEntitled.newBuilder()
        .setEngineer("grace")
        .addSegments(
            EntitlementSegment.newBuilder()
                .setSegmentId("q")
                .setEffectiveFrom(BudgetWorld.day("2020-01-01"))
                .setRecurrence(EntitlementRecurrence.ENTITLEMENT_RECURRENCE_ANNUAL)
                .setQuantities(
                    QuantityEntitlement.newBuilder()
                        .addLines(quantity("input", 10_000_000))
                        .addLines(quantity("output", 1_000_000))))
        .build();
  }

  private static QuantityEntitlementLine quantity(String meter, long count) {
    return QuantityEntitlementLine.newBuilder()
        .setProvider("acme")
        .setModel("nova-1")
        .setQuantity(MeterQuantity.newBuilder().setMeter(meter).setQuantity(count))
        .build();
  }

  private static PriceBookRows rows() {
    return PriceBookRows.newBuilder()
        .setBookId("list-1")
        .setChunk(1)
        .setListBookJson(ByteString.copyFromUtf8(BOOK))
        .build();
  }

  private static PriceBookActivated activation() {
    return PriceBookActivated.newBuilder()
        .setBookId("list-1")
        .setCurrencyCode("USD")
        .setEffectiveTime(BudgetWorld.time("2026-01-01T00:00:00Z"))
        .setChunkCount(1)
        .setEmployerDiscount(decimal("0.4"))
        .build();
  }

  private static FxRatePublished rate() {
    return FxRatePublished.newBuilder()
        .setFxRateId("usd-sek-2026-02-01")
        .setSourceCurrencyCode("USD")
        .setTargetCurrencyCode("SEK")
        .setRate(decimal("10"))
        .setDate(BudgetWorld.day("2026-02-01"))
        .build();
  }

  private static CollectionGateChanged gate() {
    return CollectionGateChanged.newBuilder()
        .setCountry("SE")
        .setState(CollectionGateState.COLLECTION_GATE_STATE_OPEN)
        .setSince(BudgetWorld.time("2026-01-01T00:00:00Z"))
        .build();
  }

  private static Decimal decimal(String value) {
    return Decimal.newBuilder().setValue(value).build();
  }
}
