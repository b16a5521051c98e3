package dev.fourthpillar.comp.vest;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The vest engine once more, on purpose naive and different: piles of single shares, month ends by
 * counting, and every installment carried to its day by walking through the days.
 */
public final class Dealer {

  private static final BigInteger HUNDRED = BigInteger.valueOf(100).multiply(BigInteger.TEN.pow(6));

  private Dealer() {}

  /** "date micros" per vest day. */
  public static List<String> deal(VestSchedule schedule, LocalDate grantDate, long totalMicros) {
    long step = schedule.allocation() == Allocation.FRACTIONAL ? 1 : 1_000_000;
    long[] piles = piles(schedule, totalMicros / step);
    int n = schedule.installments();
    LocalDate[] due = new LocalDate[n + 1];
    for (int k = 1; k <= n; k++) {
      due[k] = monthsLater(schedule.start(), k * schedule.monthsApart());
    }
    // What the cliff holds back comes on the cliff's day.
    for (int k = 1; k < schedule.cliffInstallment(); k++) {
      due[k] = due[schedule.cliffInstallment()];
    }
    List<LocalDate> days = IntStream.rangeClosed(1, n).mapToObj(k -> due[k]).distinct().toList();
    Optional<LocalDate> firstFromGrant =
        days.stream().filter(day -> !day.isBefore(grantDate)).findFirst();
    var result = new ArrayList<String>();
    LocalDate landing = firstFromGrant.orElse(grantDate);
    for (var day :
        days.stream().map(d -> d.isBefore(grantDate) ? landing : d).distinct().toList()) {
      long sum = 0;
      for (int k = 1; k <= n; k++) {
        var lands = due[k].isBefore(grantDate) ? landing : due[k];
        sum += lands.equals(day) ? piles[k] * step : 0;
      }
      result.add(day + " " + sum);
    }
    return result;
  }

  /**
   * The same with vesting ahead of the schedule: what comes early is taken from the last piles
   * there are.
   */
  public static List<String> deal(
      VestSchedule schedule, LocalDate grantDate, long totalMicros, List<Acceleration> early) {
    var days = new TreeMap<LocalDate, Long>();
    for (var vest : deal(schedule, grantDate, totalMicros)) {
      days.merge(
          LocalDate.parse(vest.substring(0, 10)), Long.parseLong(vest.substring(11)), Long::sum);
    }
    long step = schedule.allocation() == Allocation.FRACTIONAL ? 1 : 1_000_000;
    for (var acceleration :
        early.stream().sorted(Comparator.comparing(Acceleration::date)).toList()) {
      long unvested =
          days.tailMap(acceleration.date(), false).values().stream().mapToLong(n -> n).sum();
      long wanted =
          switch (acceleration) {
            case Acceleration.Fixed fixed -> Math.min(unvested, fixed.quantity().micros());
            case Acceleration.OfUnvested part ->
                quotient(
                        BigInteger.valueOf(unvested)
                            .multiply(part.percent().value().movePointRight(6).toBigIntegerExact()),
                        HUNDRED.multiply(BigInteger.valueOf(step)),
                        RoundingMode.DOWN)
                    * step;
          };
      days.merge(acceleration.date(), wanted, Long::sum);
      for (var last : List.copyOf(days.tailMap(acceleration.date(), false).keySet()).reversed()) {
        long taken = Math.min(wanted, days.get(last));
        days.merge(last, -taken, Long::sum);
        wanted -= taken;
      }
    }
    return days.entrySet().stream().map(day -> day.getKey() + " " + day.getValue()).toList();
  }

  private static long[] piles(VestSchedule schedule, long steps) {
    int n = schedule.installments();
    if (schedule.yearlyPercents().isEmpty()) {
      return equal(schedule.allocation(), steps, n);
    }
    var percents =
        schedule.yearlyPercents().get().percents().stream()
            .map(percent -> percent.value().movePointRight(6).toBigIntegerExact())
            .toList();
    long[] years = years(schedule.allocation(), steps, percents);
    int perYear = n / percents.size();
    long[] piles = new long[n + 1];
    for (int year = 0; year < percents.size(); year++) {
      long[] inYear = equal(schedule.allocation(), years[year], perYear);
      System.arraycopy(inYear, 1, piles, year * perYear + 1, perYear);
    }
    return piles;
  }

