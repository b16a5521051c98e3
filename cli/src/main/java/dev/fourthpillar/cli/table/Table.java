package dev.fourthpillar.cli.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows in columns as wide as what they hold: text on the left, numbers on the right. */
public final class Table {
  private static final String GAP = "  ";

  private final List<String> heads;
  private final List<Boolean> right;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * @param heads one for each column; a column whose head begins with {@code >} is of numbers
   */
  public Table(String... heads) {
    this.heads =
        Arrays.stream(heads).map(head -> head.startsWith(">") ? head.substring(1) : head).toList();
    this.right = Arrays.stream(heads).map(head -> head.startsWith(">")).toList();
  }

  public Table row(Object... cells) {
    if (cells.length != heads.size()) {
      throw new IllegalArgumentException(
          "cells: %d (expected: %d)".formatted(cells.length, heads.size()));
    }
    rows.add(Arrays.stream(cells).map(String::valueOf).toList());
    return this;
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  @Override
  public String toString() {
    List<List<String>> all = new ArrayList<>();
    all.add(heads);
    all.addAll(rows);
    int[] widths = new int[heads.size()];
    for (List<String> row : all) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], width(row.get(column)));
      }
    }
    StringBuilder text = new StringBuilder();
    line(text, heads, widths);
    line(text, Arrays.stream(widths).mapToObj("─"::repeat).toList(), widths);
    rows.forEach(row -> line(text, row, widths));
    return text.toString();
  }

  private void line(StringBuilder text, List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String cell = cells.get(column);
      String space = " ".repeat(widths[column] - width(cell));
      line.append(column == 0 ? "" : GAP).append(right.get(column) ? space + cell : cell + space);
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
