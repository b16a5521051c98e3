package dev.fourthpillar.comp.metered;

import static dev.fourthpillar.comp.metered.Ledger.balance;
import static dev.fourthpillar.comp.metered.Ledger.charge;
import static dev.fourthpillar.comp.metered.Ledger.converted;
import static dev.fourthpillar.type.v1.PayerKind.PAYER_KIND_EMPLOYER;
import static dev.fourthpillar.type.v1.PayerKind.PAYER_KIND_OVERAGE;
import static dev.fourthpillar.type.v1.PayerKind.PAYER_KIND_OWN;
import static dev.fourthpillar.type.v1.PayerKind.PAYER_KIND_PROJECT;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import dev.fourthpillar.backbone.feed.consume.ConsumerId;
import dev.fourthpillar.backbone.feed.consume.FeedConsumer;
import dev.fourthpillar.backbone.storage.JdbiSettings;
import dev.fourthpillar.events.v1.ChargeBooked;
import dev.fourthpillar.testkit.Dose;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.type.v1.PayerKind;
import io.opentelemetry.api.trace.TracerProvider;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the ledger tells becomes sums, however it is told. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/comp"})
final class MeteredTest {
  private static final Instant ALWAYS = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant NEVER = Instant.parse("2040-01-01T00:00:00Z");

  private final MeteredRepository metered = new MeteredRepository();
  private Jdbi jdbi;

