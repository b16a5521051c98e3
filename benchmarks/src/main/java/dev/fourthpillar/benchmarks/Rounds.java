package dev.fourthpillar.benchmarks;

import java.util.Arrays;

/** Repeated figures, of which the median counts: single runs on shared machines say little. */
public final class Rounds {
  private final double[] figures;
  private int taken;

  public Rounds(int rounds) {
    this.figures = new double[rounds];
  }

  public void add(double figure) {
    figures[taken++] = figure;
  }

  public double median() {
    double[] sorted = Arrays.copyOf(figures, taken);
    Arrays.sort(sorted);
    int middle = taken / 2;
    return taken % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** Median with its range, for a person. */
  public String show(String format) {
    double[] sorted = Arrays.copyOf(figures, taken);
    Arrays.sort(sorted);
    return (format + " (" + format + " – " + format + ")")
        .formatted(median(), sorted[0], sorted[taken - 1]);
  }
}
