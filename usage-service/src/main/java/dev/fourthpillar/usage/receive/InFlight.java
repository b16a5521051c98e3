package dev.fourthpillar.usage.receive;

import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;

/**
 * Bounds the request bodies that are being worked on, by their bytes. Who comes later waits: tools
 * do not send again what was refused, so telemetry is slowed and never shed.
 */
@Singleton
public final class InFlight {
  private static final int UNIT_BYTES = 1024;

  private final Semaphore free;
  private final int all;

  InFlight(OtlpConfig config) {
    all = config.inFlightBytes() / UNIT_BYTES;
    free = new Semaphore(all, true);
  }

  /** Waits until there is room. */
  Room take(int bytes) {
    int units = Math.min(all, 1 + bytes / UNIT_BYTES);
    free.acquireUninterruptibly(units);
    return () -> free.release(units);
  }

  /** Room that is held until it is closed. */
  public interface Room extends AutoCloseable {
    @Override
    void close();
  }
}
