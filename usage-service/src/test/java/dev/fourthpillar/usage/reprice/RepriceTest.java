package dev.fourthpillar.usage.reprice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import com.google.type.Decimal;
import dev.fourthpillar.events.v1.HoldOutcome;
import dev.fourthpillar.events.v1.SettlementCause;
import dev.fourthpillar.events.v1.UsageLine;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.usage.pricebook.TestBook;
import dev.fourthpillar.usage.settle.Usages;
import dev.fourthpillar.usage.settle.World;
import dev.fourthpillar.usage.v1.PreviewRepriceRequest;
import dev.fourthpillar.usage.v1.PreviewRepriceResponse;
import dev.fourthpillar.usage.v1.PriceBookServiceGrpc.PriceBookServiceBlockingStub;
import dev.fourthpillar.usage.v1.RepriceUsageRequest;
import dev.fourthpillar.usage.v1.Repricing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Prices that were wrong. A call is 1,000 in and 200 out: with the seed's prices of Opus 4.5 (5 and
 * 25 dollars per million) 0.010 dollars, with the corrected ones (4 and 20) 0.008.
 */
@PostgresTest
class RepriceTest {
  private static final long CALL = 10_000_000L;
  private static final long CORRECTED = 8_000_000L;
  private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");
  private static final Instant END = Instant.parse("2026-11-21T00:00:00Z");

  private static World world;
  private static PriceBookServiceBlockingStub books;
  private static RepricingSteps steps;

  @BeforeAll
  static void start(TestDatabase database) {
    world = World.start(database);
    books = TestBook.finance(world);
    steps = new RepricingSteps(world);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @BeforeEach
  void theSeedPrices() {
    world.clear();
    TestBook.forget(world);
    world.person("ada", "US", "ada@example.com");
    world.person("bob", "US", "bob@example.com");
  }

  @AfterEach
  void sumsAndChargesAreThoseOfTheUnits() {
    assertThat(world.wrongSums()).isEmpty();
    assertThat(world.wrongUnits()).isEmpty();
  }

  @Test
  void aPreviewSaysWhatWouldChangeForWhomAndChangesNothing() {
    world.report(
        Usages.call("req_1"), Usages.call("req_2"), Usages.call("req_3").of("bob@example.com"));
    world.report(Usages.call("req_4").model("claude-haiku-4-5"));
    String book = corrected().importTo(world).getBook().getBookId();

    PreviewRepriceResponse preview =
        books.previewReprice(
            PreviewRepriceRequest.newBuilder()
                .setStartTime(time(START))
                .setEndTime(time(END))
                .setBookId(book)
                .setEmployerDiscount(Decimal.newBuilder().setValue("0.5"))
                .build());

    // Haiku 4.5 is 1 and 5 dollars per million: 0.001 + 0.001. The corrected book does not have it.
    assertThat(preview.getTotal().getUnitCount()).isEqualTo(4);
    assertThat(preview.getTotal().getChangedCount()).isEqualTo(3);
    assertThat(preview.getNoLongerPricedCount()).isEqualTo(1);
    assertThat(World.dollars(preview.getTotal().getListBefore())).isEqualByComparingTo("0.032");
    assertThat(World.dollars(preview.getTotal().getListAfter())).isEqualByComparingTo("0.026");
    assertThat(World.dollars(preview.getTotal().getEmployerBefore())).isEqualByComparingTo("0.032");
    // Three at half of 0.008, and what keeps its price.
    assertThat(World.dollars(preview.getTotal().getEmployerAfter())).isEqualByComparingTo("0.014");
    assertThat(preview.getEngineersList())
        .extracting(
            group -> group.getEngineer() + " " + World.dollars(group.getSums().getListAfter()))
        .containsExactly("ada 0.018", "bob 0.008");
    assertThat(preview.getModelsList())
        .extracting(group -> group.getModel() + " " + group.getSums().getChangedCount())
        .containsExactly("claude-opus-4-5 3", "claude-haiku-4-5 0");
    assertThat(world.charged()).isEqualTo(Map.of("ada", 2 * CALL + 2_000_000L, "bob", CALL));
  }

  @Test
  void usageKeepsItsPriceUntilItIsPricedAnew() {
    world.report(Usages.call("req_1"));
    corrected().activate(world);
    world.sweep();
    // Better evidence of the same call, twice as much: still by the book that first had a price.
    world.report(Usages.call("req_1").byGateway("gw-1").using(Usages.tokens(2_000, 400)));
    assertThat(world.charged()).isEqualTo(Map.of("ada", 2 * CALL));
    world.report(Usages.call("req_2"));
    assertThat(world.charged()).isEqualTo(Map.of("ada", 2 * CALL + CORRECTED));

    Repricing done = reprice();

    assertThat(done.getChangedCount()).isEqualTo(1);
    assertThat(World.dollars(done.getListChange())).isEqualByComparingTo("-0.004");
    assertThat(world.charged()).isEqualTo(Map.of("ada", 3 * CORRECTED));
    UsageLine line = world.lines("ada").getLast();
    assertThat(line.getCause()).isEqualTo(SettlementCause.SETTLEMENT_CAUSE_REPRICED);
    assertThat(World.dollars(line.getListAmount())).isEqualByComparingTo("-0.004");
    assertThat(line.getQuantitiesList()).isEmpty();
  }

  @Test
  void evidenceThatIsGoneIsNotNeeded() {
    world.report(Usages.call("req_1"));
    world.jdbi().useHandle(handle -> handle.execute("truncate evidence"));
    corrected().activate(world);

    reprice();

    assertThat(world.charged()).isEqualTo(Map.of("ada", CORRECTED));
  }

  @Test
  void whatTheBooksPriceNoMoreKeepsItsPrice() {
    world.report(Usages.call("req_1").model("claude-haiku-4-5"));
    corrected().activate(world);

    Repricing done = reprice();

    assertThat(done.getNoLongerPricedCount()).isEqualTo(1);
    assertThat(done.getChangedCount()).isZero();
    assertThat(world.charged()).isEqualTo(Map.of("ada", 2_000_000L));
  }

  @Test
  void onlyTheSpanIsPricedAnew() {
    world.report(Usages.call("req_1"), Usages.call("req_2").at(END));
    corrected().activate(world);

    reprice();

    assertThat(world.charged()).isEqualTo(Map.of("ada", CORRECTED + CALL));
  }

  @Test
  void whatAnotherRepricingHasMovedSinceStays() {
    world.report(Usages.call("req_1"));
    corrected().activate(world);
    Repricing first = reprice();
    TestBook.of("again", "2026-08-06T00:00:00Z")
        .model("anthropic", "claude-opus-4-5", "3", "15")
        .activate(world);
    reprice();

    revert(first);

    // 1,000 × 3 + 200 × 15 per million.
    assertThat(world.charged()).isEqualTo(Map.of("ada", 6_000_000L));
  }

  /** Calls of several people, models and holds, some nobody's, some without a price. */
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void thereAndBackIsNeutral(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 40; i++) {
      String id = "req_" + i;
      world.report(
          Usages.call(id)
              .of(
                  List.of("ada@example.com", "bob@example.com", "who@example.com")
                      .get(random.nextInt(3)))
              .model(
                  List.of("claude-opus-4-5", "claude-haiku-4-5", "nova-9").get(random.nextInt(3)))
              .at(Usages.AT.plusSeconds(random.nextInt(100_000)))
              .using(Usages.tokens(random.nextLong(100_000), random.nextLong(10_000))));
      if (random.nextInt(4) == 0) {
        world.hold(
            World.settled(
                "ada", "h-" + i, 1, HoldOutcome.HOLD_OUTCOME_SETTLED, random.nextInt(1_000), id));
      }
    }
    world.sweep();
    Map<String, Long> charged = world.charged();
    List<String> sums = sums();
    corrected().activate(world);
    world.sweep();
    assertThat(sums()).isEqualTo(sums);

    Repricing done = reprice();
    assertThat(done.getChangedCount()).isPositive();
    assertThat(world.charged()).isNotEqualTo(charged);
    assertThat(world.wrongSums()).isEmpty();

    Repricing back = revert(done);

    assertThat(back.getChangedCount()).isZero();
    assertThat(World.dollars(back.getListChange())).isEqualByComparingTo("0");
    assertThat(world.charged()).isEqualTo(charged);
    assertThat(sums()).isEqualTo(sums);
  }

