package dev.fourthpillar.comp.pack;

import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.terms.Guarantee;
import dev.fourthpillar.comp.vest.Acceleration;
import dev.fourthpillar.comp.vest.VestSchedule;
import dev.fourthpillar.comp.vest.VestTable;
import java.time.LocalDate;
import java.util.List;

/**
 * A grant of restricted stock units.
 *
 * @param id unique among the package's components
 * @param refresher a later grant that may or may not come: DISCRETIONARY or ASSUMED, shown apart
 *     and never in a promised total
 * @param accelerations at most {@link VestTable#MAX_ACCELERATIONS}
 */
public record EquityGrant(
    String id,
    GrantSize size,
    SharePrice price,
    LocalDate grantDate,
    VestSchedule schedule,
    List<Acceleration> accelerations,
    boolean refresher,
    Guarantee guarantee) {

  public EquityGrant {
    var checks = new Checks();
    Ids.check(checks, id);
    var sized = checks.present("size", size);
    checks.present("price", price);
    var dated = checks.date("grantDate", grantDate);
    var scheduled = checks.present("schedule", schedule);
    var listed = checks.present("accelerations", accelerations);
    if (checks.present("guarantee", guarantee)) {
      checks.that(
          !refresher || !guarantee.isPromised(),
          "guarantee",
          guarantee,
          "DISCRETIONARY or ASSUMED for a refresher");
    }
    if (sized && dated && scheduled && listed) {
      accelerations = List.copyOf(accelerations);
      var given = accelerations;
      checks.at("", () -> VestTable.of(schedule, grantDate, size.shares(), given));
    }
    checks.orThrow();
  }

  /** A promised grant without acceleration. */
  public static EquityGrant promised(
      String id, GrantSize size, SharePrice price, LocalDate grantDate, VestSchedule schedule) {
    return new EquityGrant(
        id, size, price, grantDate, schedule, List.of(), false, Guarantee.CONTRACTUAL);
  }

  public VestTable vestTable() {
    return VestTable.of(schedule, grantDate, size.shares(), accelerations);
  }
}
