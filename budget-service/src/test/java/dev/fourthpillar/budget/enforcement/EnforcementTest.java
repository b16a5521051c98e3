package dev.fourthpillar.budget.enforcement;

import static dev.fourthpillar.budget.BudgetWorld.money;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.budget.BudgetWorld;
import dev.fourthpillar.budget.account.AccountCommand;
import dev.fourthpillar.budget.account.AccountId;
import dev.fourthpillar.budget.account.AccountStore;
import dev.fourthpillar.budget.pricing.BookActivation;
import dev.fourthpillar.budget.pricing.BookChunk;
import dev.fourthpillar.budget.pricing.PriceService;
import dev.fourthpillar.budget.v1.CallEstimate;
import dev.fourthpillar.budget.v1.CallReport;
import dev.fourthpillar.budget.v1.Cap;
import dev.fourthpillar.budget.v1.CapWindow;
import dev.fourthpillar.budget.v1.EnforcementServiceGrpc;
import dev.fourthpillar.budget.v1.EnforcementServiceGrpc.EnforcementServiceBlockingStub;
import dev.fourthpillar.budget.v1.ExtendHoldRequest;
import dev.fourthpillar.budget.v1.FundingServiceGrpc;
import dev.fourthpillar.budget.v1.GetHoldRequest;
import dev.fourthpillar.budget.v1.HoldState;
import dev.fourthpillar.budget.v1.ListHoldsRequest;
import dev.fourthpillar.budget.v1.OnExpiry;
import dev.fourthpillar.budget.v1.PutCapRequest;
import dev.fourthpillar.budget.v1.QuoteCallRequest;
import dev.fourthpillar.budget.v1.QuoteCallResponse;
import dev.fourthpillar.budget.v1.ReleaseRequest;
import dev.fourthpillar.budget.v1.ReserveRequest;
import dev.fourthpillar.budget.v1.SettleRequest;
import dev.fourthpillar.events.v1.ChargeBooked;
import dev.fourthpillar.events.v1.HoldOutcome;
import dev.fourthpillar.events.v1.HoldSettled;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.Refusal;
import dev.fourthpillar.type.v1.MeterQuantity;
import dev.fourthpillar.type.v1.PayerKind;
import io.grpc.StatusRuntimeException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A gateway reserves, calls and settles, over the wire. Two replicas share the database. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/budget"})
final class EnforcementTest {
  private static final String NOON = "2026-03-02T12:00:00Z";

  private static BudgetWorld world;
  private static BudgetWorld other;
  private static EnforcementServiceBlockingStub gateway;
  private static EnforcementServiceBlockingStub otherGateway;

  @BeforeAll
  static void start(TestDatabase database) {
    // Sweeps are the tests' own: what has to be true without one is seen without one.
    Map<String, Object> settings =
        Map.of(
            "fourthpillar.enforcement.sweep-interval", "10m",
            "fourthpillar.enforcement.facts-ttl", "0s",
            "fourthpillar.prices.refresh-interval", "10m");
    world = BudgetWorld.at(database, NOON, settings);
    other = BudgetWorld.at(database, NOON, settings);
    gateway = world.gateway();
    otherGateway = other.gateway();
    book();
  }

  @AfterAll
  static void stop() {
    other.close();
    world.close();
  }

  /**
   * nova: 2 dollars per million input tokens, 4 above 200,000; 10 for output. The employer pays
   * half.
   */
  private static void book() {
    String rows =
        """
        {"format": "fourthpillar.pricebook/1", "id": "list", "version": 1, "currency": "USD",
         "effectiveFrom": "2026-01-01T00:00:00Z", "source": "made for this test",
         "rows": [{"provider": "acme", "model": "nova", "source": "made for this test",
                   "prices": {"standard": {"0": {"input": "2", "output": "10"},
                                           "200000": {"input": "4", "output": "10"}}}}]}
        """;
    PriceService prices = world.server().bean(PriceService.class);
    in(
        world,
        handle -> {
          prices.rows(handle, new BookChunk("b1", 1, rows, ""));
          prices.activated(
              handle,
              new BookActivation(
                  "b1",
                  "USD",
                  Instant.parse("2026-01-01T00:00:00Z"),
                  1,
                  new BigDecimal("0.5"),
                  Instant.parse("2026-01-01T00:00:00Z")));
          return prices.table(handle);
        });
  }

