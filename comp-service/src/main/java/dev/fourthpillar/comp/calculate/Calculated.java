package dev.fourthpillar.comp.calculate;

import dev.fourthpillar.comp.employer.EmployerCost;
import dev.fourthpillar.comp.explain.Line;
import dev.fourthpillar.comp.explain.SnapshotRef;
import dev.fourthpillar.comp.explain.Snapshots;
import dev.fourthpillar.comp.statement.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A statement, and what the package costs the employer where that was asked for. */
public record Calculated(Statement statement, Optional<EmployerCost> employerCost) {

  Optional<Line> find(String lineId) {
    return Line.find(lineId, lines());
  }

  List<SnapshotRef> snapshots() {
    return Snapshots.of(lines());
  }

  private List<Line> lines() {
    return Stream.concat(
            statement.lines().stream(),
            employerCost.stream().flatMap(cost -> cost.lines().stream()))
        .toList();
  }
}
