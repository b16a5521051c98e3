package dev.fourthpillar.comp.explain;

/**
 * A value that entered a formula.
 *
 * @param name as the formula calls it
 * @param value exact, as text
 */
public record Input(String name, String value) {

  public static Input of(String name, Object value) {
    return new Input(name, String.valueOf(value));
  }
}
