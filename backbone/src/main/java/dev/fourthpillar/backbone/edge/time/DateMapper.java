package dev.fourthpillar.backbone.edge.time;

import com.google.type.Date;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Violation;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;

/** {@code google.type.Date} to days and back. Only whole dates: a year alone is none. */
public final class DateMapper {

  private DateMapper() {}

  /**
   * The day of a field.
   *
   * @param field path of the field, for the failure
   */
  public static LocalDate fromProto(Date date, String field) {
    List<Violation> violations = violations(date, field);
    if (!violations.isEmpty()) {
      throw Failure.invalidFields(violations).asException();
    }
    return LocalDate.of(date.getYear(), date.getMonth(), date.getDay());
  }

  /** The day as the contract carries it. */
  public static Date toProto(LocalDate date) {
    return Date.newBuilder()
        .setYear(date.getYear())
        .setMonth(date.getMonthValue())
        .setDay(date.getDayOfMonth())
        .build();
  }

  /** What is wrong with a date whatever it is for. */
  public static List<Violation> violations(Date date, String field) {
    try {
      LocalDate day = LocalDate.of(date.getYear(), date.getMonth(), date.getDay());
      return day.getYear() >= 1 && day.getYear() <= 9999
          ? List.of()
          : List.of(violation(date, field));
    } catch (DateTimeException _) {
      return List.of(violation(date, field));
    }
  }

  private static Violation violation(Date date, String field) {
    return new Violation(
        field,
        "must be a day that exists, of the years 1 to 9999; it is %d-%d-%d"
            .formatted(date.getYear(), date.getMonth(), date.getDay()),
        "date.exists");
  }
}
