package dev.fourthpillar.usage.receive.edge;

import dev.fourthpillar.backbone.repeat.Repeated;
import dev.fourthpillar.usage.receive.EvidenceKeeping;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the doors for telemetry once there is room to keep it: at the start, or as soon as somebody
 * has made the tables that are missing.
 */
@Singleton
final class OpenDoors implements ApplicationEventListener<StartupEvent>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpenDoors.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final EvidenceKeeping keeping;
  private final Doors doors;
  private @Nullable Repeated later;
  private boolean open;

  OpenDoors(EvidenceKeeping keeping, Doors doors) {
    this.keeping = keeping;
    this.doors = doors;
  }

  @Override
  public void onApplicationEvent(StartupEvent event) {
    try {
      keeping.keep();
    } catch (RuntimeException e) {
      LOG.warn("no telemetry yet: the database has no room for it: {}", e.getMessage());
      later = Repeated.startAfterPause("make room for telemetry", PAUSE, this::openLater);
      return;
    }
    doors.open();
  }

  private void openLater() {
    if (!open) {
      keeping.keep();
      doors.open();
      open = true;
    }
  }

  @PreDestroy
  @Override
  public void close() {
    if (later != null) {
      later.close();
    }
  }
}