  @BeforeEach
  void emptyTables(TestDatabase database) {
    jdbi = JdbiSettings.apply(Jdbi.create(database.dataSource()));
    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                truncate metered_charge, metered_position, metered_balance, feed_cursor,
                  feed_lease, feed_replica
                """));
  }

  @Test
  void aPersonsDayIsTheirOwnWhereverTheyAre() {
    // Kathmandu is 5:45 ahead: its 1 July begins at 18:15 UTC.
    told(
        charge("mira", PAYER_KIND_OWN, "2026-06-30T18:14:00Z", "1"),
        charge("mira", PAYER_KIND_OWN, "2026-06-30T18:15:00Z", "2"),
        charge("mira", PAYER_KIND_OWN, "2026-07-01T18:14:00Z", "4"),
        charge("mira", PAYER_KIND_OWN, "2026-07-01T18:15:00Z", "8"));

    assertThat(ownOn("mira", LocalDate.of(2026, 7, 1), "Asia/Kathmandu")).isEqualTo("6.000000000");
    // The zone is applied when asked: the same charges, had the person been in UTC.
    assertThat(ownOn("mira", LocalDate.of(2026, 6, 30), "UTC")).isEqualTo("3.000000000");
  }

  @Test
  void eachPayerAndEachPairOfCurrenciesStandsOnItsOwn() {
    told(
        charge("ada", PAYER_KIND_OWN, "2026-06-30T10:00:00Z", "10"),
        charge("ada", PAYER_KIND_OVERAGE, "2026-06-30T10:00:00Z", "5"),
        converted("ada", PAYER_KIND_OWN, "2026-06-30T10:01:00Z", "2", "10.50", "SEK"),
        charge("ada", PAYER_KIND_PROJECT, "2026-06-30T10:00:00Z", "3"),
        withoutAccount(charge("ada", PAYER_KIND_EMPLOYER, "2026-06-30T10:00:00Z", "7")));

    // Employer cost is 60 %: 2 USD at 10.50 are 21 SEK, of which the employer pays 12.60.
    assertThat(sums("ada"))
        .containsExactly(
            "OWN SEK 21.000000000 12.600000000, USD 2.000000000 1.200000000",
            "OWN USD 10.000000000 6.000000000, USD 10.000000000 6.000000000",
            "PROJECT USD 3.000000000 1.800000000, USD 3.000000000 1.800000000",
            "OVERAGE USD 5.000000000 3.000000000, USD 5.000000000 3.000000000",
            "EMPLOYER USD 7.000000000 4.200000000, USD 7.000000000 4.200000000");
  }

  @Test
  void anAccountThatIsDebitedAtEmployerCostStillConsumesAtList() {
    told(
        charge("ada", PAYER_KIND_OWN, "2026-06-30T10:00:00Z", "10").toBuilder()
            .setAccountAmount(Ledger.money("6", "USD"))
            .setAccountListAmount(Ledger.money("10", "USD"))
            .build());

    assertThat(sums("ada"))
        .containsExactly("OWN USD 10.000000000 6.000000000, USD 10.000000000 6.000000000");
  }

  /**
   * What budget-service's EmployerCostTest tells: lines of 3 and 4 dollars, at 10, half is paid.
   */
  @Test
  void whatIsConsumedAtListDoesNotDependOnWhatTheAccountIsDebitedWith() {
    told(
        employerCost(PAYER_KIND_OWN, "3", "1.5", "15", "30"),
        employerCost(PAYER_KIND_OWN, "1", "0.5", "5", "10"),
        employerCost(PAYER_KIND_OVERAGE, "3", "1.5", "15", "30"));

    // 70 crowns are consumed and 35 paid, 30 and 15 of them as overage.
    assertThat(sums("ivy"))
        .containsExactly(
            "OWN SEK 40.000000000 20.000000000, USD 4.000000000 2.000000000",
            "OVERAGE SEK 30.000000000 15.000000000, USD 3.000000000 1.500000000");
  }

  private static ChargeBooked employerCost(
      PayerKind payer, String list, String employer, String account, String accountList) {
    return charge("ivy", payer, "2026-06-30T10:00:00Z", list).toBuilder()
        .setEmployerAmount(Ledger.money(employer, "USD"))
        .setAccountAmount(Ledger.money(account, "SEK"))
        .setAccountEmployerAmount(Ledger.money(account, "SEK"))
        .setAccountListAmount(Ledger.money(accountList, "SEK"))
        .build();
  }

  @Test
  void aCorrectionTakesBackWhatItCorrects() {
    told(
        charge("ada", PAYER_KIND_OWN, "2026-06-30T10:00:00Z", "10"),
        charge("ada", PAYER_KIND_OWN, "2026-06-30T10:00:00Z", "-10"),
        charge("ada", PAYER_KIND_PROJECT, "2026-06-30T10:00:00Z", "10"));

    assertThat(sums("ada"))
        .containsExactly(
            "OWN USD 0.000000000 0.000000000, USD 0.000000000 0.000000000",
            "PROJECT USD 10.000000000 6.000000000, USD 10.000000000 6.000000000");
  }

  @Test
  void manyChargesAreFewRows() {
    var day = new ArrayList<ChargeBooked>();
    for (int minute = 0; minute < 24 * 60; minute++) {
      day.add(
          charge(
              "night-agent",
              PAYER_KIND_OWN,
              Instant.parse("2026-06-30T00:00:00Z").plusSeconds(60L * minute).toString(),
              "0.01"));
    }
    told(day.toArray(ChargeBooked[]::new));

    assertThat(sums("night-agent"))
        .containsExactly("OWN USD 14.400000000 8.640000000, USD 14.400000000 8.640000000");
    int rows =
        jdbi.withHandle(
            handle ->
                handle.createQuery("select count(*) from metered_charge").mapTo(int.class).one());
    assertThat(rows).isEqualTo(96);
  }

  @Test
  void theLatestBalanceStaysWhateverComesAfterIt() {
    told(balance("ada", "USD", 7, "100", "40", "15"), balance("ada", "USD", 6, "100", "30", "17"));
    told(balance("ada", "USD", 5, "100", "20", "20"));

    var kept = jdbi.withHandle(handle -> metered.balances(handle, "ada"));
    assertThat(kept).hasSize(1);
    assertThat(kept.getFirst().entry()).isEqualTo(7);
    assertThat(kept.getFirst().unspent().units()).isEqualByComparingTo("60");
    assertThat(kept.getFirst().unspentPortable().orElseThrow().units()).isEqualByComparingTo("15");
  }

  @Test
  void aLaterBalanceOfTheSameLedgerEntryCounts() {
    // A hold writes no entry, and yet less is available.
    var before = Ledger.event(balance("ada", "USD", 7, "100", "40", "15"), 3, 1);
    var after =
        before.toBuilder()
            .setVersion(8)
            .setData(Any.pack(balance("ada", "USD", 7, "100", "40", "10")))
            .build();
    for (var events : List.of(List.of(before), List.of(after), List.of(before))) {
      jdbi.useTransaction(handle -> new MeteredConsumer(metered).apply(handle, events));
    }

    var kept = jdbi.withHandle(handle -> metered.balances(handle, "ada"));
    assertThat(kept.getFirst().unspentPortable().orElseThrow().units()).isEqualByComparingTo("10");
  }

  @Test
  void shuffledAndRepeatedDeliveriesMakeTheSameSums() {
    var byKey = new HashMap<String, List<Message>>();
    for (var engineer : List.of("ada", "grace", "mira")) {
      var payloads = new ArrayList<Message>();
      for (int i = 1; i <= 40; i++) {
        var minute = Instant.parse("2026-06-30T10:00:00Z").plusSeconds(420L * i).toString();
        payloads.add(charge(engineer, PAYER_KIND_OWN, minute, "1.000000005"));
        payloads.add(
            converted(engineer, PAYER_KIND_OVERAGE, minute, String.valueOf(i), "10.50", "SEK"));
      }
      byKey.put(engineer, payloads);
      byKey.put(
          "engineers/" + engineer + "/USD",
          List.of(
              balance(engineer, "USD", 1, "100", "0", "0"),
              balance(engineer, "USD", 2, "100", "40", "0")));
    }
    for (long seed = 0; seed < Dose.of(3, 50); seed++) {
      var feed = new StutteringFeed(byKey, seed);
      consume(feed);
      // 1 + … + 40 = 820 USD, of which the employer pays 492; at 10.50 SEK 8,610 and 5,166.
      for (var engineer : List.of("ada", "grace", "mira")) {
        assertThat(sums(engineer))
            .as("seed %d", seed)
            .containsExactly(
                "OWN USD 40.000000200 24.000000120, USD 40.000000200 24.000000120",
                "OVERAGE SEK 8610.000000000 5166.000000000, USD 820.000000000 492.000000000");
        assertThat(jdbi.withHandle(h -> metered.balances(h, engineer)).getFirst().entry())
            .isEqualTo(2);
      }
      jdbi.useHandle(
          handle ->
              handle.execute(
                  """
                  truncate metered_charge, metered_position, metered_balance, feed_cursor,
                    feed_lease, feed_replica
                  """));
    }
  }

  private void consume(StutteringFeed feed) {
    var consumer = new MeteredConsumer(metered);
    try (var running =
        new FeedConsumer(
            new ConsumerId("budget-service", "metered"),
            jdbi,
            feed,
            consumer.types(),
            "replica",
            consumer,
            TracerProvider.noop().get("test"))) {
      running.start();
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(20))
          .until(() -> running.applied() >= feed.size());
    }
  }

  private long position;

  private void told(Message... payloads) {
    var events = new ArrayList<dev.fourthpillar.events.v1.Event>();
    for (var payload : payloads) {
      events.add(Ledger.event(payload, 3, ++position));
    }
    jdbi.useTransaction(handle -> new MeteredConsumer(metered).apply(handle, events));
    if (payloads[0] instanceof ChargeBooked charge) {
      Optional<String> reached = jdbi.withHandle(h -> metered.position(h, charge.getEngineer()));
      assertThat(reached).contains("budget-service/3/" + position);
    }
  }

  private static ChargeBooked withoutAccount(ChargeBooked charge) {
    return charge.toBuilder().clearAccountAmount().clearAccountEmployerAmount().build();
  }

  private String ownOn(String engineer, LocalDate day, String zone) {
    var from = day.atStartOfDay(ZoneId.of(zone)).toInstant();
    var until = day.plusDays(1).atStartOfDay(ZoneId.of(zone)).toInstant();
    return jdbi.withHandle(handle -> metered.sums(handle, engineer, from, until)).stream()
        .filter(sum -> sum.payer() == Payer.OWN)
        .map(sum -> sum.atList().toPlainString())
        .findFirst()
        .orElseThrow();
  }

  private List<String> sums(String engineer) {
    return jdbi.withHandle(handle -> metered.sums(handle, engineer, ALWAYS, NEVER)).stream()
        .map(
            sum ->
                "%s %s %s %s, %s %s %s"
                    .formatted(
                        sum.payer(),
                        sum.currency(),
                        sum.atList().toPlainString(),
                        sum.employerCost().toPlainString(),
                        sum.priceCurrency(),
                        sum.originalAtList().toPlainString(),
                        sum.originalEmployerCost().toPlainString()))
        .toList();
  }
}
