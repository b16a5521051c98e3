package dev.fourthpillar.comp.monthclose;

import static dev.fourthpillar.comp.metered.Ledger.charge;
import static dev.fourthpillar.comp.personal.CompSuite.date;
import static dev.fourthpillar.comp.personal.CompSuite.tool;
import static dev.fourthpillar.type.v1.PayerKind.PAYER_KIND_OVERAGE;
import static dev.fourthpillar.type.v1.PayerKind.PAYER_KIND_OWN;
import static dev.fourthpillar.type.v1.PayerKind.PAYER_KIND_PROJECT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.backbone.feed.FeedWriter;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.comp.fxrate.FxRateRepository;
import dev.fourthpillar.comp.metered.MeteredRepository;
import dev.fourthpillar.comp.packages.PackageRepository;
import dev.fourthpillar.comp.people.EngineerRepository;
import dev.fourthpillar.comp.personal.CompSuite;
import dev.fourthpillar.events.v1.ConsumptionReachedSalary;
import dev.fourthpillar.testkit.MutableClock;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who consumes as much as they earn is told to HR once, when a month is over. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/comp"})
final class MonthCloseTest {
  private static CompSuite suite;

  private final MutableClock clock = MutableClock.at("2026-01-01T00:00:00Z");
  private MonthCloseService months = replica();

  @BeforeAll
  static void start(TestDatabase database) {
    suite = CompSuite.start(database);
  }

  @AfterAll
  static void stop() {
    suite.close();
  }

  @Test
  void itIsToldOnceWhenTheMonthIsOverWhereThePersonIs() {
    employed("astrid", "2026-01-01", "1000");
    suite.charged(
        charge("astrid", PAYER_KIND_OWN, "2026-02-10T10:00:00Z", "900"),
        charge("astrid", PAYER_KIND_OVERAGE, "2026-03-10T10:00:00Z", "95"),
        charge("astrid", PAYER_KIND_PROJECT, "2026-03-10T10:00:00Z", "5000"));

    // March is 995: not yet.
    at("2026-04-10T00:00:00Z");
    assertThat(suite.reached("astrid")).isEmpty();

    // April makes it exactly 1,000, and ends in Stockholm at 22:00 UTC; five days later it is
    // closed.
    suite.charged(charge("astrid", PAYER_KIND_OWN, "2026-04-30T21:59:00Z", "5"));
    at("2026-05-05T21:59:59Z");
    assertThat(suite.reached("astrid")).isEmpty();
    at("2026-05-05T22:00:00Z");
    assertThat(suite.reached("astrid")).containsExactly(told("astrid", "2026-01-01", "2026-04-30"));

    // More, later, and after a restart: it was told.
    suite.charged(charge("astrid", PAYER_KIND_OWN, "2026-05-02T10:00:00Z", "700"));
    months = replica();
    at("2026-06-20T00:00:00Z");
    at("2026-07-20T00:00:00Z");
    assertThat(suite.reached("astrid")).hasSize(1);
  }

  @Test
  void monthsThatWereOverBeforeAnythingArrivedAreDecided() {
    employed("bo", "2026-01-01", "1000");
    at("2026-08-20T00:00:00Z");
    suite.charged(
        charge("bo", PAYER_KIND_OWN, "2026-02-10T10:00:00Z", "600"),
        charge("bo", PAYER_KIND_OWN, "2026-03-10T10:00:00Z", "600"));

    at("2026-08-20T00:00:01Z");

    assertThat(suite.reached("bo")).containsExactly(told("bo", "2026-01-01", "2026-03-31"));
  }

  @Test
  void aClosedMonthThatIsChargedForLaterIsDecidedAgain() {
    employed("cleo", "2026-01-01", "1000");
    suite.charged(charge("cleo", PAYER_KIND_OWN, "2026-03-10T10:00:00Z", "999"));
    at("2026-04-10T00:00:00Z");
    assertThat(suite.reached("cleo")).isEmpty();

    suite.charged(charge("cleo", PAYER_KIND_OWN, "2026-03-31T10:00:00Z", "1"));
    at("2026-04-10T00:00:01Z");

    assertThat(suite.reached("cleo")).containsExactly(told("cleo", "2026-01-01", "2026-03-31"));
  }

