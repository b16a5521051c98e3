package dev.fourthpillar.budget;

import static dev.fourthpillar.budget.BudgetWorld.money;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.type.Money;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.budget.v1.BalanceServiceGrpc;
import dev.fourthpillar.budget.v1.CallEstimate;
import dev.fourthpillar.budget.v1.CallReport;
import dev.fourthpillar.budget.v1.EnforcementServiceGrpc.EnforcementServiceBlockingStub;
import dev.fourthpillar.budget.v1.GetBalanceRequest;
import dev.fourthpillar.budget.v1.QuoteCallRequest;
import dev.fourthpillar.budget.v1.ReserveRequest;
import dev.fourthpillar.budget.v1.SettleRequest;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.BadInput;
import dev.fourthpillar.type.v1.MeterQuantity;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad input as a table: input, reason, field, what is said of expected and actual. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/budget"})
class BadInputTest {
  private static final AtomicInteger HOLDS = new AtomicInteger();

  private static BudgetWorld world;
  private static EnforcementServiceBlockingStub gateway;

  /** Ada has 100 dollars for the year; Lena works where the collection gate is closed. */
  @BeforeAll
  static void start(TestDatabase database) {
    world =
        BudgetWorld.at(
            database, "2026-03-02T12:00:00Z", Map.of("fourthpillar.enforcement.facts-ttl", "0s"));
    gateway = world.gateway();
    world.engineer("ada", "USD", "US", "UTC", "2020-01-01", Instant.EPOCH.toString());
    world.entitled("ada", BudgetWorld.annual("a", "2026-01-01", "", "USD", "100"));
    world.awaitAvailable("ada", "USD", "100");
    world.engineer("lena", "EUR", "DE", "Europe/Berlin", "2020-01-01", Instant.EPOCH.toString());
    world.entitled("lena", BudgetWorld.annual("a", "2026-01-01", "", "EUR", "100"));
    world.awaitAvailable("lena", "EUR", "100");
    var _ = gateway.reserve(reserve("ada", money("USD", "1")).setHoldId("held").build());
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  static Stream<BadInput> refused() {
    return Stream.of(
        bad(
            "an unknown engineer",
            () -> reserve(reserve("nobody", money("USD", "1"))),
            "NOT_FOUND",
            "resource=nobody",
            "nobody"),
        bad(
            "no engineer",
            () -> reserve(reserve("", money("USD", "1"))),
            "INVALID_FIELDS",
            "engineer",
            "1 character"),
        bad(
            "neither an amount nor a call",
            () -> reserve(reserve("ada", money("USD", "1")).clearAmount()),
            "INVALID_FIELDS",
            "cost",
            "required"),
        bad(
            "a negative amount",
            () -> reserve(reserve("ada", money("USD", "-1"))),
            "INVALID_FIELDS",
            "amount",
            "more than 0"),
        bad(
            "an amount of nothing",
            () -> reserve(reserve("ada", money("USD", "0"))),
            "INVALID_FIELDS",
            "amount",
            "more than 0"),
        bad(
            "an amount whose parts disagree",
            () ->
                reserve(
                    reserve(
                        "ada",
                        Money.newBuilder()
                            .setCurrencyCode("USD")
                            .setUnits(1)
                            .setNanos(1_000_000_000)
                            .build())),
            "INVALID_FIELDS",
            "amount.nanos",
            "999,999,999"),
        bad(
            "a currency that is none",
            () ->
                reserve(
                    reserve("ada", money("USD", "1").toBuilder().setCurrencyCode("usd").build())),
            "INVALID_FIELDS",
            "amount.currency_code",
            "ISO 4217"),
        bad(
            "a missing rate",
            () -> reserve(reserve("ada", money("JPY", "1"))),
            "FX_RATE_MISSING",
            "source_currency=JPY",
            "JPY"),
        bad(
            "an unknown model",
            () -> reserve(call("ada", "nova-9", "input", 5)),
            "MODEL_UNPRICED",
            "model=nova-9",
            "nova-9"),
        bad(
            "negative tokens",
            () -> reserve(call("ada", "nova-9", "input", -5)),
            "INVALID_FIELDS",
            "call.quantities[0].quantity",
            "-5 (expected: 0 or more)"),
        bad(
            "a meter that is none",
            () -> reserve(call("ada", "nova-9", "sighs", 5)),
            "INVALID_FIELDS",
            "call.quantities[0].meter",
            "'sighs' (expected: a meter"),
        bad(
            "a hold of 25 hours",
            () ->
                reserve(
                    reserve("ada", money("USD", "1"))
                        .setTtl(Duration.newBuilder().setSeconds(25 * 3_600))),
            "INVALID_FIELDS",
            "ttl",
            "86400s"),
        bad(
            "more than there is",
            () -> reserve(reserve("ada", money("USD", "100"))),
            "BUDGET_INSUFFICIENT",
            "available=99.00",
            "99.00"),
        bad(
            "a person where the collection gate is closed",
            () -> reserve(reserve("lena", money("EUR", "1"))),
            "COLLECTION_GATE_CLOSED",
            "country=DE",
            "DE"),
        bad(
            "the end of an unknown hold",
            () -> settle("unknown", CallReport.getDefaultInstance(), 0),
            "NOT_FOUND",
            "resource=unknown",
            "unknown"),
        bad(
            "an end with more than 20 calls",
            () -> settle("held", report("input", 5), 21),
            "INVALID_FIELDS",
            "calls",
            "20"),
        bad(
            "an end with negative tokens",
            () -> settle("held", report("output", -5), 1),
            "INVALID_FIELDS",
            "calls[0].quantities[0].quantity",
            "-5 (expected: 0 or more)"),
        bad(
            "a quote for an unknown engineer",
            () ->
                gateway.quoteCall(
                    QuoteCallRequest.newBuilder()
                        .setEngineer("nobody")
                        .setCall(call("nobody", "nova-9", "input", 5).getCall())
                        .build()),
            "NOT_FOUND",
            "resource=nobody",
            "nobody"),
        bad(
            "the balance of an unknown engineer",
            () ->
                world
                    .server()
                    .stub(
                        BalanceServiceGrpc::newBlockingStub, world.server().as("fin", Role.FINANCE))
                    .getBalance(GetBalanceRequest.newBuilder().setEngineer("nobody").build()),
            "NOT_FOUND",
            "resource=nobody",
            "nobody"));
  }

  @ParameterizedTest
  @MethodSource
  void refused(BadInput input) {
    assertThat(input.differences()).isEmpty();
    assertThat(world.available("ada", "USD")).as("nothing was held").isEqualTo("99");
  }

  private static BadInput bad(String what, Runnable call, String reason, String at, String says) {
    return new BadInput(what, call, reason, at, says);
  }

  private static void reserve(ReserveRequest.Builder request) {
    var _ = gateway.reserve(request.setHoldId("h-" + HOLDS.incrementAndGet()).build());
  }

  private static ReserveRequest.Builder reserve(String engineer, Money amount) {
    return ReserveRequest.newBuilder().setEngineer(engineer).setAmount(amount);
  }

  private static ReserveRequest.Builder call(
      String engineer, String model, String meter, long count) {
    return ReserveRequest.newBuilder()
        .setEngineer(engineer)
        .setCall(
            CallEstimate.newBuilder()
                .setProvider("acme")
                .setModel(model)
                .addQuantities(quantity(meter, count)));
  }

  private static CallReport report(String meter, long count) {
    return CallReport.newBuilder()
        .setProvider("acme")
        .setModel("nova-9")
        .addQuantities(quantity(meter, count))
        .build();
  }

  private static MeterQuantity quantity(String meter, long count) {
    return MeterQuantity.newBuilder().setMeter(meter).setQuantity(count).build();
  }

  private static void settle(String hold, CallReport call, int times) {
    SettleRequest.Builder request = SettleRequest.newBuilder().setEngineer("ada").setHoldId(hold);
    if (times == 0) {
      request.setActualAmount(money("USD", "1"));
    }
    for (int i = 0; i < times; i++) {
      request.addCalls(call);
    }
    var _ = gateway.settle(request.build());
  }
}
