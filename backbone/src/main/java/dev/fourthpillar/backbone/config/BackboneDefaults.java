package dev.fourthpillar.backbone.config;

import io.micronaut.context.env.AbstractPropertySourceLoader;
import io.micronaut.context.env.ActiveEnvironment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.PropertySourceLoader;
import io.micronaut.context.env.yaml.YamlPropertySourceLoader;
import io.micronaut.core.io.ResourceLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/**
 * What every service wants of Micronaut, once, below the service's own {@code application.yml}.
 * Found by Micronaut as a service of Java's, so that no start can forget it.
 */
public final class BackboneDefaults implements PropertySourceLoader {
  /** The file, on the class path. */
  static final String RESOURCE = "dev/fourthpillar/backbone-defaults.yml";

  /** Anything else an operator or a service says wins. */
  static final int ORDER = AbstractPropertySourceLoader.DEFAULT_POSITION - 100;

  private static final String APPLICATION = "application";

  @Override
  public Optional<PropertySource> load(String name, ResourceLoader resources) {
    if (!name.equals(APPLICATION)) {
      return Optional.empty();
    }
    try (InputStream yaml = BackboneDefaults.class.getClassLoader().getResourceAsStream(RESOURCE)) {
      if (yaml == null) {
        throw new IllegalStateException(RESOURCE + " is not on the class path");
      }
      return Optional.of(PropertySource.of("backbone-defaults", read(RESOURCE, yaml), ORDER));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<PropertySource> loadEnv(
      String name, ResourceLoader resources, ActiveEnvironment environment) {
    return Optional.empty();
  }

  @Override
  public Map<String, Object> read(String name, InputStream yaml) throws IOException {
    return new YamlPropertySourceLoader().read(name, yaml);
  }
}
