package dev.fourthpillar.backbone.config;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.core.order.Ordered;
import io.micronaut.runtime.context.scope.refresh.RefreshEvent;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits and thresholds that a running service reads anew when its configuration changes, which
 * only a watched ConfigMap does. All records change together or, where one value is wrong, none.
 */
@Singleton
public final class LiveConfiguration implements ApplicationEventListener<RefreshEvent>, Ordered {
  private static final Logger LOG = LoggerFactory.getLogger(LiveConfiguration.class);

  private final ApplicationContext context;
  private final Map<Class<?>, Current<?>> records = new ConcurrentHashMap<>();

  LiveConfiguration(ApplicationContext context) {
    this.context = context;
  }

  /** What the record says now; to be asked for each time it is needed. */
  public <T extends Record> Supplier<T> of(Class<T> type) {
    Current<?> current =
        records.computeIfAbsent(
            type,
            _ ->
                new Current<>(new ConfigurationRecord<>(context, context.getBeanDefinition(type))));
    return () -> type.cast(current.value.get());
  }

  @Override
  public void onApplicationEvent(RefreshEvent changed) {
    Map<Current<?>, Runnable> next = new LinkedHashMap<>();
    try {
      records.values().forEach(current -> next.put(current, current.next()));
    } catch (RuntimeException refused) {
      LOG.error(
          "a changed configuration is refused, the one before stays: {}", refused.getMessage());
      return;
    }
    next.values().forEach(Runnable::run);
    // Names only: a value may be a secret.
    Set<String> keys = new TreeSet<>(changed.getSource().keySet());
    keys.removeIf(key -> !key.startsWith("fourthpillar.") && !key.startsWith("logger."));
    LOG.info("configuration has changed: {}", keys);
    keys.removeIf(this::isConfigured);
    if (!keys.isEmpty()) {
      LOG.warn("no longer configured, and as it was last until a restart: {}", keys);
    }
  }

  /** Micronaut's own view keeps what a refresh has taken away. */
  private boolean isConfigured(String key) {
    return context.getEnvironment().getPropertySources().stream()
        .anyMatch(source -> source.get(key) != null);
  }

  /** Before others, who may fail because of what is told here. */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  private static final class Current<T> {
    private final ConfigurationRecord<T> record;
    private final AtomicReference<T> value;

    Current(ConfigurationRecord<T> record) {
      this.record = record;
      this.value = new AtomicReference<>(record.atStart());
    }

    /** Reads what is configured now; whoever runs the result makes it the current one. */
    Runnable next() {
      T read = record.anew();
      return () -> value.set(read);
    }
  }
}
