package dev.fourthpillar.usage.settle;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What units add to sums, and by how much sums move when a unit changes. */
final class Rollups {
  /** Every time zone's hours consist of quarters. */
  private static final long QUARTER_SECONDS = Duration.ofMinutes(15).toSeconds();

  /** The row that counts the calls and takes the money that no meter explains. */
  static final String NO_METER = "";

  private Rollups() {}

  /**
   * @param subject empty for nobody
   * @param currency empty while there is no price
   */
  record Key(
      String subject,
      Instant quarter,
      String provider,
      String model,
      String tool,
      String project,
      String agent,
      String state,
      String meter,
      String currency) {

    /** The same for another meter. */
    Key of(String other) {
      return new Key(
          subject, quarter, provider, model, tool, project, agent, state, other, currency);
    }
  }

  /** Sums outgrow a long. */
  record Sums(long units, BigInteger quantity, BigInteger list, BigInteger employer) {
    static final Sums ZERO = new Sums(0, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);

    static Sums of(long units, long quantity, long list, long employer) {
      return new Sums(
          units,
          BigInteger.valueOf(quantity),
          BigInteger.valueOf(list),
          BigInteger.valueOf(employer));
    }

    Sums plus(Sums other) {
      return new Sums(
          units + other.units,
          quantity.add(other.quantity),
          list.add(other.list),
          employer.add(other.employer));
    }

    Sums negated() {
      return new Sums(-units, quantity.negate(), list.negate(), employer.negate());
    }
  }

  /** What a unit adds. */
  static Map<Key, Sums> of(UnitValue value) {
    Map<Key, Sums> parts = new HashMap<>();
    if (!value.state().counts()) {
      return parts;
    }
    long list = value.worth().listNanos();
    long employer = value.worth().employerNanos();
    for (Map.Entry<String, MeterCost> meter : value.worth().meters().entrySet()) {
      MeterCost cost = meter.getValue();
      list -= cost.listNanos();
      employer -= cost.employerNanos();
      parts.merge(
          key(value, meter.getKey()),
          Sums.of(0, cost.quantity(), cost.listNanos(), cost.employerNanos()),
          Sums::plus);
    }
    parts.merge(key(value, NO_METER), Sums.of(1, 0, list, employer), Sums::plus);
    return parts;
  }

  /** By how much sums move. */
  static void move(Map<Key, Sums> moves, Optional<UnitValue> before, UnitValue after) {
    before.ifPresent(
        value -> of(value).forEach((key, sums) -> moves.merge(key, sums.negated(), Sums::plus)));
    of(after).forEach((key, sums) -> moves.merge(key, sums, Sums::plus));
  }

  private static Key key(UnitValue value, String meter) {
    long second = value.eventTime().getEpochSecond();
    return new Key(
        value.party().subject().orElse(""),
        Instant.ofEpochSecond(second - Math.floorMod(second, QUARTER_SECONDS)),
        value.matter().provider(),
        value.matter().model(),
        value.matter().tool(),
        value.matter().project(),
        value.matter().agent(),
        value.state().name(),
        meter,
        value.worth().currency().orElse(""));
  }
}
