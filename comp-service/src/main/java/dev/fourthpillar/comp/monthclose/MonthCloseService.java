package dev.fourthpillar.comp.monthclose;

import dev.fourthpillar.backbone.feed.FeedWriter;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.comp.failure.RateMissing;
import dev.fourthpillar.comp.fxrate.FxRateRepository;
import dev.fourthpillar.comp.metered.MeteredRepository;
import dev.fourthpillar.comp.packages.PackageRecord;
import dev.fourthpillar.comp.packages.PackageRepository;
import dev.fourthpillar.comp.people.Engineer;
import dev.fourthpillar.comp.people.EngineerRepository;
import dev.fourthpillar.comp.personal.ContractYear;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides, when a month is over, whose consumption has reached base salary, and tells it once for a
 * person and contract year. A person is decided in one transaction under a lock that other replicas
 * pass over; whatever stops it, the next look goes on.
 *
 * <p>Months that were over before the first charge of a person arrived are decided as well, and so
 * is a closed month that is charged for later.
 */
@Singleton
final class MonthCloseService {
  private static final Logger LOG = LoggerFactory.getLogger(MonthCloseService.class);

  /** People that one look decides; the next one goes on behind them. */
  static final int MOST_PEOPLE = 1_000;

  /** Where days begin first and last. */
  private static final ZoneId EARLIEST = ZoneOffset.ofHours(14);

  private static final ZoneId LATEST = ZoneOffset.ofHours(-12);

  private final Transactions transactions;
  private final MonthCloseRepository months;
  private final EngineerRepository engineers;
  private final PackageRepository packages;
  private final FxRateRepository rates;
  private final MeteredRepository metered;
  private final FeedWriter feed;
  private final MonthCloseConfig config;
  private final InstantSource clock;
  private String decidedUpTo = "";

  MonthCloseService(
      Transactions transactions,
      MonthCloseRepository months,
      EngineerRepository engineers,
      PackageRepository packages,
      FxRateRepository rates,
      MeteredRepository metered,
      FeedWriter feed,
      MonthCloseConfig config,
      InstantSource clock) {
    this.transactions = transactions;
    this.months = months;
    this.engineers = engineers;
    this.packages = packages;
    this.rates = rates;
    this.metered = metered;
    this.feed = feed;
    this.config = config;
    this.clock = clock;
  }

  /** Decides what is due, up to {@link #MOST_PEOPLE}. */
  synchronized void closeDue() {
    var now = clock.instant();
    for (int i = 0; i < MOST_PEOPLE; i++) {
      var after = decidedUpTo;
      Optional<String> decided = transactions.run(handle -> decideNext(handle, after, now));
      decidedUpTo = decided.orElse("");
      if (decided.isEmpty()) {
        return;
      }
    }
  }

  private Optional<String> decideNext(Handle handle, String after, Instant now) {
    var month = ClosedMonths.last(now, config.delay(), EARLIEST).atEndOfMonth();
    var openFrom = month.plusDays(1).atStartOfDay(LATEST).toInstant();
    var due = months.next(handle, after, month, openFrom);
    due.ifPresent(
        one ->
            engineers
                .find(handle, one.engineer())
                .ifPresent(engineer -> decide(handle, engineer, one.firstUsage(), now)));
    return due.map(MonthCloseRepository.Due::engineer);
  }

  private void decide(Handle handle, Engineer engineer, Instant firstUsage, Instant now) {
    var last = ClosedMonths.last(now, config.delay(), engineer.profile().timeZone());
    try {
      for (YearMonth month : ClosedMonths.since(firstUsage, last, engineer.profile().timeZone())) {
        decide(handle, engineer, month, now);
      }
    } catch (RateMissing missing) {
      // Published later, it is decided then.
      LOG.info("a month is not closed yet: {}", missing.getMessage());
      return;
    }
    if (packageOn(handle, engineer, last.atEndOfMonth()).isPresent()) {
      months.decided(handle, engineer.id(), last.atEndOfMonth(), now);
    }
  }

  /** A contract year that ends within the month is decided up to its end, and so is the next. */
  private void decide(Handle handle, Engineer engineer, YearMonth month, Instant now) {
    var monthEnd = month.atEndOfMonth();
    for (var day : List.of(month.atDay(1), monthEnd)) {
      packageOn(handle, engineer, day)
          .map(record -> ContractYear.of(record.pack().years(), day))
          .filter(year -> year.through(monthEnd).equals(monthEnd) == day.equals(monthEnd))
          .ifPresent(year -> decide(handle, engineer, year, monthEnd, now));
    }
  }

  private void decide(
      Handle handle, Engineer engineer, ContractYear year, LocalDate monthEnd, Instant now) {
    Set<LocalDate> known = months.reached(handle, engineer.id());
    var through = year.through(monthEnd);
    var record = packageOn(handle, engineer, through);
    if (known.contains(year.first()) || record.isEmpty()) {
      return;
    }
    var base = record.get().pack().base().annual();
    var sums =
        metered.sums(
            handle,
            engineer.id(),
            year.from(engineer.profile().timeZone()),
            year.until(through, engineer.profile().timeZone()));
    var quotes = rates.table(handle, monthEnd, base.currency());
    if (SalaryCheck.reached(sums, base, quotes, monthEnd)
        && months.keep(handle, engineer.id(), year.first(), monthEnd, now)) {
      feed.append(
          handle,
          List.of(
              MonthCloseMapper.reached(
                  engineer.id(),
                  engineers.nextVersion(handle, engineer.id()),
                  year.first(),
                  monthEnd)));
    }
  }

  private Optional<PackageRecord> packageOn(Handle handle, Engineer engineer, LocalDate day) {
    return packages.inEffect(handle, engineer.id(), day, Optional.empty());
  }
}
