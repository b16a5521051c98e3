package dev.fourthpillar.cli.usage;

import dev.fourthpillar.usage.v1.IngestServiceGrpc;
import dev.fourthpillar.usage.v1.IngestServiceGrpc.IngestServiceBlockingStub;
import dev.fourthpillar.usage.v1.RecordResult;
import dev.fourthpillar.usage.v1.RecordedUsage;
import dev.fourthpillar.usage.v1.StreamUsageRequest;
import dev.fourthpillar.usage.v1.StreamUsageResponse;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.ClientCalls;
import java.util.ArrayList;
import java.util.List;

/** Calls sent on a stream, a batch at a time. What broke off is simply sent again. */
public final class RecordImport {
  private static final int BATCH = 1_000;

  private RecordImport() {}

  /**
   * What became of all.
   *
   * @param refused a line for each that was not taken
   */
  public record Outcome(long accepted, long duplicates, List<String> refused) {
    public Outcome {
      refused = List.copyOf(refused);
    }
  }

  /**
   * @throws io.grpc.StatusRuntimeException when the stream broke; what was answered is recorded
   */
  public static Outcome run(
      IngestServiceBlockingStub service, List<RecordedUsage> records, Steps steps) {
    BlockingClientCall<StreamUsageRequest, StreamUsageResponse> stream =
        ClientCalls.blockingBidiStreamingCall(
            service.getChannel(),
            IngestServiceGrpc.getStreamUsageMethod(),
            service.getCallOptions());
    Tally tally = new Tally();
    try {
      for (int from = 0; from < records.size(); from += BATCH) {
        List<RecordedUsage> batch = records.subList(from, Math.min(records.size(), from + BATCH));
        stream.write(StreamUsageRequest.newBuilder().addAllRecords(batch).build());
        StreamUsageResponse answer = stream.read();
        if (answer == null) {
          throw new IllegalStateException("the stream ended before its answers");
        }
        answer.getResultsList().forEach(tally::add);
        steps.at(from + batch.size(), records.size());
      }
      stream.halfClose();
    } catch (StatusException e) {
      throw e.getStatus().asRuntimeException(e.getTrailers());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    return new Outcome(tally.accepted, tally.duplicates, tally.refused);
  }

  private static final class Tally {
    private final List<String> refused = new ArrayList<>();
    private long accepted;
    private long duplicates;

    void add(RecordResult result) {
      switch (result.getOutcome()) {
        case RECORD_OUTCOME_ACCEPTED -> accepted++;
        case RECORD_OUTCOME_DUPLICATE -> duplicates++;
        case RECORD_OUTCOME_CONFLICT ->
            refused.add(result.getUsageId() + ": was recorded before with other content");
        case RECORD_OUTCOME_REJECTED ->
            refused.add(
                "%s: %s"
                    .formatted(
                        result.getUsageId(),
                        result.hasError()
                            ? result.getError().getMessage()
                            : result.getRejection().name().replace("RECORD_REJECTION_", "")));
        case RECORD_OUTCOME_UNSPECIFIED, UNRECOGNIZED ->
            refused.add(result.getUsageId() + ": an outcome that this fp does not know");
      }
    }
  }
}
