package dev.fourthpillar.backbone.edge.tls;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** One for the whole service: its servers and its channels show the same certificate. */
@Factory
final class TlsFactory {
  @Singleton
  @Bean(preDestroy = "close")
  Tls tls(TlsConfig config) {
    return Tls.open(config);
  }
}
