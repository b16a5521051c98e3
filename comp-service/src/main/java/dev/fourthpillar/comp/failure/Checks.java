package dev.fourthpillar.comp.failure;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Collects what is wrong with an input, so that a caller learns all of it at once. Checking
 * constructors use it for their own fields; whoever assembles a tree builds each part with {@link
 * #at}, which puts the part's violations under its path and goes on.
 */
public final class Checks {

  /** More than this is one broken client, not so many mistakes. */
  public static final int MAX_VIOLATIONS = 100;

  /** Dates outside of these are typing errors: nobody employed today has terms out there. */
  public static final LocalDate EARLIEST_DATE = LocalDate.of(1950, 1, 1);

  public static final LocalDate LATEST_DATE = LocalDate.of(2149, 12, 31);

  private static final int MAX_VALUE_LENGTH = 80;

  private final List<Violation> violations = new ArrayList<>();

  /** Notes a violation unless {@code holds}; answers {@code holds}, to guard dependent checks. */
  public boolean that(boolean holds, String field, Object value, String expected) {
    if (!holds) {
      add(new Violation(field, shown(value), expected));
    }
    return holds;
  }

  /** Notes a violation for an absent field. */
  public boolean present(String field, Object value) {
    return that(value != null, field, "absent", "present");
  }

  /** Notes a violation for an absent or absurd date. */
  public boolean date(String field, LocalDate value) {
    return present(field, value)
        && that(
            !value.isBefore(EARLIEST_DATE) && !value.isAfter(LATEST_DATE),
            field,
            value,
            EARLIEST_DATE + " to " + LATEST_DATE);
  }

  /** Notes a violation for a text that is absent, blank or longer than {@code maxLength}. */
  public boolean text(String field, String value, int maxLength) {
    return present(field, value)
        && that(
            !value.isBlank() && value.length() <= maxLength,
            field,
            value.isBlank() ? "blank" : value,
            "1 to " + maxLength + " characters");
  }

  /** Notes a violation for an absent list or one with more than {@code max} elements. */
  public boolean atMost(String field, Collection<?> value, int max) {
    return present(field, value)
        && that(value.size() <= max, field, value.size() + " elements", "at most " + max);
  }

  /**
   * Builds a part; its violations are noted under {@code path}. Empty when the part is invalid:
   * call {@link #orThrow} before using it.
   */
  public <T> Optional<T> at(String path, Supplier<T> part) {
    try {
      return Optional.of(part.get());
    } catch (Invalid invalid) {
      invalid.violations().forEach(violation -> add(violation.under(path)));
      return Optional.empty();
    }
  }

  /**
   * A part that is all there is to check.
   *
   * @throws Invalid with the part's violations under {@code path}
   */
  public static <T> T under(String path, Supplier<T> part) {
    var checks = new Checks();
    Optional<T> built = checks.at(path, part);
    checks.orThrow();
    return built.orElseThrow();
  }

  /**
   * @throws Invalid with every violation noted so far, if there is any
   */
  public void orThrow() {
    if (!violations.isEmpty()) {
      throw new Invalid(violations);
    }
  }

  private void add(Violation violation) {
    if (violations.size() < MAX_VIOLATIONS) {
      violations.add(violation);
    }
  }

  private static String shown(Object value) {
    var text = String.valueOf(value);
    return text.length() <= MAX_VALUE_LENGTH ? text : text.substring(0, MAX_VALUE_LENGTH) + "…";
  }
}
