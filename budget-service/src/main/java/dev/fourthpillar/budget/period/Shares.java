package dev.fourthpillar.budget.period;

import dev.fourthpillar.budget.plan.Cadence;
import dev.fourthpillar.budget.plan.Days;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * What part of an amount some days are: runs of days with equal shares, and within a run by days.
 * Exact: parts are whole numbers, of which {@link #whole} make up the amount.
 *
 * @param runs one after the other, without a gap
 * @param common a multiple of the days of each run
 */
record Shares(List<Days> runs, BigInteger common) {
  Shares {
    runs = List.copyOf(runs);
  }

  /** Of a year, as this cadence splits it. */
  static Shares ofYear(Cadence cadence, Days year, LocalDate hired) {
    List<Days> runs = new ArrayList<>();
    LocalDate day = year.first();
    while (!day.isAfter(year.last())) {
      Days run = cadence.share(day, hired);
      runs.add(run);
      day = run.last().plusDays(1);
    }
    return of(runs);
  }

  /** Of one run of days. */
  static Shares of(Days days) {
    return of(List.of(days));
  }

  private static Shares of(List<Days> runs) {
    BigInteger common = BigInteger.ONE;
    for (Days run : runs) {
      BigInteger days = BigInteger.valueOf(run.count());
      common = common.multiply(days).divide(common.gcd(days));
    }
    return new Shares(runs, common);
  }

  LocalDate first() {
    return runs.getFirst().first();
  }

  LocalDate last() {
    return runs.getLast().last();
  }

  BigInteger whole() {
    return common.multiply(BigInteger.valueOf(runs.size()));
  }

  /** The part of the days from one to another, both included. */
  BigInteger part(LocalDate first, LocalDate last) {
    BigInteger part = BigInteger.ZERO;
    for (Days run : runs) {
      if (!first.isAfter(run.last()) && !last.isBefore(run.first())) {
        long days = run.from(first).until(last).count();
        part =
            part.add(
                BigInteger.valueOf(days).multiply(common).divide(BigInteger.valueOf(run.count())));
      }
    }
    return part;
  }
}