  private static <T> T in(
      BudgetWorld world, java.util.function.Function<org.jdbi.v3.core.Handle, T> work) {
    return world.server().bean(Transactions.class).run(work);
  }

  /** An engineer in the United States, where the gate is open, with so much for the year. */
  private static void funded(String engineer, String currency, long units) {
    world.engineer(engineer, currency, "US", "UTC", "2020-01-01", Instant.EPOCH.toString());
    entitled(engineer, currency, units);
    world.awaitAvailable(engineer, currency, Long.toString(units));
  }

  private static void entitled(String engineer, String currency, long units) {
    world.entitled(
        engineer, BudgetWorld.annual("a", "2026-01-01", "", currency, Long.toString(units)));
  }

  private static ReserveRequest.Builder reserve(String engineer, String hold, String dollars) {
    return ReserveRequest.newBuilder()
        .setEngineer(engineer)
        .setHoldId(hold)
        .setAmount(money("USD", dollars));
  }

  private static SettleRequest settle(String engineer, String hold, String dollars) {
    return SettleRequest.newBuilder()
        .setEngineer(engineer)
        .setHoldId(hold)
        .setActualAmount(money("USD", dollars))
        .build();
  }

  private static CallEstimate.Builder nova(long input) {
    return CallEstimate.newBuilder()
        .setProvider("acme")
        .setModel("nova")
        .addQuantities(MeterQuantity.newBuilder().setMeter("input").setQuantity(input));
  }

  @Test
  void aCallIsReservedAndSettledBelowAndTheDifferenceIsFreeAtOnce() {
    funded("ada", "USD", 100);

    var held = gateway.reserve(reserve("ada", "h1", "40").setTool("gw").build()).getHold();

    assertThat(held.getAccount()).isEqualTo("engineers/ada/USD");
    assertThat(held.getHeldAmount()).isEqualTo(money("USD", "40"));
    assertThat(held.getExpireTime()).isEqualTo(BudgetWorld.time("2026-03-02T12:10:00Z"));
    assertThat(world.available("ada", "USD")).isEqualTo("60");

    var settled =
        gateway.settle(
            SettleRequest.newBuilder()
                .setEngineer("ada")
                .setHoldId("h1")
                .addCalls(
                    CallReport.newBuilder()
                        .setProvider("acme")
                        .setModel("nova")
                        .addIds("req-7")
                        .addQuantities(
                            MeterQuantity.newBuilder().setMeter("input").setQuantity(100_000))
                        .addQuantities(
                            MeterQuantity.newBuilder().setMeter("output").setQuantity(480_000)))
                .build());

    // 0.1 × 2 + 0.48 × 10
    assertThat(settled.getBookedAmount()).isEqualTo(money("USD", "5"));
    assertThat(world.available("ada", "USD")).isEqualTo("95");
    HoldSettled told = world.events("ada", HoldSettled.class).getFirst();
    assertThat(told.getOutcome()).isEqualTo(HoldOutcome.HOLD_OUTCOME_SETTLED);
    assertThat(told.getAttempts(0).getIdsList()).containsExactly("req-7");
    assertThat(told.getAttempts(0).getBookedListAmount()).isEqualTo(money("USD", "5"));
    assertThat(told.getAttempts(0).getBookedEmployerAmount()).isEqualTo(money("USD", "2.5"));
    ChargeBooked charge = world.charges("ada").getFirst();
    assertThat(charge.getLineId()).isEqualTo("hold/ada/h1/1");
    assertThat(charge.getPayerKind()).isEqualTo(PayerKind.PAYER_KIND_OWN);
    assertThat(charge.getAccountAmount()).isEqualTo(money("USD", "5"));
    assertThat(charge.getAccountEmployerAmount()).isEqualTo(money("USD", "2.5"));
  }

  @Test
  void aCostAboveHoldAndBudgetIsOverageOfTheEmployer() {
    funded("bea", "USD", 100);
    gateway.reserve(reserve("bea", "h", "90").build());

    gateway.settle(settle("bea", "h", "130"));

    assertThat(world.available("bea", "USD")).isEqualTo("0");
    List<ChargeBooked> charges = world.charges("bea");
    assertThat(charges)
        .extracting(ChargeBooked::getPayerKind)
        .containsExactly(PayerKind.PAYER_KIND_OWN, PayerKind.PAYER_KIND_OVERAGE);
    assertThat(charges)
        .extracting(ChargeBooked::getAccountAmount)
        .containsExactly(money("USD", "100"), money("USD", "30"));
    assertThat(charges)
        .extracting(ChargeBooked::getListAmount)
        .containsExactly(money("USD", "100"), money("USD", "30"));
  }

