package dev.fourthpillar.comp.personal;

import static dev.fourthpillar.comp.api.CompFailureMapper.answered;

import dev.fourthpillar.backbone.caller.Caller;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.FailureException;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.comp.access.AccessLog;
import dev.fourthpillar.comp.access.AccessLog.What;
import dev.fourthpillar.comp.fxrate.FxRateRepository;
import dev.fourthpillar.comp.metered.MeteredRepository;
import dev.fourthpillar.comp.packages.PackageRepository;
import dev.fourthpillar.comp.people.EngineerRepository;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.time.LocalDate;
import org.jdbi.v3.core.Handle;

/** Statements of people, from what is recorded and metered. Owns the transactions. */
@Singleton
public final class StatementService {
  private final Transactions transactions;
  private final EngineerRepository engineers;
  private final PackageRepository packages;
  private final FxRateRepository rates;
  private final MeteredRepository metered;
  private final AccessLog accessLog;
  private final StatementConfig config;
  private final InstantSource clock;

  StatementService(
      Transactions transactions,
      EngineerRepository engineers,
      PackageRepository packages,
      FxRateRepository rates,
      MeteredRepository metered,
      AccessLog accessLog,
      StatementConfig config,
      InstantSource clock) {
    this.transactions = transactions;
    this.engineers = engineers;
    this.packages = packages;
    this.rates = rates;
    this.metered = metered;
    this.accessLog = accessLog;
    this.config = config;
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
          var sources = read(handle, query);
          var statement = answered(() -> sources.statement(config.thresholds()));
          accessLog.record(handle, caller, query.engineer(), What.STATEMENT, engineers.now(handle));
          return statement;
        });
  }

  private Sources read(Handle handle, StatementQuery query) {
    // Sums, position and balances are read one after the other, and must not move in between.
    handle.execute("set transaction isolation level repeatable read");
    var engineer = engineers.get(handle, query.engineer());
    var zone = engineer.profile().timeZone();
    var asOf = query.asOf().orElseGet(() -> LocalDate.ofInstant(clock.instant(), zone));
    var record =
        packages
            .inEffect(handle, engineer.id(), asOf, query.knownAt())
            .orElseThrow(() -> notRecorded(engineer.id(), asOf));
    var year = answered(() -> ContractYear.of(record.pack().years(), asOf));
    var currency = query.currency().orElse(engineer.profile().currency());
    return new Sources(
        query,
        engineer,
        record,
        asOf,
        year,
        currency,
        rates.table(handle, asOf, currency),
        metered.sums(handle, engineer.id(), year.from(zone), year.until(asOf, zone)),
        metered.balances(handle, engineer.id()),
        metered.position(handle, engineer.id()));
  }

  private static FailureException notRecorded(String engineer, LocalDate day) {
    return Failure.of(
            Reason.NOT_RECORDED, "no package of '%s' is in effect on %s".formatted(engineer, day))
        .with("missing", "package")
        .with("field", "as_of_date")
        .asException();
  }
}
