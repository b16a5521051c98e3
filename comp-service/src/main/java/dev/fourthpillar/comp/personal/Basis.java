package dev.fourthpillar.comp.personal;

import static dev.fourthpillar.comp.api.CompFailureMapper.answered;

import dev.fourthpillar.backbone.failure.FailureException;
import dev.fourthpillar.comp.employer.PayrollCharge;
import dev.fourthpillar.comp.fx.FxTable;
import dev.fourthpillar.comp.metered.Balance;
import dev.fourthpillar.comp.metered.MeteredListRepository.Stretch;
import dev.fourthpillar.comp.metered.MeteredSum;
import dev.fourthpillar.comp.packages.PackageRecord;
import dev.fourthpillar.comp.people.Engineer;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * Whose statement, of which day and by which package: what says which charges, rates and metered
 * sums it needs.
 *
 * @param year whose consumption counts, up to {@code asOf}
 */
record Basis(
    StatementQuery query,
    Engineer engineer,
    PackageRecord record,
    LocalDate asOf,
    ContractYear year) {

  /**
   * @param inEffect on that day
   * @param dayField names the day in a failure
   * @throws FailureException NOT_RECORDED when no package is
   */
  static Basis of(
      StatementQuery query,
      Engineer engineer,
      LocalDate asOf,
      Optional<PackageRecord> inEffect,
      String dayField) {
    var record =
        inEffect.orElseThrow(() -> StatementService.notRecorded(engineer.id(), asOf, dayField));
    var year = answered(() -> ContractYear.of(record.pack().years(), asOf));
    return new Basis(query, engineer, record, asOf, year);
  }

  /** Of the statement. */
  Currency currency() {
    return query.currency().orElse(engineer.profile().currency());
  }

  /** Whose payroll charges apply. */
  String country() {
    return engineer.profile().country();
  }

  /** What was metered then counts. */
  Stretch stretch() {
    var zone = engineer.profile().timeZone();
    return new Stretch(engineer.id(), year.from(zone), year.until(asOf, zone));
  }

  /** With all that was read of it. */
  Sources with(
      FxTable fx,
      List<MeteredSum> sums,
      List<Balance> balances,
      Optional<String> position,
      List<PayrollCharge> charges) {
    return new Sources(
        query, engineer, record, asOf, year, currency(), fx, sums, balances, position, charges);
  }
}
