package dev.fourthpillar.backbone.failure;

import static java.util.Objects.requireNonNull;

/**
 * One field that breaks a rule.
 *
 * @param field path in the request, for example {@code amount.nanos}
 * @param description what was expected
 * @param rule id of the broken rule, for example {@code string.min_len}
 */
public record Violation(String field, String description, String rule) {
  public Violation {
    requireNonNull(field, "field");
    requireNonNull(description, "description");
    requireNonNull(rule, "rule");
  }
}
