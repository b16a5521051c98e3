package dev.fourthpillar.backbone.launch;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.env.Environment;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a program runs, as far as that changes what it does. Micronaut would find out by itself
 * that it is in a pod, and then ask the Kubernetes API for things; ours do so only where they are
 * told to.
 */
public enum Surroundings {
  /** It knows what its configuration says, and asks nobody. */
  ALONE,

  /** The Kubernetes API tells it of other pods and of changed ConfigMaps. */
  KUBERNETES;

  /**
   * The environments are Micronaut's own key, in the settings or as {@code MICRONAUT_ENVIRONMENTS}.
   */
  public static Surroundings of(Map<String, Object> properties) {
    Object given = properties.get(Environment.ENVIRONMENTS_PROPERTY);
    return Stream.of(given == null ? "" : given.toString(), variable())
            .flatMap(names -> Arrays.stream(names.split(",", -1)))
            .anyMatch(name -> name.strip().equals(Environment.KUBERNETES))
        ? KUBERNETES
        : ALONE;
  }

  /** Of a context that does what is done here, and no more. */
  public ApplicationContextBuilder builder() {
    ApplicationContextBuilder builder = ApplicationContext.builder().deduceEnvironment(false);
    return switch (this) {
      // Only a bootstrap context reads configuration from afar; it costs time at each start.
      case ALONE -> builder.bootstrapEnvironment(false);
      case KUBERNETES -> builder.environments(Environment.KUBERNETES).bootstrapEnvironment(true);
    };
  }

  private static String variable() {
    @Nullable String set = System.getenv(Environment.ENVIRONMENTS_ENV);
    return set == null ? "" : set;
  }
}
