package dev.fourthpillar.comp.explain;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The outside data that lines depend on. */
public final class Snapshots {

  private static final Comparator<SnapshotRef> ORDER =
      Comparator.comparing(SnapshotRef::kind)
          .thenComparing(SnapshotRef::id)
          .thenComparing(SnapshotRef::description);

  private Snapshots() {}

  /** Each of them once, by kind and id, wherever below the lines it was used. */
  public static List<SnapshotRef> of(List<Line> lines) {
    return lines.stream().flatMap(Snapshots::below).distinct().sorted(ORDER).toList();
  }

  private static Stream<SnapshotRef> below(Line line) {
    return Stream.concat(
        line.explanation().snapshots().stream(),
        line.explanation().parts().stream().flatMap(Snapshots::below));
  }
}
