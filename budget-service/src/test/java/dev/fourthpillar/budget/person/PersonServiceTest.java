package dev.fourthpillar.budget.person;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.backbone.storage.JdbiSettings;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is kept of people. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/budget"})
final class PersonServiceTest {
  private final PersonService people = new PersonService(new PersonRepository());
  private Jdbi jdbi;

  @BeforeEach
  void open(TestDatabase database) {
    jdbi = JdbiSettings.apply(Jdbi.create(database.another().dataSource()));
  }

  @Test
  void theLatestDescriptionCountsHoweverOftenAndInWhateverOrderTheyCome() {
    assertThat(change(1, "SE", "USD", "2026-01-01T10:00:00Z")).isTrue();
    assertThat(change(3, "DE", "EUR", "2026-06-01T10:00:00Z")).isTrue();
    assertThat(change(2, "SE", "SEK", "2026-03-01T10:00:00Z")).isFalse();
    assertThat(change(3, "DE", "EUR", "2026-06-01T10:00:00Z")).isFalse();

    assertThat(found().currency()).isEqualTo("EUR");
    assertThat(found().version()).isEqualTo(3);
  }

  @Test
  void aChargeIsJudgedByTheCountryAndCurrencyAtTheTimeOfItsCall() {
    var _ = change(1, "SE", "USD", "2026-01-01T10:00:00Z");
    var _ = change(2, "SE", "USD", "2026-02-01T10:00:00Z");
    var _ = change(3, "DE", "EUR", "2026-06-01T10:00:00Z");

    Situations situations =
        jdbi.withHandle(handle -> people.situations(handle, List.of("ada", "nobody"))).get("ada");
    assertThat(situations.bySince()).hasSize(2);
    assertThat(situations.at(Instant.parse("2020-01-01T00:00:00Z")))
        .as("the first counts from ever")
        .isEqualTo(new Situation("SE", "USD"));
    assertThat(situations.at(Instant.parse("2026-06-01T09:59:59Z")))
        .isEqualTo(new Situation("SE", "USD"));
    assertThat(situations.at(Instant.parse("2026-06-01T10:00:00Z")))
        .isEqualTo(new Situation("DE", "EUR"));
    assertThat(situations.currencies()).containsExactlyInAnyOrder("USD", "EUR");
  }

  @Test
  void whoLeavesHasALastDay() {
    var _ = change(1, "SE", "USD", "2026-01-01T10:00:00Z");

    assertThat(left("ada", 2, "2026-07-31")).isTrue();
    assertThat(left("ada", 2, "2026-08-31")).as("the same event again").isFalse();
    assertThat(left("nobody", 1, "2026-07-31")).isFalse();
    assertThat(found().employment().lastDay()).contains(LocalDate.parse("2026-07-31"));
    assertThat(found().employment().covers(LocalDate.parse("2026-07-31"))).isTrue();
    assertThat(found().employment().covers(LocalDate.parse("2026-08-01"))).isFalse();
  }

  private boolean change(long version, String country, String currency, String toldAt) {
    Person ada =
        new Person(
            "ada",
            version,
            "core",
            country,
            ZoneId.of("Europe/Stockholm"),
            currency,
            new Employment(LocalDate.parse("2020-01-01"), Optional.empty()));
    return jdbi.inTransaction(handle -> people.changed(handle, ada, Instant.parse(toldAt)));
  }

  private boolean left(String engineer, long version, String lastDay) {
    return jdbi.inTransaction(
        handle -> people.left(handle, engineer, version, LocalDate.parse(lastDay)));
  }

  private Person found() {
    return jdbi.withHandle(handle -> people.find(handle, "ada")).orElseThrow();
  }
}
