package dev.fourthpillar.benchmarks.suite;

import com.google.protobuf.Duration;
import com.google.type.Money;
import dev.fourthpillar.budget.v1.EnforceCommand;
import dev.fourthpillar.budget.v1.EnforceRequest;
import dev.fourthpillar.budget.v1.EnforceResponse;
import dev.fourthpillar.budget.v1.EnforceResult;
import dev.fourthpillar.budget.v1.EnforcementServiceGrpc;
import dev.fourthpillar.budget.v1.EnforcementServiceGrpc.EnforcementServiceBlockingStub;
import dev.fourthpillar.budget.v1.OnExpiry;
import dev.fourthpillar.budget.v1.ReserveRequest;
import dev.fourthpillar.budget.v1.SettleRequest;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.ClientCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Pairs through Enforce: each stream sends a batch of Reserves, waits for its answers, and settles
 * these holds with the next batch. A refused command ends the benchmark.
 */
final class StreamPairs {
  private static final int STREAMS = 4;

  /** The streams' open holds together: fewer than one account may have, which is 1,000. */
  private static final int BATCH = 200;

  private final EnforcementServiceBlockingStub budget;
  private final Money amount;

  StreamPairs(EnforcementServiceBlockingStub budget, Money amount) {
    this.budget = budget;
    this.amount = amount;
  }

  /**
   * Pairs a second.
   *
   * @param engineers whose turn it is
   */
  double pairsPerSecond(java.time.Duration length, Supplier<String> engineers) {
    List<BlockingClientCall<EnforceRequest, EnforceResponse>> streams = new ArrayList<>();
    for (int i = 0; i < STREAMS; i++) {
      streams.add(
          ClientCalls.blockingBidiStreamingCall(
              budget.getChannel(),
              EnforcementServiceGrpc.getEnforceMethod(),
              budget.getCallOptions()));
    }
    double batches = Load.closed(STREAMS, length, caller -> pairs(streams.get(caller), engineers));
    streams.forEach(BlockingClientCall::halfClose);
    return BATCH * batches;
  }

  private void pairs(
      BlockingClientCall<EnforceRequest, EnforceResponse> stream, Supplier<String> engineers) {
    EnforceRequest.Builder reserves = EnforceRequest.newBuilder();
    EnforceRequest.Builder settles = EnforceRequest.newBuilder();
    for (int i = 0; i < BATCH; i++) {
      String engineer = engineers.get();
      String hold = UUID.randomUUID().toString();
      reserves.addCommands(
          EnforceCommand.newBuilder()
              .setReserve(
                  ReserveRequest.newBuilder()
                      .setHoldId(hold)
                      .setEngineer(engineer)
                      .setAmount(amount)
                      .setTtl(Duration.newBuilder().setSeconds(600))
                      .setOnExpiry(OnExpiry.ON_EXPIRY_RELEASE)));
      settles.addCommands(
          EnforceCommand.newBuilder()
              .setSettle(
                  SettleRequest.newBuilder()
                      .setHoldId(hold)
                      .setEngineer(engineer)
                      .setActualAmount(amount)));
    }
    send(stream, reserves.build());
    send(stream, settles.build());
  }

  private static void send(
      BlockingClientCall<EnforceRequest, EnforceResponse> stream, EnforceRequest batch) {
    try {
      stream.write(batch);
      int answered = 0;
      while (answered < batch.getCommandsCount()) {
        for (EnforceResult result : stream.read().getResultsList()) {
          if (result.hasError()) {
            throw new IllegalStateException("refused: " + result.getError());
          }
          answered++;
        }
      }
    } catch (StatusException e) {
      throw new IllegalStateException("the stream ended", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