  @Test
  void wrongRequestsAreRefusedByName() {
    assertThatThrownBy(
            () ->
                books.repriceUsage(
                    RepriceUsageRequest.newBuilder()
                        .setRequestId("r-1")
                        .setStartTime(time(END))
                        .setEndTime(time(START))
                        .setReason("because")
                        .build()))
        .hasMessageContaining("end_time");
    assertThatThrownBy(() -> steps.get("none")).hasMessageContaining("NOT_FOUND");
    assertThatThrownBy(
            () ->
                books.previewReprice(
                    PreviewRepriceRequest.newBuilder()
                        .setStartTime(time(START))
                        .setEndTime(time(END))
                        .setBookId("none/1")
                        .build()))
        .hasMessageContaining("NOT_FOUND");
  }

  private static TestBook corrected() {
    return TestBook.of("corrected", "2026-08-06T00:00:00Z")
        .model("anthropic", "claude-opus-4-5", "4", "20");
  }

  private static Repricing reprice() {
    Repricing done = steps.get(steps.reprice(time(START), time(END)));
    assertThat(done.getAuthor()).isEqualTo("fin");
    return done;
  }

  private static Repricing revert(Repricing repricing) {
    return steps.revert(repricing.getRepricingId());
  }

  private static List<String> sums() {
    return world
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select concat_ws(' ', subject, quarter, model, state, meter, sum(units),
                          sum(quantity), sum(list), sum(employer)) as line
                        from rollup group by subject, quarter, model, state, meter
                        having sum(units) <> 0 or sum(quantity) <> 0 or sum(list) <> 0
                        order by line
                        """)
                    .mapTo(String.class)
                    .list());
  }

  private static Timestamp time(Instant time) {
    return Timestamp.newBuilder().setSeconds(time.getEpochSecond()).build();
  }
}
