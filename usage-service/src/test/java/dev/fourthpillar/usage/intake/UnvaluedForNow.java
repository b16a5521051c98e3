package dev.fourthpillar.usage.intake;

import dev.fourthpillar.usage.settle.Valuation;
import io.micronaut.context.annotation.Secondary;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import org.jdbi.v3.core.Handle;

@Singleton
@Secondary
final class UnvaluedForNow implements Valuation {
  @Override
  public void revalue(Handle handle, Collection<Long> units, Instant now) {}
}
