package dev.fourthpillar.comp.personal;

import static dev.fourthpillar.comp.api.CompFailureMapper.answered;

import dev.fourthpillar.backbone.caller.Caller;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.config.LiveConfiguration;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.FailureException;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.comp.access.AccessLog;
import dev.fourthpillar.comp.access.AccessLog.What;
import dev.fourthpillar.comp.fxrate.FxRateRepository;
import dev.fourthpillar.comp.metered.MeteredRepository;
import dev.fourthpillar.comp.packages.PackageRepository;
import dev.fourthpillar.comp.payroll.PayrollChargeRepository;
import dev.fourthpillar.comp.people.Engineer;
import dev.fourthpillar.comp.people.EngineerRepository;
import dev.fourthpillar.comp.proration.AnnualAmount;
import dev.fourthpillar.comp.proration.Proration;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** Statements of people, from what is recorded and metered. Owns the transactions. */
@Singleton
public final class StatementService {
  static final String AS_OF_DATE = "as_of_date";
  private static final String LAST_DAY = "last_day";

  private final Transactions transactions;
  private final EngineerRepository engineers;
  private final PackageRepository packages;
  private final FxRateRepository rates;
  private final MeteredRepository metered;
  private final PayrollChargeRepository charges;
  private final AccessLog accessLog;
  private final Supplier<StatementConfig> config;
  private final InstantSource clock;

  StatementService(
      Transactions transactions,
      EngineerRepository engineers,
      PackageRepository packages,
      FxRateRepository rates,
      MeteredRepository metered,
      PayrollChargeRepository charges,
      AccessLog accessLog,
      LiveConfiguration configuration,
      InstantSource clock) {
    this.transactions = transactions;
    this.engineers = engineers;
    this.packages = packages;
    this.rates = rates;
    this.metered = metered;
    this.charges = charges;
    this.accessLog = accessLog;
    this.config = configuration.of(StatementConfig.class);
    this.clock = clock;
  }

  /**
   * The statement of a person, computed now.
   *
   * @throws FailureException NOT_FOUND, NOT_RECORDED, FX_RATE_MISSING or INVALID_FIELDS
   */
  public PersonalStatement statement(Caller caller, StatementQuery query) {
    return transactions.run(
        handle -> {
          var sources = read(handle, person(handle, query.engineer()), query, AS_OF_DATE);
          var statement =
              answered(
                  () ->
                      seesCost(caller)
                          ? sources.statement(config.get().thresholds())
                          : sources.statementWithoutCost(config.get().thresholds()));
          accessLog.record(handle, caller, query.engineer(), What.STATEMENT, engineers.now(handle));
          return statement;
        });
  }

  /**
   * The statement of a person for a page: what cannot be said beside it is named, and left out.
   *
   * @throws FailureException as {@link #statement}
   */
  public PersonalDocument document(Caller caller, StatementQuery query) {
    return transactions.run(
        handle -> {
          var engineer = person(handle, query.engineer());
          var sources = read(handle, engineer, query, AS_OF_DATE);
          var missing = new ArrayList<String>();
          var statement = answered(() -> sources.statementWithoutCost(config.get().thresholds()));
          if (seesCost(caller)) {
            statement =
                orMissing(
                        missing,
                        "what it costs the employer",
                        () -> sources.statement(config.get().thresholds()))
                    .orElse(statement);
          }
          var leaver =
              orMissing(
                  missing,
                  "what is kept on leaving",
                  () -> {
                    engineer
                        .notEmployedOn(sources.asOf())
                        .ifPresent(
                            failure -> {
                              throw failure.asException();
                            });
                    return sources
                        .leaver(
                            config.get().thresholds(),
                            Proration.CALENDAR_DAYS_ACTUAL,
                            baseHistory(handle, engineer, query.knownAt(), sources.asOf()))
                        .statement();
                  });
          accessLog.record(handle, caller, query.engineer(), What.STATEMENT, engineers.now(handle));
          return new PersonalDocument(statement, answered(sources::vests), leaver, missing);
        });
  }

