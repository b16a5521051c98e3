package dev.fourthpillar.usage.crash;

import dev.fourthpillar.testkit.service.BearerToken;
import dev.fourthpillar.usage.v1.IngestServiceGrpc;
import dev.fourthpillar.usage.v1.RecordedUsage;
import dev.fourthpillar.usage.v1.StreamUsageRequest;
import dev.fourthpillar.usage.v1.StreamUsageResponse;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A stream of batches, one at a time. grpc-java's own blocking one drops the trailers of a stream
 * that ends, and with them when to try again.
 */
final class UsageStream implements StreamObserver<StreamUsageResponse> {
  private sealed interface Heard {
    record Answer(StreamUsageResponse response) implements Heard {}

    record End(StatusRuntimeException why) implements Heard {}
  }

  private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
  private final StreamObserver<StreamUsageRequest> requests;

  UsageStream(ManagedChannel channel, BearerToken token) {
    this.requests = IngestServiceGrpc.newStub(channel).withCallCredentials(token).streamUsage(this);
  }

  /**
   * @throws StatusRuntimeException if the stream has ended; then it is of no use any more
   */
  StreamUsageResponse answer(List<RecordedUsage> records) throws InterruptedException {
    requests.onNext(StreamUsageRequest.newBuilder().addAllRecords(records).build());
    return switch (heard.take()) {
      case Heard.Answer(StreamUsageResponse response) -> response;
      case Heard.End(StatusRuntimeException why) -> throw why;
    };
  }

  @Override
  public void onNext(StreamUsageResponse response) {
    heard.add(new Heard.Answer(response));
  }

  @Override
  public void onError(Throwable end) {
    heard.add(
        new Heard.End(
            end instanceof StatusRuntimeException status
                ? status
                : Status.fromThrowable(end).asRuntimeException()));
  }

  @Override
  public void onCompleted() {
    onError(Status.UNAVAILABLE.withDescription("the stream was closed").asRuntimeException());
  }
}
