package dev.fourthpillar.comp.statement;

import dev.fourthpillar.comp.proration.Segment;
import java.time.LocalDate;
import java.util.List;

/**
 * A package over one year.
 *
 * @param first the first day, not before the package's start
 * @param last the last day, which counts
 * @param segments what lines of prorated pay are the sum of; none for offer years
 */
public record ProjectedYear(
    LocalDate first, LocalDate last, PackageView view, List<Segment> segments) {

  public ProjectedYear {
    segments = List.copyOf(segments);
  }
}
