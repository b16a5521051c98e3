package dev.fourthpillar.backbone.failure;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A refusal or a failure as a value: what the caller is told, and nothing the caller must not know.
 *
 * @param reason why
 * @param message for people; says the value and what was expected
 * @param metadata for programs; the keys are those the contract lists at the reason
 * @param violations the fields at fault, if any
 * @param retryAfter when a retry makes sense, for transient reasons
 */
public record Failure(
    Reason reason,
    String message,
    Map<String, String> metadata,
    List<Violation> violations,
    Optional<Duration> retryAfter) {

  public Failure {
    requireNonNull(reason, "reason");
    requireNonNull(message, "message");
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    violations = List.copyOf(violations);
    requireNonNull(retryAfter, "retryAfter");
  }

  /** A failure without details yet. */
  public static Failure of(Reason reason, String message) {
    return new Failure(reason, message, Map.of(), List.of(), Optional.empty());
  }

  /** The named resource does not exist. */
  public static Failure notFound(String resourceType, String resource, String message) {
    return of(Reason.NOT_FOUND, message)
        .with("resource_type", resourceType)
        .with("resource", resource);
  }

  /** One field breaks a rule that the contract's annotations cannot express. */
  public static Failure invalidField(String field, String expected, String rule) {
    return invalidFields(List.of(new Violation(field, expected, rule)));
  }

  /** Several fields break rules; all of them are named. */
  public static Failure invalidFields(List<Violation> violations) {
    String fields =
        String.join(", ", violations.stream().map(Violation::field).distinct().limit(10).toList());
    String subject = violations.size() == 1 ? "1 field is" : violations.size() + " fields are";
    return new Failure(
        Reason.INVALID_FIELDS,
        subject + " invalid: " + fields,
        Map.of("violations", Integer.toString(violations.size())),
        violations,
        Optional.empty());
  }

  /** The same failure with one more fact for programs. */
  public Failure with(String key, String value) {
    SequencedMap<String, String> more = new LinkedHashMap<>(metadata);
    more.put(key, value);
    return new Failure(reason, message, more, violations, retryAfter);
  }

  /** The same failure with one more field at fault. */
  public Failure withViolation(Violation violation) {
    List<Violation> more = new ArrayList<>(violations);
    more.add(violation);
    return new Failure(reason, message, metadata, more, retryAfter);
  }

  /** The same failure with a time after which a retry makes sense. */
  public Failure withRetryAfter(Duration duration) {
    return new Failure(reason, message, metadata, violations, Optional.of(duration));
  }

  /** The failure as an exception, for code that cannot return it. */
  public FailureException asException() {
    return new FailureException(this);
  }
}