  @Test
  void theSameIdHasTheSameAnswerRefusalsToo() {
    funded("cyd", "USD", 10);
    var request = reserve("cyd", "h", "10").build();
    var first = gateway.reserve(request);
    gateway.settle(settle("cyd", "h", "4"));
    assertThat(otherGateway.reserve(request)).as("after its end as well").isEqualTo(first);
    Refusal reused =
        Refusal.of(() -> gateway.reserve(reserve("cyd", "h", "9").setTool("x").build()));
    assertThat(reused.reason()).isEqualTo("ID_REUSED");
    assertThat(reused.metadata()).containsEntry("different_fields", "amount.units, tool");

    var tooMuch = reserve("cyd", "much", "7").build();
    Refusal refused = Refusal.of(() -> gateway.reserve(tooMuch));
    assertThat(refused.reason()).isEqualTo("BUDGET_INSUFFICIENT");
    assertThat(refused.metadata()).containsEntry("available", "6.00");
    entitled("cyd", "USD", 60);
    world.awaitAvailable("cyd", "USD", "56");
    assertThat(Refusal.of(() -> otherGateway.reserve(tooMuch))).isEqualTo(refused);
    assertThat(Refusal.of(() -> gateway.getHold(get("cyd", "much"))).reason())
        .isEqualTo("NOT_FOUND");
    gateway.reserve(reserve("cyd", "another id", "7").build());
  }

  @Test
  void ofManyAtOnceOnTwoReplicasExactlyThoseThatFitGetIt() throws Exception {
    funded("dee", "USD", 100);
    List<Callable<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      var stub = i % 2 == 0 ? gateway : otherGateway;
      var request = reserve("dee", "race-" + i, "9").build();
      calls.add(() -> admitted(stub, request));
    }

