package dev.fourthpillar.budget.period;

import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.budget.period.PlannedLot.Part;
import dev.fourthpillar.budget.person.Employment;
import dev.fourthpillar.budget.person.Person;
import dev.fourthpillar.budget.plan.Plan;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Splits entitlements into lots: what counts of a year is amount × days ÷ days of the year, both
 * ends included. Parts are the steps of the cumulative sum, each rounded HALF_UP to the currency's
 * minor unit, so that they add up to the rounded whole whatever the number of parts.
 */
final class Splitter {
  private static final int NANO_DIGITS = 9;

  private Splitter() {}

  /** The lots of a period, one for each currency in which something is entitled. */
  static List<PlannedLot> ofPeriod(Plan plan, Period period, Person person, List<Valued> annual) {
    var byCurrency = new TreeMap<String, List<Valued>>();
    for (Valued segment : annual) {
      byCurrency.computeIfAbsent(segment.amount().currency(), _ -> new ArrayList<>()).add(segment);
    }
    List<PlannedLot> lots = new ArrayList<>();
    byCurrency.forEach(
        (currency, segments) -> lot(plan, period, person, currency, segments).ifPresent(lots::add));
    return lots;
  }

  private static Optional<PlannedLot> lot(
      Plan plan, Period period, Person person, String currency, List<Valued> segments) {
    Employment employment = person.employment();
    if (endsBefore(employment, period.firstDay())) {
      return Optional.empty();
    }
    List<Part> parts = new ArrayList<>();
    BigInteger nanoDays = BigInteger.ZERO;
    long granted = 0;
    for (Valued segment : segments.stream().sorted(Comparator.comparing(Valued::from)).toList()) {
      LocalDate first = latest(segment.from(), period.firstDay(), employment.firstDay());
      LocalDate last = segment.until().filter(period.lastDay()::isAfter).orElse(period.lastDay());
      if (plan.prorateOnLeave()) {
        last = employment.lastDay().filter(last::isAfter).orElse(last);
      }
      if (first.isAfter(last) || endsBefore(employment, first)) {
        continue;
      }
      long days = ChronoUnit.DAYS.between(first, last) + 1;
      nanoDays =
          nanoDays.add(
              BigInteger.valueOf(segment.amount().nanos()).multiply(BigInteger.valueOf(days)));
      long upToHere = rounded(nanoDays, period.days(), currency);
      parts.add(new Part(segment.segment(), first, last, new Amount(currency, upToHere - granted)));
      granted = upToHere;
    }
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    LocalDate firstDay = parts.getFirst().firstDay();
    Instant effective =
        firstDay.equals(period.firstDay())
            ? period.start()
            : firstDay.atStartOfDay(period.zone()).toInstant();
    return Optional.of(
        new PlannedLot(
            "%s/%s/%s".formatted(plan.id(), person.engineer(), period.firstDay()),
            new Amount(currency, granted),
            effective,
            earlier(period.end(), endOf(person)),
            parts));
  }

  /**
   * The lot of a one-off: whole, from its first day to the end of its last one, or of the period
   * that it is granted in.
   */
  static Optional<PlannedLot> ofOnce(Period period, Person person, Valued once) {
    if (!person.employment().covers(once.from())) {
      return Optional.empty();
    }
    Amount amount =
        new Amount(
            once.amount().currency(),
            rounded(BigInteger.valueOf(once.amount().nanos()), 1, once.amount().currency()));
    Instant end = once.until().map(day -> endOfDay(day, period.zone())).orElseGet(period::end);
    LocalDate lastDay = once.until().orElseGet(period::lastDay);
    return Optional.of(
        new PlannedLot(
            "once/%s/%s".formatted(person.engineer(), once.segment()),
            amount,
            once.from().equals(period.firstDay())
                ? period.start()
                : once.from().atStartOfDay(period.zone()).toInstant(),
            earlier(end, endOf(person)),
            List.of(new Part(once.segment(), once.from(), lastDay, amount))));
  }

  /** nanoDays ÷ days, HALF_UP to the minor unit, in nanos. */
  private static long rounded(BigInteger nanoDays, long days, String currency) {
    int digits = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    BigDecimal nanos =
        new BigDecimal(nanoDays)
            .divide(
                BigDecimal.valueOf(days).scaleByPowerOfTen(NANO_DIGITS - digits),
                0,
                RoundingMode.HALF_UP)
            .scaleByPowerOfTen(NANO_DIGITS - digits);
    try {
      return nanos.longValueExact();
    } catch (ArithmeticException _) {
      throw Amount.outOfRange("amount", nanos.movePointLeft(NANO_DIGITS), currency).asException();
    }
  }

  private static boolean endsBefore(Employment employment, LocalDate day) {
    return employment.lastDay().map(day::isAfter).orElse(false);
  }

  /** When the employment is over; far away while no end is known. */
  private static Instant endOf(Person person) {
    return person
        .employment()
        .lastDay()
        .map(day -> endOfDay(day, person.zone()))
        .orElse(Instant.MAX);
  }

  private static Instant endOfDay(LocalDate day, ZoneId zone) {
    return day.plusDays(1).atStartOfDay(zone).toInstant();
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static LocalDate latest(LocalDate... days) {
    LocalDate latest = days[0];
    for (LocalDate day : days) {
      latest = day.isAfter(latest) ? day : latest;
    }
    return latest;
  }
}
