package dev.fourthpillar.comp.calculate;

import dev.fourthpillar.comp.vest.Acceleration;
import dev.fourthpillar.comp.vest.Quantity;
import dev.fourthpillar.comp.vest.VestSchedule;
import dev.fourthpillar.comp.vest.VestTable;
import java.time.LocalDate;
import java.util.List;

/** What shall vest, and how. */
public record VestOrder(
    long units, VestSchedule schedule, LocalDate grantDate, List<Acceleration> accelerations) {

  public VestOrder {
    accelerations = List.copyOf(accelerations);
  }

  VestTable table() {
    return VestTable.of(schedule, grantDate, Quantity.whole(units), accelerations);
  }
}
