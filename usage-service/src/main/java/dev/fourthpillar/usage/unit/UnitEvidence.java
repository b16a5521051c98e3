package dev.fourthpillar.usage.unit;

import dev.fourthpillar.pricing.quantity.Quantities;
import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.evidence.HoldAttempt;
import dev.fourthpillar.usage.evidence.SeriesPoint;
import dev.fourthpillar.usage.evidence.UsageSignal;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Everything known of one stored unit.
 *
 * @param unit its id; of two units that prove to be one, the lower survives
 * @param mergedInto the older unit it proved to be; then it has no evidence, and its value is 0
 * @param evidence in order of key and content. None, without having been merged, once the
 *     deduplication window has passed and the evidence was dropped: the unit then stays as it is
 * @param before of a window: the value of each cumulative run's last point before the window
 */
public record UnitEvidence(
    long unit,
    OptionalLong mergedInto,
    List<Evidence> evidence,
    Map<SeriesPoint.Run, Long> before) {

  public UnitEvidence {
    evidence = List.copyOf(evidence);
    before = Map.copyOf(before);
  }

  /** Of what is no window, or has no earlier one. */
  public UnitEvidence(long unit, OptionalLong mergedInto, List<Evidence> evidence) {
    this(unit, mergedInto, evidence, Map.of());
  }

  private static final Comparator<Evidence> STORED =
      Comparator.comparing(Evidence::key).thenComparing(Evidence::content);

  /** A unit that nothing is known of but these reports. */
  public static UnitEvidence opened(long unit, Collection<Evidence> reports) {
    return new UnitEvidence(unit, OptionalLong.empty(), reports.stream().sorted(STORED).toList());
  }

  /** The window that its reports are points of; empty where they are of one call. */
  public Optional<Window> window() {
    return Window.of(evidence, before);
  }

  /** What was consumed: of a call as the report nearest to the provider says. */
  public Quantities quantities() {
    return window().map(Window::quantities).orElseGet(() -> pricing().quantities());
  }

  /** The best of its signals. */
  public int rank() {
    return Choice.rank(evidence);
  }

  /** See {@link Choice#pricing}. */
  public Evidence pricing() {
    return Choice.pricing(evidence);
  }

  /** See {@link Choice#attribution}. */
  public Evidence attribution() {
    return Choice.attribution(evidence);
  }

  /** Whether it charges by itself; otherwise it waits for better evidence. */
  public boolean counted() {
    return Choice.counted(evidence);
  }

  /** Whether some key came with different contents. */
  public boolean conflict() {
    Set<Object> keys = new HashSet<>();
    return evidence.stream()
        .filter(report -> report.signal() != UsageSignal.HOLD_ATTEMPT)
        .anyMatch(report -> !keys.add(report.key()));
  }

  /** The attempt of the hold that has paid for it, once budget-service has told of it. */
  public Optional<HoldAttempt> settledHold() {
    return evidence.stream()
        .filter(report -> report.signal() == UsageSignal.HOLD_ATTEMPT)
        .flatMap(report -> report.hold().stream())
        .max(Comparator.comparingLong(HoldAttempt::settlement));
  }

  /** How the other reports found the hold; empty where there is no hold, or nothing else. */
  public Optional<HoldMatch> holdMatch() {
    if (settledHold().isEmpty()) {
      return Optional.empty();
    }
    List<Evidence> others =
        evidence.stream().filter(report -> report.signal() != UsageSignal.HOLD_ATTEMPT).toList();
    if (others.isEmpty()) {
      return Optional.empty();
    }
    if (others.stream().anyMatch(report -> report.hold().isPresent())) {
      return Optional.of(HoldMatch.HOLD_ID);
    }
    List<Evidence> attempts =
        evidence.stream().filter(report -> report.signal() == UsageSignal.HOLD_ATTEMPT).toList();
    boolean shared =
        attempts.stream()
            .flatMap(attempt -> attempt.aliases().stream())
            .anyMatch(id -> others.stream().anyMatch(report -> report.aliases().contains(id)));
    if (shared) {
      return Optional.of(HoldMatch.PROVIDER_ID);
    }
    return attempts.stream().allMatch(attempt -> attempt.quantities().isEmpty())
        ? Optional.of(HoldMatch.NEAREST)
        : Optional.of(HoldMatch.QUANTITIES);
  }
}
