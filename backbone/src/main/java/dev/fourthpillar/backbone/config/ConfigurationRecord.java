package dev.fourthpillar.backbone.config;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.env.Environment;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.core.naming.NameUtils;
import io.micronaut.core.naming.conventions.StringConvention;
import io.micronaut.core.type.Argument;
import io.micronaut.inject.BeanDefinition;
import io.micronaut.inject.qualifiers.Qualifiers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One record of our configuration, as the environment has it now. Micronaut itself passes over keys
 * that nobody asks for, and takes the default in place of a value it cannot read; both would be
 * silent misconfiguration.
 */
record ConfigurationRecord<T>(ApplicationContext context, BeanDefinition<T> definition) {

  String prefix() {
    return definition.stringValue(ConfigurationProperties.class).orElseThrow();
  }

  /** The bean that everybody gets, made of what is configured at its first use. */
  T atStart() {
    return checked(() -> context.getBean(definition));
  }

  /** The same of what is configured now. */
  T anew() {
    return checked(() -> context.createBean(definition.getBeanType()));
  }

  private T checked(Supplier<T> made) {
    Map<String, Argument<?>> known = new LinkedHashMap<>();
    for (Argument<?> argument : definition.getConstructor().getArguments()) {
      known.put(NameUtils.hyphenate(argument.getName()), argument);
    }
    requireKnown(known);
    known.forEach(this::requireReadable);
    try {
      return made.get();
    } catch (RuntimeException thrown) {
      for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
        if (cause instanceof ConfigurationException refused) {
          throw refused;
        }
        if (cause instanceof IllegalArgumentException refused) {
          throw new ConfigurationException(String.valueOf(refused.getMessage()), thrown);
        }
      }
      throw thrown;
    }
  }

  private void requireKnown(Map<String, Argument<?>> known) {
    Environment environment = context.getEnvironment();
    List<String> within = within();
    for (String key : environment.getProperties(prefix(), StringConvention.RAW).keySet()) {
      // An environment variable does not tell dots from hyphens and arrives in all spellings.
      if (within.stream().noneMatch(letters(key)::startsWith)
          && known.keySet().stream().noneMatch(name -> letters(name).equals(letters(key)))) {
        throw new ConfigurationException(
            "%s.%s: no such key (expected: one of %s)".formatted(prefix(), key, known.keySet()));
      }
    }
  }

  /** What keys of other records begin with whose prefix is longer; those look at them. */
  private List<String> within() {
    return context
        .getBeanDefinitions(Qualifiers.byStereotype(ConfigurationProperties.class))
        .stream()
        .flatMap(record -> record.stringValue(ConfigurationProperties.class).stream())
        .filter(other -> other.startsWith(prefix() + "."))
        .map(other -> letters(other.substring(prefix().length() + 1)))
        .toList();
  }

  private static String letters(String key) {
    return key.replaceAll("[.-]", "");
  }

  private void requireReadable(String key, Argument<?> argument) {
    Environment environment = context.getEnvironment();
    String name = prefix() + "." + key;
    Optional<String> value = environment.getProperty(name, String.class);
    if (value.isEmpty() || (argument.isNullable() && value.get().isBlank())) {
      return;
    }
    boolean readable;
    try {
      readable = environment.getProperty(name, argument).isPresent();
    } catch (ConversionErrorException _) {
      readable = false;
    }
    if (!readable) {
      throw new ConfigurationException(
          "%s: %s (expected: a value of type %s)"
              .formatted(name, value.get(), argument.getType().getSimpleName()));
    }
  }
}
