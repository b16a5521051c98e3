package dev.fourthpillar.usage.telemetry;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * The three times a log record may carry.
 *
 * @param occurred {@code time_unix_nano}; Codex CLI leaves it 0
 * @param observed {@code observed_time_unix_nano}; set by whoever saw the record, so a resend may
 *     change it
 * @param stated the attribute {@code event.timestamp}, to the millisecond
 */
public record RecordTime(
    Optional<Instant> occurred, Optional<Instant> observed, Optional<Instant> stated) {

  public RecordTime {
    requireNonNull(occurred);
    requireNonNull(observed);
    requireNonNull(stated);
  }

  public static RecordTime at(Instant occurred) {
    return new RecordTime(Optional.of(occurred), Optional.empty(), Optional.empty());
  }

  /** When it happened, as precisely as the record says. */
  public Optional<Instant> event() {
    return occurred.or(() -> observed).or(() -> stated);
  }

  /**
   * A time that is the same however often the record is sent: the observed one only where nothing
   * else is.
   */
  public Optional<Instant> own() {
    return occurred.or(() -> stated).or(() -> observed);
  }

  /**
   * Whether only the observer's clock dates this record, so that a resend may look like another
   * record.
   */
  public boolean observedOnly() {
    return occurred.isEmpty() && stated.isEmpty() && observed.isPresent();
  }
}
