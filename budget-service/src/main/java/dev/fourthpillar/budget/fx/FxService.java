package dev.fourthpillar.budget.fx;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Converts between currencies with what comp-service has published. A day without a quote uses the
 * latest earlier one, at most {@value #MAX_AGE_DAYS} days old; the direct quote first, else the
 * opposite one. Nothing is put between two currencies, and a missing rate is never 1.
 */
@Singleton
public final class FxService {
  /** How old a quote may be on the day it is used. */
  public static final int MAX_AGE_DAYS = 7;

  private final FxRepository quotes;

  FxService(FxRepository quotes) {
    this.quotes = quotes;
  }

  /** Keeps a published quote; false when it was kept before. */
  public boolean publish(Handle handle, Quote quote) {
    return quotes.insert(handle, quote);
  }

  /** The conversion of the UTC day of that time; empty when no rate is known for it. */
  public Optional<Conversion> at(Handle handle, String source, String target, Instant time) {
    return on(handle, source, target, time.atZone(ZoneOffset.UTC).toLocalDate());
  }

  /** The conversion of that UTC day; empty when no rate is known for it. */
  public Optional<Conversion> on(Handle handle, String source, String target, LocalDate day) {
    if (source.equals(target)) {
      return Optional.of(new Conversion.Same(source));
    }
    LocalDate oldest = day.minusDays(MAX_AGE_DAYS);
    return quotes
        .latest(handle, source, target, oldest, day)
        .<Conversion>map(Conversion.Direct::new)
        .or(() -> quotes.latest(handle, target, source, oldest, day).map(Conversion.Opposite::new));
  }

  /**
   * The conversion of the first UTC day between the two, both included, for which a rate is known.
   */
  public Optional<Conversion> firstOn(
      Handle handle, String source, String target, LocalDate from, LocalDate until) {
    return on(handle, source, target, from)
        .or(
            () ->
                quotes
                    .firstDay(handle, source, target, from, until)
                    .flatMap(day -> on(handle, source, target, day)));
  }
}