    // 11 × 9 = 99
    assertThat(together(calls)).filteredOn(admitted -> admitted).hasSize(11);
    assertThat(world.available("dee", "USD")).isEqualTo("1");
  }

  @Test
  void theSameIdAtTheSameTimeIsOneHold() throws Exception {
    funded("eli", "USD", 100);
    var request = reserve("eli", "once", "9").build();
    List<Callable<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      var stub = i % 2 == 0 ? gateway : otherGateway;
      calls.add(() -> admitted(stub, request));
    }
    assertThat(together(calls)).containsOnly(true);
    assertThat(world.available("eli", "USD")).isEqualTo("91");
    List<Callable<Boolean>> settles = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      var stub = i % 2 == 0 ? gateway : otherGateway;
      settles.add(() -> stub.settle(settle("eli", "once", "3")).hasHold());
    }
    assertThat(together(settles)).containsOnly(true);
    assertThat(world.available("eli", "USD")).isEqualTo("97");
    assertThat(world.events("eli", HoldSettled.class)).hasSize(1);
  }

  private static boolean admitted(EnforcementServiceBlockingStub stub, ReserveRequest request) {
    try {
      stub.reserve(request);
      return true;
    } catch (StatusRuntimeException e) {
      assertThat(Refusal.of(() -> stub.reserve(request)).reason()).isEqualTo("BUDGET_INSUFFICIENT");
      return false;
    }
  }

  private static <T> List<T> together(List<Callable<T>> calls) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<T> results = new ArrayList<>();
      for (Future<T> call : threads.invokeAll(calls)) {
        results.add(call.get());
      }
      return results;
    }
  }

  @Test
  void expiryFreesAtReadTimeOrBooksTheEstimate() {
    funded("fay", "USD", 10);
    gateway.reserve(
        reserve("fay", "gone", "4")
            .setOnExpiry(OnExpiry.ON_EXPIRY_RELEASE)
            .setTtl(seconds(30))
            .build());
    gateway.reserve(reserve("fay", "made", "6").setTtl(seconds(30)).build());
    assertThat(world.available("fay", "USD")).isEqualTo("0");
    try {
      bothAt("2026-03-02T12:00:30Z");
      assertThat(world.available("fay", "USD")).as("without a sweep").isEqualTo("4");
      otherGateway.reserve(reserve("fay", "next", "4").build());
      world.server().bean(HoldSweepService.class).sweep();

      assertThat(gateway.getHold(get("fay", "gone")).getHold().getState())
          .isEqualTo(HoldState.HOLD_STATE_RELEASED);
      assertThat(gateway.getHold(get("fay", "made")).getHold().getState())
          .isEqualTo(HoldState.HOLD_STATE_ESTIMATED);
      // A real cost is never thrown away, on whatever hold.
      gateway.settle(settle("fay", "made", "5"));
      gateway.settle(settle("fay", "gone", "1"));
      // 10 − 4 held − 5 − 1
      assertThat(world.available("fay", "USD")).isEqualTo("0");
      assertThat(world.events("fay", HoldSettled.class))
          .extracting(e -> e.getHoldId() + " " + e.getOutcome() + " " + e.getSettlementSequence())
          .containsExactlyInAnyOrder(
              "gone HOLD_OUTCOME_RELEASED 1",
              "made HOLD_OUTCOME_ESTIMATED 1",
              "made HOLD_OUTCOME_SETTLED 2",
              "gone HOLD_OUTCOME_SETTLED 2");
    } finally {
      bothAt(NOON);
    }
  }

  @Test
  void aHoldIsReleasedExtendedAndListed() {
    funded("gus", "USD", 10);
    gateway.reserve(reserve("gus", "a", "4").build());
    gateway.reserve(reserve("gus", "b", "4").build());

    gateway.release(ReleaseRequest.newBuilder().setEngineer("gus").setHoldId("a").build());
    gateway.release(ReleaseRequest.newBuilder().setEngineer("gus").setHoldId("a").build());
    assertThat(world.available("gus", "USD")).isEqualTo("6");
    ExtendHoldRequest extend =
        ExtendHoldRequest.newBuilder()
            .setEngineer("gus")
            .setHoldId("b")
            .setTtl(seconds(3_600))
            .addIds("resp-1")
            .build();
    assertThat(gateway.extendHold(extend).getHold().getExpireTime())
        .isEqualTo(BudgetWorld.time("2026-03-02T13:00:00Z"));
    assertThat(
            Refusal.of(() -> gateway.extendHold(extend.toBuilder().setHoldId("a").build()))
                .reason())
        .isEqualTo("HOLD_ENDED");

    var page =
        gateway.listHolds(ListHoldsRequest.newBuilder().setEngineer("gus").setPageSize(1).build());
    assertThat(page.getHolds(0).getHoldId()).isEqualTo("a");
    var next =
        gateway.listHolds(
            ListHoldsRequest.newBuilder()
                .setEngineer("gus")
                .setPageSize(1)
                .setPageToken(page.getNextPageToken())
                .build());
    assertThat(next.getHolds(0).getIdsList()).containsExactly("resp-1");
    assertThat(next.getNextPageToken()).isEmpty();
  }

  @Test
  void anEstimateKnowsSizeTiersAndDoesNotBelieveHugeLimits() {
    funded("hal", "USD", 1_000);
    var quote =
        gateway.quoteCall(
            QuoteCallRequest.newBuilder()
                .setEngineer("hal")
                .setCall(nova(300_000).setMaxOutputTokens(128_000_000))
                .build());

    // 0.3 × 4, for the prompt is above 200,000; 16,384 tokens of output at most: 0.16384
    assertThat(quote.getListAmount()).isEqualTo(money("USD", "1.36384"));
    assertThat(quote.getAvailableAfter()).isEqualTo(money("USD", "998.63616"));
    assertThat(quote.hasRefusal()).isFalse();
    gateway.reserve(
        ReserveRequest.newBuilder()
            .setEngineer("hal")
            .setHoldId("h")
            .setCall(nova(300_000).setMaxOutputTokens(128_000_000))
            .build());
    assertThat(world.available("hal", "USD")).isEqualTo("998.63616");
  }

  /**
   * A million tokens of input cost 4 dollars: the account has 3 of them, and the first cap 10, of
   * which 7 are held.
   */
  @Test
  void aQuoteSaysWhatAReserveWouldBeRefusedWith() throws InvalidProtocolBufferException {
    funded("quentin", "USD", 10);
    cap("quoted", "quoted", "10");
    cap("named", "", "3");
    var call = QuoteCallRequest.newBuilder().setEngineer("quentin").setCall(nova(1_000_000));
    assertThat(gateway.quoteCall(call.build()).hasRefusal()).isFalse();

    // What asks about it holds nothing.
    var quoted = call.clone().setProject("quoted").build();
    assertThat(gateway.quoteCall(quoted).hasRefusal()).isFalse();
    assertThat(gateway.quoteCall(quoted).hasRefusal()).isFalse();
    gateway.reserve(reserve("quentin", "q1", "7").setProject("quoted").build());
    QuoteCallResponse both = gateway.quoteCall(quoted);
    assertThat(both.getAvailableAmount()).isEqualTo(money("USD", "3"));
    assertThat(both.getAvailableAfter()).isEqualTo(money("USD", "-1"));
    assertThat(refusal(both))
        .containsEntry("scope", "engineers/quentin/USD")
        .containsEntry("available", "3.00")
        .containsEntry("requested", "4.00");

    funded("quinn", "USD", 10);
    QuoteCallResponse capped = gateway.quoteCall(quoted.toBuilder().setEngineer("quinn").build());
    assertThat(capped.getAvailableAfter()).isEqualTo(money("USD", "6"));
    assertThat(refusal(capped))
        .containsEntry("scope", "caps/quoted")
        .containsEntry("available", "3.00")
        .containsEntry("next_growth_time", "2026-03-03T00:00:00Z");
    assertThat(
            refusal(
                gateway.quoteCall(
                    call.clone().setEngineer("quinn").addScopes("caps/named").build())))
        .containsEntry("scope", "caps/named");
    assertThat(
            Refusal.of(() -> gateway.quoteCall(call.clone().addScopes("caps/none").build()))
                .reason())
        .isEqualTo("NOT_FOUND");
    assertThat(world.available("quinn", "USD")).isEqualTo("10");
  }

  private static Map<String, String> refusal(QuoteCallResponse quote)
      throws InvalidProtocolBufferException {
    return quote.getRefusal().getDetails(0).unpack(ErrorInfo.class).getMetadataMap();
  }

  private static void cap(String id, String project, String dollars) {
    var _ =
        world
            .server()
            .stub(FundingServiceGrpc::newBlockingStub, world.server().as("fin", Role.FINANCE))
            .putCap(
                PutCapRequest.newBuilder()
                    .setRequestId("cap-" + id)
                    .setCap(
                        Cap.newBuilder()
                            .setCap(id)
                            .setProject(project)
                            .setNamedOnly(project.isEmpty())
                            .setAmount(money("USD", dollars))
                            .setWindow(CapWindow.CAP_WINDOW_DAY))
                    .build());
  }

  @Test
  void whatHasNoPriceIsRefusedBeforeTheCallAndBookedAsEstimatedAfterIt() {
    funded("ida", "USD", 100);
    Refusal refused =
        Refusal.of(
            () ->
                gateway.reserve(
                    ReserveRequest.newBuilder()
                        .setEngineer("ida")
                        .setHoldId("h")
                        .setCall(nova(1).setModel("comet"))
                        .build()));
    assertThat(refused.reason()).isEqualTo("MODEL_UNPRICED");
    assertThat(refused.metadata()).containsEntry("model", "comet");

    gateway.reserve(reserve("ida", "i", "3").build());
    var booked =
        gateway
            .settle(
                SettleRequest.newBuilder()
                    .setEngineer("ida")
                    .setHoldId("i")
                    .addCalls(
                        CallReport.newBuilder()
                            .setModel("comet")
                            .addQuantities(
                                MeterQuantity.newBuilder().setMeter("input").setQuantity(9)))
                    .build())
            .getBookedAmount();
    assertThat(booked).isEqualTo(money("USD", "3"));
  }

  @Test
  void anAccountInAnotherCurrencyNeedsTheDaysRate() {
    funded("jan", "SEK", 1_000);
    Refusal refused = Refusal.of(() -> gateway.reserve(reserve("jan", "h", "10").build()));
    assertThat(refused.reason()).isEqualTo("FX_RATE_MISSING");
    assertThat(refused.metadata())
        .containsEntry("source_currency", "USD")
        .containsEntry("target_currency", "SEK")
        .containsEntry("date", "2026-03-02");

    world.rate("USD", "SEK", "9.50", "2026-02-27");
    var hold = gateway.reserve(reserve("jan", "i", "10").build()).getHold();
    assertThat(hold.getHeldAmount()).isEqualTo(money("SEK", "95"));
    assertThat(hold.getEstimatedListAmount()).isEqualTo(money("USD", "10"));
  }

  @Test
  void whoMayNotHaveItIsToldWhy() {
    world.engineer("kim", "EUR", "DE", "Europe/Berlin", "2020-01-01", Instant.EPOCH.toString());
    Refusal closed = Refusal.of(() -> gateway.reserve(reserve("kim", "h", "1").build()));
    assertThat(closed.reason()).isEqualTo("COLLECTION_GATE_CLOSED");
    assertThat(closed.metadata()).containsEntry("country", "DE");

    funded("lea", "USD", 10);
    world.left("lea", "2026-03-01");
    Refusal left = Refusal.of(() -> gateway.reserve(reserve("lea", "h", "1").build()));
    assertThat(left.reason()).isEqualTo("NOT_EMPLOYED");
    assertThat(left.metadata()).containsEntry("last_day", "2026-03-01");

    funded("max", "USD", 10);
    assertThat(
            Refusal.of(() -> gateway.reserve(reserve("max", "h", "1").setPayer("pools/x").build()))
                .reason())
        .isEqualTo("PAYER_NOT_ALLOWED");
    assertThat(Refusal.of(() -> gateway.reserve(reserve("nobody", "h", "1").build())).reason())
        .isEqualTo("NOT_FOUND");
    assertThat(Refusal.of(() -> gateway.settle(settle("max", "nothing", "1"))).reason())
        .isEqualTo("NOT_FOUND");
  }

  @Test
  void wrongFieldsAreNamed() {
    assertThatThrownBy(
            () ->
                gateway.reserve(
                    ReserveRequest.newBuilder()
                        .setEngineer("ada")
                        .setAmount(money("USD", "0"))
                        .build()))
        .hasMessageContaining("hold_id")
        .hasMessageContaining("amount");
    assertThatThrownBy(
            () ->
                gateway.reserve(
                    ReserveRequest.newBuilder()
                        .setEngineer("ada")
                        .setHoldId("x")
                        .setCall(
                            nova(-1)
                                .addQuantities(
                                    MeterQuantity.newBuilder().setMeter("hours").setQuantity(1)))
                        .build()))
        .hasMessageContaining("call.quantities[0].quantity")
        .hasMessageContaining("call.quantities[1].meter");
  }

  @Test
  void engineersSeeTheirOwnHoldsAndReserveNothing() {
    funded("ned", "USD", 10);
    gateway.reserve(reserve("ned", "h", "1").build());
    var ned =
        EnforcementServiceGrpc.newBlockingStub(world.server().channel())
            .withCallCredentials(world.server().engineer("ned"));
    assertThat(ned.getHold(get("ned", "h")).getHold().getHoldId()).isEqualTo("h");
    assertThat(Refusal.of(() -> ned.getHold(get("ada", "h"))).reason()).isEqualTo("NOT_OWN_DATA");
    assertThat(Refusal.of(() -> ned.reserve(reserve("ned", "i", "1").build())).reason())
        .isEqualTo("ROLE_MISSING");
  }

  @Test
  void whatIsRolledBackNeverWas() {
    funded("oda", "USD", 10);
    gateway.reserve(reserve("oda", "h", "4").build());
    assertThatThrownBy(
            () ->
                in(
                    world,
                    handle -> {
                      var _ =
                          world
                              .server()
                              .bean(AccountStore.class)
                              .apply(
                                  handle,
                                  new AccountId("oda", "USD"),
                                  new AccountCommand.Release("h"));
                      throw new IllegalStateException("killed before the commit");
                    }))
        .hasMessage("killed before the commit");

    assertThat(world.available("oda", "USD")).isEqualTo("6");
    assertThat(world.events("oda", HoldSettled.class)).isEmpty();
    gateway.settle(settle("oda", "h", "4"));
    assertThat(world.available("oda", "USD")).isEqualTo("6");
  }

  private static void bothAt(String time) {
    world.timeIs(time);
    other.timeIs(time);
  }

  private static Duration seconds(long seconds) {
    return Duration.newBuilder().setSeconds(seconds).build();
  }

  private static GetHoldRequest get(String engineer, String hold) {
    return GetHoldRequest.newBuilder().setEngineer(engineer).setHoldId(hold).build();
  }
}
