package dev.fourthpillar.usage.unit;

import dev.fourthpillar.pricing.quantity.Quantities;
import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.evidence.EvidenceFlag;
import dev.fourthpillar.usage.evidence.SeriesPoint;
import dev.fourthpillar.usage.kinds.Increments;
import dev.fourthpillar.usage.kinds.Reckoned;
import dev.fourthpillar.usage.kinds.WindowKinds;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An hour of a group and a model, as a metric tells it.
 *
 * @param start of the hour
 * @param first when the first of its points was taken; never after it was received
 * @param flags what is odd about its points, or about their sum
 */
public record Window(Instant start, Instant first, Quantities quantities, Set<EvidenceFlag> flags) {

  public Window {
    flags = Set.copyOf(flags);
  }

  /**
   * @param before the value of each cumulative run's last point before the window
   */
  static Optional<Window> of(Collection<Evidence> reports, Map<SeriesPoint.Run, Long> before) {
    List<Evidence> points = reports.stream().filter(one -> one.point().isPresent()).toList();
    if (points.isEmpty()) {
      return Optional.empty();
    }
    Evidence any = points.getFirst();
    Reckoned reckoned =
        WindowKinds.reckon(
            any.signal(),
            Increments.sums(points.stream().flatMap(one -> one.point().stream()).toList(), before));
    Set<EvidenceFlag> flags = EnumSet.noneOf(EvidenceFlag.class);
    flags.addAll(reckoned.flags());
    points.forEach(one -> flags.addAll(one.flags()));
    Instant first =
        points.stream().map(Evidence::eventTime).min(Comparator.naturalOrder()).orElseThrow();
    return Optional.of(
        new Window(any.point().orElseThrow().windowStart(), first, reckoned.quantities(), flags));
  }
}
