package dev.fourthpillar.usage.unit;

import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.evidence.HoldAttempt;
import dev.fourthpillar.usage.evidence.Reporter;
import java.util.Collection;
import java.util.Comparator;

/**
 * Which of a call's reports says what. Depends on the reports alone and never on the order they
 * came in, so that the same evidence always ends in the same charge.
 */
public final class Choice {

  /** Among equals the choice is arbitrary but must not depend on arrival, hence key and content. */
  private static final Comparator<Evidence> TIE_BREAK =
      Comparator.comparing(Evidence::key).thenComparing(Evidence::content);

  /** Of a hold's accounts the latest; nobody else has several. */
  private static final Comparator<Evidence> LATEST_SETTLEMENT =
      Comparator.comparing(
          report -> report.hold().map(HoldAttempt::settlement).orElse(0L),
          Comparator.reverseOrder());

  /** A report that knows no quantities (a hold that was estimated) prices nothing. */
  private static final Comparator<Evidence> MEASURED_FIRST =
      Comparator.comparing(report -> report.quantities().isEmpty());

  private static final Comparator<Evidence> NEAREST_TO_PROVIDER =
      MEASURED_FIRST
          .thenComparing(Evidence::reporter)
          .thenComparingInt(Evidence::rank)
          .thenComparing(LATEST_SETTLEMENT)
          .thenComparing(TIE_BREAK);

  private static final Comparator<Evidence> NEAREST_TO_ENGINEER =
      Comparator.comparing(Evidence::reporter, Comparator.<Reporter>reverseOrder())
          .thenComparingInt(Evidence::rank)
          .thenComparing(LATEST_SETTLEMENT)
          .thenComparing(TIE_BREAK);

  private Choice() {}

  /** The report nearest to the provider: its quantities and model are the call's. */
  public static Evidence pricing(Collection<Evidence> reports) {
    return reports.stream().min(NEAREST_TO_PROVIDER).orElseThrow();
  }

  /** The report of the tool, which alone knows engineer and agent; else the pricing one. */
  public static Evidence attribution(Collection<Evidence> reports) {
    return reports.stream().min(NEAREST_TO_ENGINEER).orElseThrow();
  }

  /** The best of the reports' signals, 1 being the best. */
  public static int rank(Collection<Evidence> reports) {
    return reports.stream().mapToInt(Evidence::rank).min().orElseThrow();
  }

  /** Whether some report is of a signal that counts by itself. */
  public static boolean counted(Collection<Evidence> reports) {
    return reports.stream().anyMatch(report -> report.signal().counted());
  }
}
