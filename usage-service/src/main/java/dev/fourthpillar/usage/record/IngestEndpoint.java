package dev.fourthpillar.usage.record;

import dev.fourthpillar.backbone.edge.Reply;
import dev.fourthpillar.backbone.edge.auth.Callers;
import dev.fourthpillar.usage.settle.Valuation;
import dev.fourthpillar.usage.v1.IngestServiceGrpc;
import dev.fourthpillar.usage.v1.RecordUsageRequest;
import dev.fourthpillar.usage.v1.RecordUsageResponse;
import io.grpc.stub.StreamObserver;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/** IngestService: map, call, map. */
@Singleton
@Requires(beans = Valuation.class)
final class IngestEndpoint extends IngestServiceGrpc.IngestServiceImplBase {
  private final IngestService ingest;

  IngestEndpoint(IngestService ingest) {
    this.ingest = ingest;
  }

  @Override
  public void recordUsage(
      RecordUsageRequest request, StreamObserver<RecordUsageResponse> observer) {
    Reply.once(
        observer,
        IngestMapper.toProto(ingest.record(IngestMapper.fromProto(request, Callers.current()))));
  }
}
