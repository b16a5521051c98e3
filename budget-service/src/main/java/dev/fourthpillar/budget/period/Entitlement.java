package dev.fourthpillar.budget.period;

import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.budget.account.AccountCommand.By;
import dev.fourthpillar.pricing.quantity.Quantities;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What a person is entitled to, as a whole timeline.
 *
 * @param engineer whose
 * @param version of the timeline
 * @param segments by first day, without overlaps
 * @param changedBy who changed it last, and why; both may be empty
 */
record Entitlement(String engineer, long version, List<Segment> segments, By changedBy) {
  Entitlement {
    segments = List.copyOf(segments);
  }

  /** Nothing was said yet. */
  static Entitlement none(String engineer) {
    return new Entitlement(engineer, 0, List.of(), By.NOBODY);
  }

  /**
   * What is entitled from one day to another, both included.
   *
   * @param id stable; names the lot of a one-off
   * @param until empty = until further notice
   * @param plan its id
   * @param portability by day; none: nothing survives
   */
  record Segment(
      String id,
      LocalDate from,
      Optional<LocalDate> until,
      Recurrence recurrence,
      String plan,
      List<Portability> portability,
      Content content) {
    public Segment {
      portability = List.copyOf(portability);
    }

    /** Whether it is in force on that day. */
    boolean covers(LocalDate day) {
      return !day.isBefore(from) && until.map(last -> !day.isAfter(last)).orElse(true);
    }

    Segment withContent(Content other) {
      return new Segment(id, from, until, recurrence, plan, portability, other);
    }
  }

  /**
   * From a day on, so much of what is unspent survives an exit.
   *
   * @param microPercent cumulative, in millionths of a percent
   */
  record Portability(LocalDate from, int microPercent) {}

  /** How often it is granted. */
  enum Recurrence {
    ANNUAL,
    ONE_OFF,
    /** In each period, so much as the plan says. */
    PER_PERIOD
  }

  /** What is granted. */
  sealed interface Content {
    /** Money, per year or once. */
    record Money(Amount amount) implements Content {}

    /** Quantities, per year or once: worth what they cost at list price when a period begins. */
    record Quantity(List<Line> lines) implements Content {
      public Quantity {
        lines = List.copyOf(lines);
      }
    }

    /** What the plan gives in a period. */
    record OfPlan() implements Content {}

    /** A place at a pool; no lot of one's own. */
    record Pooled() implements Content {}

    /** No limit; no lot. */
    record Uncapped() implements Content {}
  }

  /** Some quantities of one model. */
  record Line(String provider, String model, Quantities quantities) {}
}
