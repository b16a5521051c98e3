package dev.fourthpillar.usage.record;

import dev.fourthpillar.backbone.caller.Caller;
import dev.fourthpillar.backbone.drain.OpenStreams;
import dev.fourthpillar.backbone.edge.auth.Callers;
import dev.fourthpillar.backbone.edge.error.PartFailureMapper;
import dev.fourthpillar.backbone.edge.validation.RequestValidator;
import dev.fourthpillar.backbone.failure.FailureException;
import dev.fourthpillar.backbone.stream.BatchStream;
import dev.fourthpillar.usage.v1.IngestServiceGrpc;
import dev.fourthpillar.usage.v1.RecordOutcome;
import dev.fourthpillar.usage.v1.RecordRejection;
import dev.fourthpillar.usage.v1.RecordResult;
import dev.fourthpillar.usage.v1.RecordUsageRequest;
import dev.fourthpillar.usage.v1.RecordedUsage;
import dev.fourthpillar.usage.v1.StreamUsageRequest;
import dev.fourthpillar.usage.v1.StreamUsageResponse;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The streams of StreamUsage, and what becomes of their batches. */
@Singleton
final class UsageStreamsEndpoint {
  private final IngestService ingest;
  private final Provider<RequestValidator> validator;
  private final PartFailureMapper failures;
  private final OpenStreams openStreams;

  /**
   * @param validator is made of what all services offer, of which this is a part
   */
  UsageStreamsEndpoint(
      IngestService ingest,
      Provider<RequestValidator> validator,
      PartFailureMapper failures,
      OpenStreams openStreams) {
    this.ingest = ingest;
    this.validator = validator;
    this.failures = failures;
    this.openStreams = openStreams;
  }

  StreamObserver<StreamUsageRequest> open(StreamObserver<StreamUsageResponse> observer) {
    Caller client = Callers.current();
    return BatchStream.open(observer, openStreams, batch -> List.of(record(batch, client)));
  }

  /** All good ones in one transaction. */
  private StreamUsageResponse record(StreamUsageRequest batch, Caller client) {
    List<Recording> good = new ArrayList<>();
    List<Optional<RecordResult>> bad = new ArrayList<>();
    for (RecordedUsage record : batch.getRecordsList()) {
      try {
        good.addAll(recording(record, client));
        bad.add(Optional.empty());
      } catch (FailureException invalid) {
        bad.add(Optional.of(rejected(record, invalid)));
      }
    }
    Iterator<RecordResult> recorded =
        IngestMapper.toProto(good.isEmpty() ? List.of() : ingest.record(good))
            .getResultsList()
            .iterator();
    StreamUsageResponse.Builder response = StreamUsageResponse.newBuilder();
    bad.forEach(result -> response.addResults(result.orElseGet(recorded::next)));
    return response.build();
  }

  /** As RecordUsage takes a request with this record alone. */
  private List<Recording> recording(RecordedUsage record, Caller client) {
    RecordUsageRequest alone = RecordUsageRequest.newBuilder().addRecords(record).build();
    validator.get().requireValid(alone);
    return IngestMapper.fromProto(alone, client);
  }

  private RecordResult rejected(RecordedUsage record, FailureException invalid) {
    return RecordResult.newBuilder()
        .setUsageId(record.getUsageId())
        .setOutcome(RecordOutcome.RECORD_OUTCOME_REJECTED)
        .setRejection(RecordRejection.RECORD_REJECTION_INVALID_FIELDS)
        .setError(
            failures.toProto(
                IngestServiceGrpc.getRecordUsageMethod().getFullMethodName(), invalid.failure()))
        .build();
  }
}
