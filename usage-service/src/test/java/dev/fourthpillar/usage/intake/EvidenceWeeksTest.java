package dev.fourthpillar.usage.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.store.EvidenceRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Evidence lies in weeks, and goes by weeks. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/usage"})
class EvidenceWeeksTest {
  private static final Duration WINDOW = Duration.ofDays(35);

  @Test
  void whatTheWindowHasPassedGoesAndItsUnitStays(TestDatabase database) {
    try (StoredUnits units = StoredUnits.on(database, Reports.AT)) {
      Evidence now = Reports.client(1, 10, "req_1");
      // A clock that is 60 days ahead: no week is made for it yet.
      Evidence ahead = Reports.keyedAt(now, Reports.AT.plus(Duration.ofDays(60)));
      units.accept(List.of(now, ahead), Reports.AT);
      assertThat(rows(units, "evidence_elsewhen")).isEqualTo(1);
      assertThat(rows(units, "evidence")).isEqualTo(2);

      keep(units, Reports.AT.plus(Duration.ofDays(34)));
      assertThat(rows(units, "evidence")).isEqualTo(2);

      keep(units, Reports.AT.plus(Duration.ofDays(60)));
      assertThat(rows(units, "evidence")).isEqualTo(1);
      assertThat(rows(units, "evidence_elsewhen")).isZero();
      assertThat(units.accept(List.of(ahead), Reports.AT).getFirst())
          .isInstanceOf(dev.fourthpillar.usage.unit.Acceptance.Duplicate.class);
      assertThat(units.stored())
          .singleElement()
          .satisfies(unit -> assertThat(unit.evidence()).containsExactly(ahead));
    }
  }

  private static void keep(StoredUnits units, Instant now) {
    units.jdbi().useTransaction(handle -> new EvidenceRepository().keepWeeks(handle, now, WINDOW));
  }

  private static long rows(StoredUnits units, String table) {
    return units
        .jdbi()
        .withHandle(
            handle -> handle.createQuery("select count(*) from " + table).mapTo(Long.class).one());
  }
}
