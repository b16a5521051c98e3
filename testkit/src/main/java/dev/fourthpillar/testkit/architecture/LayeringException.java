package dev.fourthpillar.testkit.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Objects;

/** One class, with all it encloses, that may break one rule, and why. */
record LayeringException(LayeringRule rule, String className, String because) {

  LayeringException {
    Objects.requireNonNull(rule, "rule");
    if (className.isBlank()) {
      throw new IllegalArgumentException("className: blank (expected: a fully qualified name)");
    }
    if (because.isBlank()) {
      throw new IllegalArgumentException(
          "because: blank (expected: the reason why %s may break %s)".formatted(className, rule));
    }
  }

  boolean covers(JavaClass type) {
    return type.getName().equals(className) || type.getName().startsWith(className + "$");
  }
}