  private static long[] years(Allocation allocation, long steps, List<BigInteger> percents) {
    long[] years = new long[percents.size()];
    switch (allocation) {
      case CUMULATIVE_ROUND_DOWN, CUMULATIVE_ROUNDING, FRACTIONAL -> {
        var mode =
            allocation == Allocation.CUMULATIVE_ROUND_DOWN
                ? RoundingMode.DOWN
                : RoundingMode.HALF_UP;
        long before = 0;
        for (int i = 0; i < years.length; i++) {
          var upTo = percents.subList(0, i + 1).stream().reduce(BigInteger.ZERO, BigInteger::add);
          long end = quotient(BigInteger.valueOf(steps).multiply(upTo), HUNDRED, mode);
          years[i] = end - before;
          before = end;
        }
      }
      case FRONT_LOADED,
          BACK_LOADED,
          FRONT_LOADED_TO_SINGLE_TRANCHE,
          BACK_LOADED_TO_SINGLE_TRANCHE -> {
        long left = steps;
        for (int i = 0; i < years.length; i++) {
          years[i] =
              quotient(
                  BigInteger.valueOf(steps).multiply(percents.get(i)), HUNDRED, RoundingMode.DOWN);
          left -= years[i];
        }
        var receiving =
            IntStream.range(0, years.length)
                .filter(i -> percents.get(i).signum() > 0)
                .boxed()
                .toList();
        handOut(allocation, left, receiving, years);
      }
    }
    return years;
  }

  private static long[] equal(Allocation allocation, long steps, int n) {
    long[] piles = new long[n + 1];
    switch (allocation) {
      case CUMULATIVE_ROUND_DOWN, CUMULATIVE_ROUNDING, FRACTIONAL -> {
        var mode =
            allocation == Allocation.CUMULATIVE_ROUND_DOWN
                ? RoundingMode.DOWN
                : RoundingMode.HALF_UP;
        long before = 0;
        for (int k = 1; k <= n; k++) {
          long upTo =
              quotient(
                  BigInteger.valueOf(steps).multiply(BigInteger.valueOf(k)),
                  BigInteger.valueOf(n),
                  mode);
          piles[k] = upTo - before;
          before = upTo;
        }
      }
      case FRONT_LOADED,
          BACK_LOADED,
          FRONT_LOADED_TO_SINGLE_TRANCHE,
          BACK_LOADED_TO_SINGLE_TRANCHE -> {
        long left = steps;
        while (left >= n) { // one round at a time
          for (int k = 1; k <= n; k++) {
            piles[k]++;
          }
          left -= n;
        }
        handOut(allocation, left, IntStream.rangeClosed(1, n).boxed().toList(), piles);
      }
    }
    return piles;
  }

  private static void handOut(
      Allocation allocation, long left, List<Integer> places, long[] piles) {
    boolean front =
        allocation == Allocation.FRONT_LOADED
            || allocation == Allocation.FRONT_LOADED_TO_SINGLE_TRANCHE;
    boolean single =
        allocation == Allocation.FRONT_LOADED_TO_SINGLE_TRANCHE
            || allocation == Allocation.BACK_LOADED_TO_SINGLE_TRANCHE;
    var order = front ? places : places.reversed();
    for (int i = 0; i < left; i++) {
      piles[order.get(single ? 0 : i)]++;
    }
  }

  public static LocalDate monthsLater(LocalDate start, int months) {
    var month = YearMonth.from(start);
    for (int i = 0; i < months; i++) {
      month = month.plusMonths(1);
    }
    int day = start.getDayOfMonth();
    while (!month.isValidDay(day)) {
      day--;
    }
    return month.atDay(day);
  }

  private static long quotient(BigInteger a, BigInteger b, RoundingMode mode) {
    return new BigDecimal(a).divide(new BigDecimal(b), 0, mode).longValueExact();
  }
}
