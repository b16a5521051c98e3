package dev.fourthpillar.backbone.config;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.inject.BeanDefinition;
import io.micronaut.inject.qualifiers.Qualifiers;

/**
 * Reads all of our configuration before anything else is made, so that a wrong value is told at
 * once, and not by what fails because of it.
 */
@Context
@Order(Ordered.HIGHEST_PRECEDENCE)
final class CheckedConfiguration {
  private static final String OURS = "dev.fourthpillar.";

  CheckedConfiguration(ApplicationContext context) {
    for (BeanDefinition<?> record :
        context.getBeanDefinitions(Qualifiers.byStereotype(ConfigurationProperties.class))) {
      if (record.getBeanType().getName().startsWith(OURS)) {
        var _ = new ConfigurationRecord<>(context, record).atStart();
      }
    }
  }
}
