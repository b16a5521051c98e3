package dev.fourthpillar.usage.normalise;

import static java.util.Objects.requireNonNull;

import dev.fourthpillar.usage.telemetry.Attributes;
import dev.fourthpillar.usage.telemetry.Count;
import dev.fourthpillar.usage.telemetry.Telemetry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads the counts of one record and remembers what it read, for the request key, and the first
 * that was no count.
 */
final class Counts {

  private static final String ABSENT = "-";

  private final Telemetry record;
  private final List<String> numbers = new ArrayList<>();
  private Optional<Reading> problem = Optional.empty();

  Counts(Telemetry record) {
    this.record = requireNonNull(record);
  }

  OptionalLong read(String field) {
    Attributes attributes = record.attributes();
    return switch (attributes.count(field)) {
      case Count.Absent() -> {
        numbers.add(ABSENT);
        yield OptionalLong.empty();
      }
      case Count.Known(long value) -> {
        numbers.add(Long.toString(value));
        yield OptionalLong.of(value);
      }
      case Count.Malformed(Count.Problem what) -> {
        if (problem.isEmpty()) {
          problem = Optional.of(new Reading.Rejected(reason(what), field, record));
        }
        numbers.add(ABSENT);
        yield OptionalLong.empty();
      }
    };
  }

  /** The first of several names that the number goes by. */
  OptionalLong first(String... fields) {
    for (String field : fields) {
      if (!(record.attributes().count(field) instanceof Count.Absent)) {
        return read(field);
      }
    }
    return read(fields[0]);
  }

  /** The numbers read so far, written the one way there is, whatever type they came in. */
  List<String> numbers() {
    return List.copyOf(numbers);
  }

  Optional<Reading> problem() {
    return problem;
  }

  static RejectReason reason(Count.Problem problem) {
    return switch (problem) {
      case NEGATIVE -> RejectReason.QUANTITY_NEGATIVE;
      case NOT_WHOLE -> RejectReason.QUANTITY_NOT_WHOLE;
      case NOT_A_NUMBER -> RejectReason.QUANTITY_NOT_A_NUMBER;
      case OUT_OF_RANGE -> RejectReason.QUANTITY_OUT_OF_RANGE;
    };
  }
}
