package dev.fourthpillar.comp.pack;

import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.money.ExactMoney;
import dev.fourthpillar.comp.terms.Guarantee;
import dev.fourthpillar.comp.vest.Acceleration;
import dev.fourthpillar.comp.vest.VestSchedule;
import dev.fourthpillar.comp.vest.VestTable;
import java.time.LocalDate;
import java.util.List;

/**
 * A grant of restricted stock units, of options, or of virtual shares.
 *
 * @param id unique among the package's components
 * @param refresher a later grant that may or may not come: DISCRETIONARY or ASSUMED, shown apart
 *     and never in a promised total
 * @param accelerations at most {@link VestTable#MAX_ACCELERATIONS}
 */
public record EquityGrant(
    String id,
    Instrument instrument,
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
    var priced = checks.present("price", price);
    var instrumented = checks.present("instrument", instrument);
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
    if (priced && instrumented && dated) {
      instrument.right().ifPresent(right -> checkRight(checks, right, price, grantDate));
    }
    if (sized && dated && scheduled && listed) {
      accelerations = List.copyOf(accelerations);
      var given = accelerations;
      checks.at("", () -> VestTable.of(schedule, grantDate, size.shares(), given));
    }
    checks.orThrow();
  }

  /** Promised units without acceleration. */
  public static EquityGrant promised(
      String id, GrantSize size, SharePrice price, LocalDate grantDate, VestSchedule schedule) {
    return new EquityGrant(
        id,
        new Instrument.Unit(),
        size,
        price,
        grantDate,
        schedule,
        List.of(),
        false,
        Guarantee.CONTRACTUAL);
  }

  public VestTable vestTable() {
    return VestTable.of(schedule, grantDate, size.shares(), accelerations);
  }

  /** What a vested unit is worth today. */
  public ExactMoney unitValue() {
    return unitValue(0);
  }

  /** What a unit is worth after whole years of the assumed growth of the share price. */
  public ExactMoney unitValue(int years) {
    return instrument.intrinsic(price.price().exact().times(price.growthFactor(years)));
  }

  private static void checkRight(
      Checks checks, Instrument.Terms right, SharePrice price, LocalDate grantDate) {
    checks.that(
        right.strike().currency().equals(price.price().currency()),
        "instrument.strike",
        right.strike(),
        "in " + price.price().currency());
    checks.that(
        right.expiry().isAfter(grantDate),
        "instrument.expiry",
        right.expiry(),
        "after the grant date " + grantDate);
  }
}
