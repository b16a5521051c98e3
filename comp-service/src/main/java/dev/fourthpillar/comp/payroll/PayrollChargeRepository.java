package dev.fourthpillar.comp.payroll;

import dev.fourthpillar.comp.employer.PayrollCharge;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.money.Percent;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Employer charges by country. A row is never changed; a later one for the same rule counts. */
@Singleton
public final class PayrollChargeRepository {

  PayrollChargeRepository() {}

  /**
   * The rows that apply in a country on a day, by rule.
   *
   * @param country ISO 3166-1 alpha-2
   * @param knownAt as it was known then; empty for now
   */
  public List<PayrollCharge> inEffect(
      Handle handle, String country, LocalDate day, Optional<Instant> knownAt) {
    return handle
        .createQuery(
            """
            select * from (
              select distinct on (rule_id)
                     rule_id, rate_percent, basis, cap_amount, cap_currency, effective_date,
                     end_date, citation, last_verified, confidence
              from payroll_charge
              where country = :country and effective_date <= :day
                and recorded_at <= cast(:known_at as timestamptz)
              order by rule_id, effective_date desc, recorded_at desc
            ) latest
            where end_date is null or end_date >= :day
            order by rule_id
            """)
        .bind("country", country)
        .bind("day", day)
        .bind(
            "known_at",
            knownAt.map(at -> at.truncatedTo(ChronoUnit.MICROS).toString()).orElse("infinity"))
        .map((row, _) -> charge(row))
        .list();
  }

  private static PayrollCharge charge(ResultSet row) throws SQLException {
    var cap = row.getBigDecimal("cap_amount");
    return new PayrollCharge(
        row.getString("rule_id"),
        new Percent(row.getBigDecimal("rate_percent")),
        PayrollCharge.Basis.valueOf(row.getString("basis")),
        cap == null
            ? Optional.empty()
            : Optional.of(new Money(cap, Currency.getInstance(row.getString("cap_currency")))),
        row.getObject("effective_date", LocalDate.class),
        Optional.ofNullable(row.getObject("end_date", LocalDate.class)),
        row.getString("citation"),
        row.getObject("last_verified", LocalDate.class),
        PayrollCharge.Confidence.valueOf(row.getString("confidence")));
  }
}
