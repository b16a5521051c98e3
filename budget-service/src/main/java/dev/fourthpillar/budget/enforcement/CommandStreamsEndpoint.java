package dev.fourthpillar.budget.enforcement;

import dev.fourthpillar.backbone.drain.OpenStreams;
import dev.fourthpillar.backbone.outcome.Decision;
import dev.fourthpillar.backbone.storage.WantedCall;
import dev.fourthpillar.backbone.stream.BatchStream;
import dev.fourthpillar.budget.account.AccountAnswer;
import dev.fourthpillar.budget.v1.EnforceCommand;
import dev.fourthpillar.budget.v1.EnforceRequest;
import dev.fourthpillar.budget.v1.EnforceResponse;
import dev.fourthpillar.budget.v1.EnforceResult;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The streams of Enforce, and the decision of their batches. */
@Singleton
final class CommandStreamsEndpoint {
  /** A response is sent when it has so many bytes; with what one command adds it is below 4 MiB. */
  private static final int RESPONSE_BYTES = 3 << 20;

  private final EnforcementService enforcement;
  private final CommandMapper mapper;
  private final OpenStreams openStreams;

  CommandStreamsEndpoint(
      EnforcementService enforcement, CommandMapper mapper, OpenStreams openStreams) {
    this.enforcement = enforcement;
    this.mapper = mapper;
    this.openStreams = openStreams;
  }

  StreamObserver<EnforceRequest> open(StreamObserver<EnforceResponse> observer) {
    return BatchStream.open(observer, openStreams, this::decide);
  }

  /** The answers to a batch, once all of it is decided. */
  private List<EnforceResponse> decide(EnforceRequest batch) {
    WantedCall wanted = WantedCall.current();
    List<CompletableFuture<Decision<AccountAnswer>>> decisions =
        batch.getCommandsList().stream().map(command -> submit(command, wanted)).toList();
    return answers(batch.getCommandsList(), decisions);
  }

  private CompletableFuture<Decision<AccountAnswer>> submit(
      EnforceCommand command, WantedCall call) {
    try {
      return enforcement.submit(mapper.fromProto(command), call);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private List<EnforceResponse> answers(
      List<EnforceCommand> commands, List<CompletableFuture<Decision<AccountAnswer>>> decisions) {
    List<EnforceResponse> responses = new ArrayList<>(1);
    EnforceResponse.Builder response = EnforceResponse.newBuilder();
    int bytes = 0;
    for (int i = 0; i < commands.size(); i++) {
      EnforceResult result = answer(commands.get(i), decisions.get(i));
      response.addResults(result);
      bytes += result.getSerializedSize();
      if (bytes >= RESPONSE_BYTES) {
        responses.add(response.build());
        response.clear();
        bytes = 0;
      }
    }
    if (response.getResultsCount() > 0) {
      responses.add(response.build());
    }
    return responses;
  }

  private EnforceResult answer(
      EnforceCommand command, CompletableFuture<Decision<AccountAnswer>> decision) {
    try {
      return mapper.toProto(command, Lanes.join(decision));
    } catch (RuntimeException e) {
      return mapper.toProto(command, e);
    }
  }
}