  private static <T> Optional<T> orMissing(List<String> missing, String what, Supplier<T> part) {
    try {
      return Optional.of(answered(part));
    } catch (FailureException e) {
      missing.add(
          "Not shown, %s: %s (%s).".formatted(what, e.failure().message(), e.failure().reason()));
      return Optional.empty();
    }
  }

  /** Who may call GetEmployerCost. */
  private static boolean seesCost(Caller caller) {
    return caller.hasAny(List.of(Role.HR, Role.FINANCE));
  }

  /**
   * What a person keeps, loses and owes on leaving.
   *
   * @throws FailureException NOT_FOUND, NOT_EMPLOYED, NOT_RECORDED, FX_RATE_MISSING or
   *     INVALID_FIELDS
   */
  public PersonalLeaver leaver(Caller caller, LeaverQuery query) {
    return transactions.run(
        handle -> {
          var engineer = person(handle, query.engineer());
          var lastDay = query.lastDay().or(engineer::lastDay).orElseGet(() -> today(engineer));
          engineer
              .notEmployedOn(lastDay)
              .ifPresent(
                  failure -> {
                    throw failure.asException();
                  });
          var sources =
              read(
                  handle,
                  engineer,
                  new StatementQuery(
                      engineer.id(), Optional.of(lastDay), query.knownAt(), query.currency()),
                  LAST_DAY);
          var history = baseHistory(handle, engineer, query.knownAt(), lastDay);
          var statement =
              answered(() -> sources.leaver(config.get().thresholds(), query.proration(), history));
          accessLog.record(
              handle, caller, engineer.id(), What.LEAVER_STATEMENT, engineers.now(handle));
          return statement;
        });
  }

  /**
   * What a person costs the employer.
   *
   * @throws FailureException as {@link #statement}
   */
  public PersonalCost employerCost(Caller caller, EmployerCostQuery query) {
    return transactions.run(
        handle -> {
          var engineer = person(handle, query.whose().engineer());
          var sources = read(handle, engineer, query.whose(), AS_OF_DATE);
          var cost = answered(() -> sources.employerCost(config.get().thresholds(), query.terms()));
          accessLog.record(
              handle, caller, engineer.id(), What.EMPLOYER_COST, engineers.now(handle));
          return cost;
        });
  }

  /** The base since 1 January of the last day's year, or since the employment began. */
  private List<AnnualAmount> baseHistory(
      Handle handle, Engineer engineer, Optional<Instant> knownAt, LocalDate lastDay) {
    var yearStart = lastDay.withDayOfYear(1);
    var start = engineer.profile().start();
    var from = start.isAfter(yearStart) ? start : yearStart;
    var timeline = packages.timeline(handle, engineer.id(), knownAt);
    if (timeline.getFirst().effectiveFrom().isAfter(from)) {
      throw notRecorded(engineer.id(), from, LAST_DAY);
    }
    return answered(() -> BaseHistory.of(timeline, from, lastDay));
  }

  private Engineer person(Handle handle, String engineer) {
    // Sums, position and balances are read one after the other, and must not move in between.
    handle.execute("set transaction isolation level repeatable read");
    return engineers.get(handle, engineer);
  }

  private LocalDate today(Engineer engineer) {
    return LocalDate.ofInstant(clock.instant(), engineer.profile().timeZone());
  }

  private Sources read(Handle handle, Engineer engineer, StatementQuery query, String dayField) {
    var asOf = query.asOf().orElseGet(() -> today(engineer));
    var inEffect = packages.inEffect(handle, engineer.id(), asOf, query.knownAt());
    var basis = Basis.of(query, engineer, asOf, inEffect, dayField);
    var stretch = basis.stretch();
    return basis.with(
        rates.table(handle, asOf, basis.currency()),
        metered.sums(handle, engineer.id(), stretch.from(), stretch.until()),
        metered.balances(handle, engineer.id()),
        metered.position(handle, engineer.id()),
        charges.inEffect(handle, basis.country(), asOf, query.knownAt()));
  }

  static FailureException notRecorded(String engineer, LocalDate day, String field) {
    return Failure.of(
            Reason.NOT_RECORDED, "no package of '%s' is in effect on %s".formatted(engineer, day))
        .with("missing", "package")
        .with("field", field)
        .asException();
  }
}
