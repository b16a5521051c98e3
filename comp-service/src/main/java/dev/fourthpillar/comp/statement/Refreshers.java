package dev.fourthpillar.comp.statement;

import dev.fourthpillar.comp.explain.Line;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Grants nobody promised, apart from every total, and what happens to equity when the first
 * promised grant ends.
 *
 * @param annualised one line per refresher
 * @param perYear one line per offer year, the refreshers below it
 * @param fall empty without a promised grant
 */
public record Refreshers(List<Line> annualised, List<Line> perYear, Optional<Fall> fall) {

  public Refreshers {
    annualised = List.copyOf(annualised);
    perYear = List.copyOf(perYear);
  }

  /** Never: the service has no other kind of refresher. */
  public boolean guaranteed() {
    return false;
  }

  public List<Line> lines() {
    return Stream.of(
            annualised.stream(),
            perYear.stream(),
            fall.stream().flatMap(end -> end.lines().stream()))
        .flatMap(lines -> lines)
        .toList();
  }

  /**
   * The end of the first promised grant.
   *
   * @param lastVest its last vest day
   * @param before promised equity of the twelve months up to that day
   * @param after promised equity of the twelve months after it
   * @param fall before - after; negative when equity rises
   * @param refreshersAfter what refreshers would bring in the twelve months after it
   */
  public record Fall(
      String grantId,
      LocalDate lastVest,
      Line before,
      Line after,
      Line fall,
      Line refreshersAfter) {
    List<Line> lines() {
      return List.of(before, after, fall, refreshersAfter);
    }
  }
}
