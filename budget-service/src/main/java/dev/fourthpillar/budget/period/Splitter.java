package dev.fourthpillar.budget.period;

import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.budget.period.Entitlement.Recurrence;
import dev.fourthpillar.budget.period.PlannedLot.Part;
import dev.fourthpillar.budget.person.Employment;
import dev.fourthpillar.budget.person.Person;
import dev.fourthpillar.budget.plan.Cadence;
import dev.fourthpillar.budget.plan.Days;
import dev.fourthpillar.budget.plan.Plan;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Splits entitlements into lots: each period of a year has an equal share, and of a period what
 * counts is share × days ÷ days of the period, both ends included. Parts are the steps of the
 * cumulative sum since the year began, each rounded HALF_UP to the currency's minor unit, so that
 * they add up to the rounded whole whatever the number of parts, and of periods.
 */
final class Splitter {
  private static final int NANO_DIGITS = 9;

  private Splitter() {}

  /** The lots of a period, one for each currency in which something is entitled. */
  static List<PlannedLot> ofPeriod(Plan plan, Period period, Person person, List<Valued> valued) {
    var byCurrency = new TreeMap<String, List<Valued>>();
    for (Valued segment : valued) {
      byCurrency.computeIfAbsent(segment.amount().currency(), _ -> new ArrayList<>()).add(segment);
    }
    List<PlannedLot> lots = new ArrayList<>();
    byCurrency.forEach(
        (currency, segments) -> lot(plan, period, person, currency, segments).ifPresent(lots::add));
    return lots;
  }

  /** A segment as far as somebody is entitled to it. */
  private record Covered(Valued valued, Days days) {
    LocalDate first() {
      return days.first();
    }
  }

  private static Optional<PlannedLot> lot(
      Plan plan, Period period, Person person, String currency, List<Valued> segments) {
    if (endsBefore(person.employment(), period.firstDay())) {
      return Optional.empty();
    }
    List<Covered> covered =
        segments.stream()
            .flatMap(segment -> covered(plan, person.employment(), segment).stream())
            .sorted(Comparator.comparing(Covered::first))
            .toList();
    Optional<LocalDate> firstDay =
        covered.stream()
            .filter(each -> overlaps(each, period))
            .map(each -> latest(each.first(), period.firstDay()))
            .min(LocalDate::compareTo);
    if (firstDay.isEmpty()) {
      return Optional.empty();
    }
    List<Part> parts = new ArrayList<>();
    for (Recurrence recurrence : List.of(Recurrence.ANNUAL, Recurrence.PER_PERIOD)) {
      List<Covered> alike =
          covered.stream().filter(each -> each.valued().recurrence() == recurrence).toList();
      List<Covered> counted =
          switch (plan.proration()) {
            case CALENDAR_DAYS -> alike;
            case NONE -> whole(alike, period);
          };
      shares(plan, period, person, recurrence)
          .forEach(shares -> parts(shares, period, counted, currency, parts));
    }
    Instant effective =
        firstDay.get().equals(period.firstDay())
            ? period.start()
            : firstDay.get().atStartOfDay(period.zone()).toInstant();
    return Optional.of(
        new PlannedLot(
            "%s/%s/%s".formatted(plan.id(), person.engineer(), period.firstDay()),
            parts.stream().map(Part::amount).reduce(new Amount(currency, 0), Amount::plus),
            effective,
            earlier(period.paysUntil(plan), endOf(person)),
            parts));
  }

  private static Optional<Covered> covered(Plan plan, Employment employment, Valued segment) {
    LocalDate first = latest(segment.from(), employment.firstDay());
    LocalDate last = segment.until().orElse(LocalDate.MAX);
    if (plan.prorateOnLeave()) {
      last = employment.lastDay().filter(last::isAfter).orElse(last);
    }
    return first.isAfter(last) || endsBefore(employment, first)
        ? Optional.empty()
        : Optional.of(new Covered(segment, new Days(first, last)));
  }

  /** The one that counts first in the period, as if it did all the time. */
  private static List<Covered> whole(List<Covered> covered, Period period) {
    return covered.stream()
        .filter(each -> overlaps(each, period))
        .limit(1)
        .map(each -> new Covered(each.valued(), new Days(LocalDate.MIN, LocalDate.MAX)))
        .toList();
  }

  /** A yearly amount is split over its years; a week may have days of two of them. */
  private static List<Shares> shares(
      Plan plan, Period period, Person person, Recurrence recurrence) {
    LocalDate hired = person.employment().firstDay();
    Cadence cadence = plan.cadence();
    if (recurrence == Recurrence.PER_PERIOD) {
      return List.of(Shares.of(cadence.period(period.lastDay(), hired)));
    }
    List<Shares> years = new ArrayList<>();
    LocalDate day = period.firstDay();
    while (!day.isAfter(period.lastDay())) {
      Days year = cadence.year(day, hired);
      years.add(Shares.ofYear(cadence, year, hired));
      day = year.last().plusDays(1);
    }
    return years;
  }

  /** The steps of the cumulative sum on those of the days that are the period's. */
  private static void parts(
      Shares shares, Period period, List<Covered> covered, String currency, List<Part> parts) {
    Days here =
        new Days(
            latest(shares.first(), period.firstDay()),
            shares.last().isBefore(period.lastDay()) ? shares.last() : period.lastDay());
    BigInteger sum = BigInteger.ZERO;
    for (Covered each : covered) {
      sum = sum.add(nanoParts(shares, each, shares.first(), here.first().minusDays(1)));
    }
    long granted = rounded(sum, shares.whole(), currency);
    for (Covered each : covered) {
      if (each.first().isAfter(here.last()) || each.days().last().isBefore(here.first())) {
        continue;
      }
      sum = sum.add(nanoParts(shares, each, here.first(), here.last()));
      long upToHere = rounded(sum, shares.whole(), currency);
      Days days = here.from(each.first()).until(each.days().last());
      parts.add(
          new Part(
              each.valued().segment(),
              days.first(),
              days.last(),
              new Amount(currency, upToHere - granted)));
      granted = upToHere;
    }
  }

  private static BigInteger nanoParts(
      Shares shares, Covered each, LocalDate from, LocalDate until) {
    LocalDate first = latest(each.first(), from);
    LocalDate last = each.days().last().isBefore(until) ? each.days().last() : until;
    return first.isAfter(last)
        ? BigInteger.ZERO
        : shares.part(first, last).multiply(BigInteger.valueOf(each.valued().amount().nanos()));
  }

  private static boolean overlaps(Covered each, Period period) {
    return !each.first().isAfter(period.lastDay())
        && !each.days().last().isBefore(period.firstDay());
  }

  /**
   * The lot of a one-off: whole, from its first day to the end of its last one, or of the period
   * that it is granted in.
   */
  static Optional<PlannedLot> ofOnce(Plan plan, Period period, Person person, Valued once) {
    if (!person.employment().covers(once.from())) {
      return Optional.empty();
    }
    Amount amount =
        new Amount(
            once.amount().currency(),
            rounded(
                BigInteger.valueOf(once.amount().nanos()),
                BigInteger.ONE,
                once.amount().currency()));
    Instant end =
        once.until()
            .map(day -> endOfDay(day, period.zone()))
            .orElseGet(() -> period.paysUntil(plan));
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

  /** nanoParts ÷ whole, HALF_UP to the minor unit, in nanos. */
  private static long rounded(BigInteger nanoParts, BigInteger whole, String currency) {
    int digits = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    BigDecimal nanos =
        new BigDecimal(nanoParts)
            .divide(
                new BigDecimal(whole).scaleByPowerOfTen(NANO_DIGITS - digits),
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
