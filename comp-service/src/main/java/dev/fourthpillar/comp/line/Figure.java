package dev.fourthpillar.comp.line;

import dev.fourthpillar.comp.explain.Line;
import dev.fourthpillar.comp.money.Absence;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.money.Ratio;
import java.util.Optional;
import java.util.function.Function;

/** A line, or why there is none. There is no zero that stands for "unknown". */
public sealed interface Figure {

  record Known(Line line) implements Figure {}

  /** Not defined, or not given. */
  record Absent(Absence reason) implements Figure {}

  /** A person has to decide something first. */
  record NeedsReview(Absence reason) implements Figure {}

  default Optional<Line> known() {
    return this instanceof Known(Line line) ? Optional.of(line) : Optional.empty();
  }

  default Optional<Money> amount() {
    return known().map(Line::amount);
  }

  /** A figure that follows from this one; absent for the same reason. */
  default Figure map(Function<Line, Line> next) {
    return switch (this) {
      case Known(Line line) -> new Known(next.apply(line));
      case Absent absent -> absent;
      case NeedsReview review -> review;
    };
  }

  /** A figure that follows from this one and another; absent for the first reason there is. */
  default Figure flatMap(Function<Line, Figure> next) {
    return switch (this) {
      case Known(Line line) -> next.apply(line);
      case Absent absent -> absent;
      case NeedsReview review -> review;
    };
  }

  /** A ratio that follows from this figure; undefined for the same reason. */
  default Ratio ratio(Function<Money, Ratio> next) {
    return switch (this) {
      case Known(Line line) -> next.apply(line.amount());
      case Absent(Absence reason) -> new Ratio.Undefined(reason);
      case NeedsReview(Absence reason) -> new Ratio.Undefined(reason);
    };
  }
}
