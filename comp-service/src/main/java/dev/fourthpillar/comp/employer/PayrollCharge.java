package dev.fourthpillar.comp.employer;

import dev.fourthpillar.comp.explain.SnapshotRef;
import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.money.Percent;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A payroll tax or social contribution that the employer pays: a legal number, so data with a
 * source and never a constant.
 *
 * @param ruleId identifies the rule, for example {@code US.OASDI}
 * @param rate of the basis, 0 to 100 %
 * @param includesVests whether what vests of shares and virtual shares is a part of the basis, too;
 *     what is charged on options is decided on exercise
 * @param cap the part of the basis that is charged, per year; 0 or more
 * @param to the last day it applies; empty until another row says otherwise
 * @param lastVerified when somebody last compared it with its source
 */
public record PayrollCharge(
    String ruleId,
    Percent rate,
    Basis basis,
    boolean includesVests,
    Optional<Money> cap,
    LocalDate from,
    Optional<LocalDate> to,
    String citation,
    LocalDate lastVerified,
    Confidence confidence) {

  public static final int MAX_RULE_ID = 64;
  public static final int MAX_CITATION = 500;

  /** A row that was verified longer ago is named as such. */
  public static final int STALE_AFTER_DAYS = 180;

  /** What the charge is a percentage of. */
  public enum Basis {
    CASH,
    CASH_AND_TAXABLE_BENEFITS
  }

  /** How sure whoever recorded it was. */
  public enum Confidence {
    LOW,
    MEDIUM,
    HIGH
  }

  public PayrollCharge {
    var checks = new Checks();
    checks.text("ruleId", ruleId, MAX_RULE_ID);
    Percent.within(checks, "ratePercent", rate, "0", "100");
    checks.present("basis", basis);
    if (checks.present("cap", cap) && cap.isPresent()) {
      checks.that(cap.get().signum() >= 0, "cap", cap.get(), ">= 0");
    }
    var dated = checks.date("effectiveDate", from);
    if (checks.present("endDate", to) && to.isPresent() && checks.date("endDate", to.get())) {
      checks.that(!dated || !to.get().isBefore(from), "endDate", to.get(), "on or after " + from);
    }
    checks.text("citation", citation, MAX_CITATION);
    checks.date("lastVerifiedDate", lastVerified);
    checks.present("confidence", confidence);
    checks.orThrow();
  }

  public boolean isInEffectOn(LocalDate day) {
    return !day.isBefore(from) && to.map(last -> !day.isAfter(last)).orElse(true);
  }

  public boolean isStaleOn(LocalDate day) {
    return lastVerified.plusDays(STALE_AFTER_DAYS).isBefore(day);
  }

  public SnapshotRef reference() {
    return new SnapshotRef(
        SnapshotRef.Kind.RULE,
        ruleId + "@" + from,
        "%s: %s%s from %s; %s; verified %s, confidence %s"
            .formatted(
                ruleId,
                rate,
                cap.map(most -> " up to " + most).orElse(""),
                from,
                citation,
                lastVerified,
                confidence));
  }
}
