package dev.fourthpillar.cli.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * When the story happens: three weeks that end at {@code asOf}, within one calendar year in every
 * time zone.
 *
 * @param asOf whole seconds
 */
public record Calendar(Instant asOf) {
  private static final Duration LENGTH = Duration.ofDays(21);

  /** Usage that is older than 35 days cannot be recorded; the story looks back 21. */
  static final Duration OLDEST = Duration.ofDays(13);

  /**
   * So far into a year it is the new year everywhere, and there is time for something to happen.
   */
  private static final Duration NEW_YEAR = Duration.ofDays(2);

  /** What the story needs of a year before it can end. */
  private static final Duration SHORTEST = Duration.ofHours(1);

  /** The story that ends now; in the first days of a year, the one that ended the year before. */
  public static Calendar endingNow(Instant now) {
    Instant whole = now.truncatedTo(ChronoUnit.SECONDS);
    Instant story = yearOf(whole).plus(NEW_YEAR).plus(SHORTEST);
    return new Calendar(whole.isBefore(story) ? yearOf(whole).minus(Duration.ofHours(24)) : whole);
  }

  /**
   * @throws IllegalArgumentException when a story cannot end then
   */
  public static Calendar endingAt(Instant asOf, Instant now) {
    Instant whole = asOf.truncatedTo(ChronoUnit.SECONDS);
    if (whole.isAfter(now) || whole.isBefore(now.minus(OLDEST))) {
      throw new IllegalArgumentException(
          "as-of %s (expected: not later than now, %s, and at most %d days before)"
              .formatted(whole, now.truncatedTo(ChronoUnit.SECONDS), OLDEST.toDays()));
    }
    if (whole.isBefore(yearOf(whole).plus(NEW_YEAR).plus(SHORTEST))) {
      throw new IllegalArgumentException(
          "as-of %s (expected: not in the first two days of a year, in UTC)".formatted(whole));
    }
    return new Calendar(whole);
  }

  /** The first day of everybody's employment, package and budget. */
  LocalDate firstDay() {
    return today().withDayOfYear(1);
  }

  LocalDate today() {
    return LocalDate.ofInstant(asOf, ZoneOffset.UTC);
  }

  /** From when on there is usage. */
  Instant start() {
    Instant usual = asOf.minus(LENGTH);
    Instant newYear = yearOf(asOf).plus(NEW_YEAR);
    return usual.isBefore(newYear) ? newYear : usual;
  }

  private static Instant yearOf(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC)
        .withDayOfYear(1)
        .atStartOfDay(ZoneOffset.UTC)
        .toInstant();
  }
}
