package dev.fourthpillar.testkit.postgres;

import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Resolves {@link TestDatabase} parameters of classes marked {@link PostgresTest}. */
public final class PostgresExtension implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(PostgresExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestDatabase.class;
  }

  @Override
  public TestDatabase resolveParameter(ParameterContext parameter, ExtensionContext context) {
    ExtensionContext owner =
        annotated(context)
            .orElseThrow(
                () ->
                    new ParameterResolutionException(
                        context.getRequiredTestClass().getName()
                            + " asks for a TestDatabase (expected: marked @PostgresTest)"));
    Class<?> testClass = owner.getRequiredTestClass();
    context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(SharedServer.class, _ -> SharedServer.get());
    return owner
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            testClass,
            _ -> TestDatabase.create(testClass.getAnnotation(PostgresTest.class).migrations()),
            TestDatabase.class);
  }

  /** The class itself or the nearest around it, with its class-wide context. */
  private static Optional<ExtensionContext> annotated(ExtensionContext context) {
    Optional<ExtensionContext> found = Optional.empty();
    for (Optional<ExtensionContext> at = Optional.of(context);
        at.isPresent();
        at = at.get().getParent()) {
      boolean here =
          at.get()
              .getTestClass()
              .map(type -> type.isAnnotationPresent(PostgresTest.class))
              .orElse(false);
      if (here) {
        boolean sameClass =
            found.isEmpty() || found.get().getTestClass().equals(at.get().getTestClass());
        if (!sameClass) {
          break;
        }
        found = at;
      }
    }
    return found;
  }
}
