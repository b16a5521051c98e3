package dev.fourthpillar.budget.plan;

import java.time.LocalDate;
import java.util.List;

/**
 * A plan as it changed. What concerns calls counts from the day a change takes effect; what
 * concerns periods, from the first period that begins on that day or later.
 *
 * @param versions by the day they take effect; the first one counts from ever
 */
public record PlanHistory(String id, List<Version> versions) {
  /** Versions of one plan. */
  public static final int MAX_VERSIONS = 100;

  /** From when on the first version counts: before everything. */
  public static final LocalDate EVER = LocalDate.of(1, 1, 1);

  /** A plan from a day on. */
  public record Version(LocalDate from, Plan plan) {}

  public PlanHistory {
    versions = List.copyOf(versions);
    if (versions.isEmpty() || versions.size() > MAX_VERSIONS) {
      throw new IllegalArgumentException(
          "versions of plan %s: %d (expected: 1 to %d)"
              .formatted(id, versions.size(), MAX_VERSIONS));
    }
  }

  /** A plan that never changed. */
  public static PlanHistory of(Plan plan) {
    return new PlanHistory(plan.id(), List.of(new Version(EVER, plan)));
  }

  /** The plan on a day. */
  public Plan on(LocalDate day) {
    return versions.get(index(day)).plan();
  }

  /** The latest version of all, which may take effect later. */
  public Plan latest() {
    return versions.getLast().plan();
  }

  /**
   * The period that has the day: of the version in effect when it began. After a change of cadence
   * the first one may be shorter.
   *
   * @param hired the first day of the employment
   */
  public Days period(LocalDate day, LocalDate hired) {
    return period(index(day), day, hired);
  }

  private Days period(int version, LocalDate day, LocalDate hired) {
    Days own = versions.get(version).plan().cadence().period(day, hired);
    if (version == 0) {
      return own;
    }
    Days before = period(version - 1, versions.get(version).from().minusDays(1), hired);
    if (!day.isAfter(before.last())) {
      return before;
    }
    return own.from(before.last().plusDays(1));
  }

  private int index(LocalDate day) {
    int index = 0;
    while (index + 1 < versions.size() && !versions.get(index + 1).from().isAfter(day)) {
      index++;
    }
    return index;
  }
}
