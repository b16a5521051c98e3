package dev.fourthpillar.charging.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.charging.oracle.Oracle;
import dev.fourthpillar.charging.world.Attempt;
import dev.fourthpillar.charging.world.Report;
import dev.fourthpillar.charging.world.Schedule;
import dev.fourthpillar.testkit.Dose;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * The checks can fail: charging that is broken on purpose is caught, and by the check meant for it.
 */
class BrokenChargingTest {
  private static final int SCHEDULES = 60;
  private static final int CALLS = 8;

  /** Prices by what came first. */
  private static final class ByArrival extends Charging {
    ByArrival() {
      super(ChargingTest.BY_VERSION);
    }

    @Override
    Report measure(Collection<Report> inOrderOfArrival) {
      return inOrderOfArrival.iterator().next();
    }
  }

  /** Charges the new line and leaves the old one. */
  private static final class NeverNegates extends Charging {
    NeverNegates() {
      super(ChargingTest.BY_VERSION);
    }

    @Override
    List<Charge> changes(Optional<Charge> before, Optional<Charge> after) {
      boolean sameLine =
          before.isPresent() && after.isPresent() && before.get().line().equals(after.get().line());
      return sameLine ? super.changes(before, after) : after.stream().toList();
    }
  }

  /** Lets the client's engineer pay what a hold has paid for. */
  private static final class ForgetsHolds extends Charging {
    ForgetsHolds() {
      super(ChargingTest.BY_VERSION);
    }

    @Override
    Optional<Attempt> through(Collection<Report> reports) {
      return Optional.empty();
    }
  }

  /** Charges the lower signal beside the counted one. */
  private static final class ElectsNobody extends Charging {
    ElectsNobody() {
      super(ChargingTest.BY_VERSION);
    }

    @Override
    boolean covered(Report lower) {
      return false;
    }
  }

  /** Adds to sums and never takes away. */
  private static final class OnlyAdds extends Charging {
    OnlyAdds() {
      super(ChargingTest.BY_VERSION);
    }

    @Override
    void sum(Optional<Value> before, Optional<Value> after) {
      super.sum(Optional.empty(), after);
    }
  }

  @Test
  void chargingByArrivalDisagreesWithTheOracle() {
    assertThat(caught(ByArrival::new)).containsKey("ORACLE");
  }

  @Test
  void aChargeThatIsNotTakenBackIsCaught() {
    assertThat(caught(NeverNegates::new))
        .containsKeys(
            "DELTAS_ARE_THE_CHARGE",
            "BOOKINGS_AND_DELTAS_ARE_THE_VALUE",
            "ONLY_SETTLED_UNITS_CHARGE",
            "FORMER_PAYERS_ARE_CHARGED_NOTHING");
  }

  @Test
  void aHoldThatDoesNotPayIsCaught() {
    assertThat(caught(ForgetsHolds::new)).containsKeys("THE_HOLD_PAYS", "ORACLE");
  }

  @Test
  void twoSignalsOfOneCallAreCaught() {
    assertThat(caught(ElectsNobody::new)).containsKeys("CHARGED_ONCE", "ORACLE");
  }

  @Test
  void sumsThatOnlyGrowAreCaught() {
    assertThat(caught(OnlyAdds::new)).containsKey("ROLLUPS_ARE_THE_UNITS");
  }

  @Test
  void whatIsNotBrokenIsNotCaught() {
    assertThat(caught(() -> new Charging(ChargingTest.BY_VERSION))).isEmpty();
  }

  /** Which checks caught it, and in how many schedules. */
  private static Map<String, Integer> caught(Supplier<Charging> broken) {
    Map<String, Integer> caught = new HashMap<>();
    long firstSeed = Dose.DEFAULT_SEED;
    for (long seed = firstSeed; seed < firstSeed + SCHEDULES; seed++) {
      Schedule schedule = ChargingTest.schedule(seed, CALLS);
      Play play = Play.of(schedule, broken.get(), new Random(seed));
      Set<String> checks = new HashSet<>(play.broken().keySet());
      if (!ChargingTest.lines(play.charging())
          .equals(Oracle.owed(schedule.delivered(), ChargingTest.BY_VERSION).lines())) {
        checks.add("ORACLE");
      }
      checks.forEach(check -> caught.merge(check, 1, Integer::sum));
    }
    return caught;
  }
}
