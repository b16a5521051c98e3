package dev.fourthpillar.budget.cap;

import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.budget.lot.Minutes;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A limit without money of its own, for all calls that meet its conditions.
 *
 * @param amount at most so much in a window, at list price
 * @param namedOnly whether it counts only where it is named
 * @param disabled whether it refuses nothing
 * @param since what was used earlier is not counted
 */
public record Cap(
    String id,
    Amount amount,
    CapWindow window,
    ZoneId zone,
    CapConditions conditions,
    boolean namedOnly,
    boolean disabled,
    Instant since) {

  /** The window that has this time. */
  public CapKey at(Instant time) {
    return new CapKey(id, window.first(day(time)).map(this::minute).orElse(CapKey.EVER));
  }

  /** That something of this time counts in it. */
  public CapDemand demand(Instant time, CapRate rate) {
    return new CapDemand(at(time), amount.currency(), end(time), rate);
  }

  /** When the window ends that has this time; empty = never. */
  public Optional<Instant> end(Instant time) {
    return window.first(day(time)).flatMap(window::next).map(this::start);
  }

  /** When that window begins; a cap that has one alone began when it was made. */
  public Instant start(Instant time) {
    return window.first(day(time)).map(this::start).orElse(since);
  }

  /**
   * The same cap as it was changed to; only its amount and whether it refuses may be other ones.
   */
  public boolean mayBecome(Cap other) {
    return window == other.window
        && zone.equals(other.zone)
        && conditions.equals(other.conditions)
        && namedOnly == other.namedOnly
        && amount.currency().equals(other.amount.currency());
  }

  /** The same, made then. */
  public Cap since(Instant time) {
    return new Cap(id, amount, window, zone, conditions, namedOnly, disabled, time);
  }

  private LocalDate day(Instant time) {
    return time.atZone(zone).toLocalDate();
  }

  private Instant start(LocalDate day) {
    return day.atStartOfDay(zone).toInstant();
  }

  private long minute(LocalDate day) {
    return Minutes.of(start(day));
  }
}
