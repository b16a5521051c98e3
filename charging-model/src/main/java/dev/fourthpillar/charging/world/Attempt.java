package dev.fourthpillar.charging.world;

import java.util.Comparator;

/** One model call under a hold; a hold's id is unique for its engineer only. */
public record Attempt(String engineer, String hold, int number) implements Comparable<Attempt> {
  private static final Comparator<Attempt> ORDER =
      Comparator.comparing(Attempt::engineer)
          .thenComparing(Attempt::hold)
          .thenComparingInt(Attempt::number);

  @Override
  public int compareTo(Attempt other) {
    return ORDER.compare(this, other);
  }

  public HoldId id() {
    return new HoldId(engineer, hold);
  }

  public record HoldId(String engineer, String hold) {}
}
