package dev.fourthpillar.comp.failure;

/**
 * One broken rule of the input.
 *
 * @param field path of the field at fault, for example {@code equity[0].schedule.cliffInstallment}
 * @param value what was given, as text
 * @param expected what the rule expects, as text
 */
public record Violation(String field, String value, String expected) {

  Violation under(String parent) {
    // "" is the part itself, "[0]" an element of it.
    var separator = parent.isEmpty() || field.isEmpty() || field.startsWith("[") ? "" : ".";
    return new Violation(parent + separator + field, value, expected);
  }

  @Override
  public String toString() {
    return field + ": " + value + " (expected: " + expected + ")";
  }
}
