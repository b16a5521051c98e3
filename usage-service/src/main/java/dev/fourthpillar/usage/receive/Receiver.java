package dev.fourthpillar.usage.receive;

import dev.fourthpillar.backbone.caller.Caller;
import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.intake.DeduplicationConfig;
import dev.fourthpillar.usage.normalise.Gateways;
import dev.fourthpillar.usage.normalise.Normaliser;
import dev.fourthpillar.usage.normalise.Reading;
import dev.fourthpillar.usage.normalise.Readings;
import dev.fourthpillar.usage.normalise.Reception;
import dev.fourthpillar.usage.normalise.RejectReason;
import dev.fourthpillar.usage.otlp.ExportRequest;
import dev.fourthpillar.usage.otlp.TelemetryReader;
import dev.fourthpillar.usage.store.RejectedEvidenceRepository.Rejected;
import dev.fourthpillar.usage.telemetry.AttributePolicy;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes an export in, whatever door it came through: read, normalise, store, answer. */
@Singleton
public final class Receiver {
  private final TelemetryReader reader = new TelemetryReader(AttributePolicy.standard());
  private final BatchWriter writer;
  private final InFlight inFlight;
  private final ReceiveMetrics metrics;
  private final DeduplicationConfig deduplication;
  private final InstantSource clock;
  private final Gateways gateways;

  Receiver(
      BatchWriter writer,
      InFlight inFlight,
      ReceiveMetrics metrics,
      DeduplicationConfig deduplication,
      InstantSource clock,
      GatewaysConfig gateways) {
    this.writer = writer;
    this.inFlight = inFlight;
    this.metrics = metrics;
    this.deduplication = deduplication;
    this.clock = clock;
    this.gateways = gateways.gateways();
  }

  /** Waits until there is room for a body of that size. Close it when the export is done. */
  public InFlight.Room room(int bytes) {
    return inFlight.take(bytes);
  }

  /** Blocks until everything the export says is durable. */
  public Received receive(ExportRequest export, Caller sender) {
    Reception reception =
        new Reception(
            clock.instant(),
            Optional.of(sender.subject()),
            sender.engineer(),
            deduplication.window(),
            gateways);
    Readings readings = Normaliser.read(reader.read(export), reception);
    List<Evidence> reports = new ArrayList<>(readings.counted());
    reports.addAll(readings.lower());
    List<Rejected> rejected = readings.rejected().stream().map(Receiver::kept).toList();
    if (!reports.isEmpty() || !rejected.isEmpty()) {
      writer.write(reports, rejected);
    }
    metrics.count(readings);
    Map<RejectReason, Long> reasons = new EnumMap<>(RejectReason.class);
    readings.rejected().forEach(one -> reasons.merge(one.reason(), 1L, Long::sum));
    return new Received(reasons);
  }

  private static Rejected kept(Reading.Rejected rejected) {
    Map<String, String> attributes = new HashMap<>();
    rejected
        .record()
        .attributes()
        .values()
        .forEach((key, value) -> attributes.put(key, value.text()));
    return new Rejected(
        rejected.fingerprint(),
        rejected.reason().name(),
        rejected.field(),
        rejected.record().tool().id(),
        rejected.record().name(),
        rejected.record().time().own().map(Instant::toString),
        attributes);
  }
}
