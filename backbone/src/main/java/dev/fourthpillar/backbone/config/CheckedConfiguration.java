package dev.fourthpillar.backbone.config;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.env.Environment;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.core.naming.NameUtils;
import io.micronaut.core.naming.conventions.StringConvention;
import io.micronaut.core.order.Ordered;
import io.micronaut.core.type.Argument;
import io.micronaut.inject.BeanDefinition;
import io.micronaut.inject.qualifiers.Qualifiers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads all of our configuration before anything else is made, so that a wrong value is told at
 * once, and not by what fails because of it. Micronaut itself passes over keys that nobody asks
 * for, and takes the default in place of a value it cannot read; both would be silent
 * misconfiguration.
 */
@Context
@Order(Ordered.HIGHEST_PRECEDENCE)
final class CheckedConfiguration {
  private static final String OURS = "dev.fourthpillar.";

  CheckedConfiguration(ApplicationContext context) {
    for (BeanDefinition<?> record :
        context.getBeanDefinitions(Qualifiers.byStereotype(ConfigurationProperties.class))) {
      if (record.getBeanType().getName().startsWith(OURS)) {
        String prefix = record.stringValue(ConfigurationProperties.class).orElseThrow();
        Map<String, Argument<?>> known = new LinkedHashMap<>();
        for (Argument<?> argument : record.getConstructor().getArguments()) {
          known.put(NameUtils.hyphenate(argument.getName()), argument);
        }
        requireKnown(context.getEnvironment(), prefix, known);
        known.forEach(
            (key, argument) -> requireReadable(context.getEnvironment(), prefix, key, argument));
        requireAccepted(context, record);
      }
    }
  }

  private static void requireKnown(
      Environment environment, String prefix, Map<String, Argument<?>> known) {
    for (String key : environment.getProperties(prefix, StringConvention.RAW).keySet()) {
      // An environment variable does not tell dots from hyphens and arrives in all spellings.
      if (known.keySet().stream().noneMatch(name -> letters(name).equals(letters(key)))) {
        throw new ConfigurationException(
            "%s.%s: no such key (expected: one of %s)".formatted(prefix, key, known.keySet()));
      }
    }
  }

  private static String letters(String key) {
    return key.replaceAll("[.-]", "");
  }

  private static void requireReadable(
      Environment environment, String prefix, String key, Argument<?> argument) {
    String name = prefix + "." + key;
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

  private static void requireAccepted(ApplicationContext context, BeanDefinition<?> record) {
    try {
      context.getBean(record);
    } catch (RuntimeException thrown) {
      for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
        if (cause instanceof IllegalArgumentException refused) {
          throw new ConfigurationException(String.valueOf(refused.getMessage()), thrown);
        }
      }
      throw thrown;
    }
  }
}
