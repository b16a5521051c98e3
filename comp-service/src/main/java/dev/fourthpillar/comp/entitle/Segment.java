package dev.fourthpillar.comp.entitle;

import dev.fourthpillar.comp.terms.Recurrence;
import dev.fourthpillar.comp.token.Portability;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What is entitled from one day to another.
 *
 * @param id stable when other segments are added or this one's amount is corrected
 * @param until last day, which still counts; empty until further notice
 * @param portability what of the unspent survives an exit, by date
 */
public record Segment(
    String id,
    LocalDate from,
    Optional<LocalDate> until,
    Recurrence recurrence,
    Granted granted,
    List<Portability.Row> portability) {

  public Segment {
    portability = List.copyOf(portability);
  }
}
