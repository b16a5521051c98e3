package dev.fourthpillar.comp.statement;

import dev.fourthpillar.comp.line.Figure;

/**
 * HEADLINE_TC: everything including tokens at FACE. It exists only together with its label.
 *
 * @param total absent where FACE is undefined
 */
public record Headline(Figure total) {

  public static final String LABEL = "incl. compute at face value, not pay you keep";

  public String label() {
    return LABEL;
  }

  @Override
  public String toString() {
    return "HEADLINE_TC (" + LABEL + "): " + total;
  }
}
