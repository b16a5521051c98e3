package dev.fourthpillar.comp.payroll;

import dev.fourthpillar.comp.employer.PayrollCharge;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.money.Percent;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Employer charges by country, in sets: the rows of a country with the same day of effect and the
 * same time of record. A set is never changed; a later one counts instead of it.
 */
@Singleton
public final class PayrollChargeRepository {

  PayrollChargeRepository() {}

  /** Records a set; the answer is when it became known, which differs for all of a country. */
  Instant add(Handle handle, String country, List<PayrollCharge> charges) {
    lock(handle, country);
    Instant recordedAt = nextRecordTime(handle, country);
    var batch =
        handle.prepareBatch(
            """
            insert into payroll_charge
              (rule_id, country, rate_percent, basis, includes_vests, cap_amount, cap_currency,
               effective_date, end_date, citation, last_verified, confidence, recorded_at)
            values
              (:rule_id, :country, :rate, :basis, :includes_vests, :cap, :cap_currency,
               :effective_date, :end_date, :citation, :last_verified, :confidence, :recorded_at)
            """);
    for (PayrollCharge charge : charges) {
      batch
          .bind("rule_id", charge.ruleId())
          .bind("country", country)
          .bind("rate", charge.rate().value())
          .bind("basis", charge.basis().name())
          .bind("includes_vests", charge.includesVests())
          .bindByType("cap", charge.cap().map(Money::amount).orElse(null), BigDecimal.class)
          .bindByType(
              "cap_currency",
              charge.cap().map(cap -> cap.currency().getCurrencyCode()).orElse(null),
              String.class)
          .bind("effective_date", charge.from())
          .bindByType("end_date", charge.to().orElse(null), LocalDate.class)
          .bind("citation", charge.citation())
          .bind("last_verified", charge.lastVerified())
          .bind("confidence", charge.confidence().name())
          .bind("recorded_at", recordedAt)
          .add();
    }
    batch.execute();
    return recordedAt;
  }

  private static void lock(Handle handle, String country) {
    handle
        .createQuery("select pg_advisory_xact_lock(hashtextextended(:key, 0))")
        .bind("key", "payroll_charge/" + country)
        .mapTo(String.class)
        .one();
  }

  /** The time of record tells sets apart, whatever the clock says. */
  private static Instant nextRecordTime(Handle handle, String country) {
    return handle
        .createQuery(
            """
            select greatest(clock_timestamp(), max(recorded_at) + interval '1 microsecond')
            from payroll_charge where country = :country
            """)
        .bind("country", country)
        .mapTo(Instant.class)
        .one();
  }

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
            select rule_id, rate_percent, basis, includes_vests, cap_amount, cap_currency,
                   effective_date, end_date, citation, last_verified, confidence
            from payroll_charge
            where (country, effective_date, recorded_at) = (
                select country, effective_date, recorded_at
                from payroll_charge
                where country = :country and effective_date <= :day
                  and recorded_at <= cast(:known_at as timestamptz)
                order by effective_date desc, recorded_at desc
                limit 1)
              and (end_date is null or end_date >= :day)
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
        row.getBoolean("includes_vests"),
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