  @Test
  void eachContractYearStandsForItselfAlsoWhenItEndsWithinAMonth() {
    employed("dag", "2025-03-15", "1000");
    suite.charged(
        charge("dag", PAYER_KIND_OWN, "2026-02-10T10:00:00Z", "600"),
        charge("dag", PAYER_KIND_OWN, "2026-03-14T10:00:00Z", "400"),
        // The next year.
        charge("dag", PAYER_KIND_OWN, "2026-03-15T10:00:00Z", "700"));

    at("2026-04-10T00:00:00Z");
    assertThat(suite.reached("dag")).containsExactly(told("dag", "2025-03-15", "2026-03-31"));

    suite.charged(charge("dag", PAYER_KIND_OWN, "2026-04-20T10:00:00Z", "300"));
    at("2026-05-10T00:00:00Z");
    assertThat(suite.reached("dag"))
        .containsExactly(
            told("dag", "2025-03-15", "2026-03-31"), told("dag", "2026-03-15", "2026-04-30"));
  }

  @Test
  void aMissingRateOrPackageOnlyDelaysIt() {
    suite.person("ebba", "Ebba", "SE", "Europe/Stockholm", "USD");
    suite.charged(charge("ebba", PAYER_KIND_OWN, "2026-03-10T10:00:00Z", "100"));
    at("2026-04-10T00:00:00Z");
    assertThat(suite.reached("ebba")).isEmpty();

    // 100 USD at 11 are more than 1,050 NOK.
    suite.pay("ebba", "2026-01-01", "1050", "NOK", tool("100", "USD"));
    at("2026-04-10T00:00:01Z");
    assertThat(suite.reached("ebba")).isEmpty();

    suite.rate("USD", "NOK", "11", "2026-03-30", "test");
    at("2026-04-10T00:00:02Z");
    assertThat(suite.reached("ebba")).containsExactly(told("ebba", "2026-01-01", "2026-03-31"));
  }

  @Test
  void whoIsNobodyHereStopsNobodyElse() {
    suite.charged(charge("a-pseudonym", PAYER_KIND_OWN, "2026-03-10T10:00:00Z", "100000"));
    employed("frida", "2026-01-01", "1000");
    suite.charged(charge("frida", PAYER_KIND_OWN, "2026-03-10T10:00:00Z", "1000"));

    at("2026-04-10T00:00:00Z");

    assertThat(suite.reached("frida")).hasSize(1);
    assertThat(suite.reached("a-pseudonym")).isEmpty();
  }

  @Test
  void twoReplicasTellItOnce() throws Exception {
    for (int i = 0; i < 4; i++) {
      employed("twin-" + i, "2026-01-01", "1000");
      suite.charged(charge("twin-" + i, PAYER_KIND_OWN, "2026-03-10T10:00:00Z", "1000"));
    }
    clock.set(Instant.parse("2026-04-10T00:00:00Z"));
    try (var threads = Executors.newFixedThreadPool(2)) {
      List<MonthCloseService> replicas = List.of(replica(), replica());
      for (var running : replicas.stream().map(r -> threads.submit(r::closeDue)).toList()) {
        running.get();
      }
    }
    // Whom one replica passed over because the other had them is decided by then.
    months.closeDue();
    for (int i = 0; i < 4; i++) {
      assertThat(suite.reached("twin-" + i)).hasSize(1);
    }
  }

  @Test
  void aMonthIsOverByThePersonsClock() {
    var now = Instant.parse("2026-04-06T00:00:00Z");
    var delay = Duration.ofDays(5);

    assertThat(ClosedMonths.last(now, delay, ZoneId.of("UTC"))).isEqualTo(YearMonth.of(2026, 3));
    assertThat(ClosedMonths.last(now, delay, ZoneId.of("America/New_York")))
        .isEqualTo(YearMonth.of(2026, 2));
    assertThat(
            ClosedMonths.since(
                Instant.parse("2020-01-01T00:00:00Z"), YearMonth.of(2026, 3), ZoneId.of("UTC")))
        .hasSize(14)
        .endsWith(YearMonth.of(2026, 3));
  }

  private static void employed(String engineer, String start, String base) {
    suite.person(engineer, engineer, "SE", "Europe/Stockholm", "USD");
    suite.pay(engineer, start, base, "USD", tool("100", "USD"));
  }

  private void at(String time) {
    clock.set(Instant.parse(time));
    months.closeDue();
  }

  private MonthCloseService replica() {
    return new MonthCloseService(
        suite.comp().bean(Transactions.class),
        suite.comp().bean(MonthCloseRepository.class),
        suite.comp().bean(EngineerRepository.class),
        suite.comp().bean(PackageRepository.class),
        suite.comp().bean(FxRateRepository.class),
        suite.comp().bean(MeteredRepository.class),
        suite.comp().bean(FeedWriter.class),
        new MonthCloseConfig(Duration.ofDays(5), Duration.ofDays(1)),
        clock);
  }

  private static ConsumptionReachedSalary told(String engineer, String year, String monthEnd) {
    return ConsumptionReachedSalary.newBuilder()
        .setEngineer(engineer)
        .setPeriodStart(date(year))
        .setMonthEnd(date(monthEnd))
        .build();
  }
}
