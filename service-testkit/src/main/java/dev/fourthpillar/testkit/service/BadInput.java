package dev.fourthpillar.testkit.service;

import com.google.rpc.BadRequest.FieldViolation;
import java.util.ArrayList;
import java.util.List;

/**
 * A row of a table of bad input: what is wrong, and how it has to be refused.
 *
 * @param what names the row
 * @param reason of ErrorInfo
 * @param at the fields at fault, in the order of their names; or what ErrorInfo's metadata has to
 *     contain, as {@code key=value}
 * @param says what a reader is told of expected and actual, somewhere in the failure
 */
public record BadInput(String what, Runnable call, String reason, String at, String says) {

  /** What is not as the row has it; empty where all is. */
  public List<String> differences() {
    Refusal refusal = Refusal.of(call);
    List<String> differences = new ArrayList<>();
    if (!refusal.reason().equals(reason)) {
      differences.add("reason: %s (expected: %s)".formatted(refusal.reason(), reason));
    }
    boolean named =
        refusal.violatedFields().equals(at)
            || refusal.metadata().entrySet().stream()
                .anyMatch(entry -> (entry.getKey() + "=" + entry.getValue()).equals(at));
    if (!named) {
      differences.add(
          "at: '%s' %s (expected: %s)".formatted(refusal.violatedFields(), refusal.metadata(), at));
    }
    String text = text(refusal);
    if (!text.contains(says)) {
      differences.add("says: %s (expected: %s)".formatted(text, says));
    }
    return differences;
  }

  private static String text(Refusal refusal) {
    List<String> texts = new ArrayList<>(List.of(refusal.message()));
    refusal.violations().stream().map(FieldViolation::getDescription).forEach(texts::add);
    return String.join(" | ", texts);
  }

  @Override
  public String toString() {
    return what;
  }
}
