package dev.fourthpillar.usage.receive.edge;

import dev.fourthpillar.usage.receive.EvidenceKeeping;
import dev.fourthpillar.usage.settle.Valuation;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.StartupEvent;
import jakarta.inject.Singleton;

/** Opens the doors for telemetry once there is room to keep it. */
@Singleton
@Requires(beans = Valuation.class)
final class OpenDoors implements ApplicationEventListener<StartupEvent> {
  private final EvidenceKeeping keeping;
  private final Doors doors;

  OpenDoors(EvidenceKeeping keeping, Doors doors) {
    this.keeping = keeping;
    this.doors = doors;
  }

  @Override
  public void onApplicationEvent(StartupEvent event) {
    keeping.keep();
    doors.open();
  }
}
