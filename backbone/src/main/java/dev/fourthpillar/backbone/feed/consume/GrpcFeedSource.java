package dev.fourthpillar.backbone.feed.consume;

import dev.fourthpillar.backbone.feed.Cursor;
import dev.fourthpillar.backbone.feed.subscribe.CursorMapper;
import dev.fourthpillar.events.v1.EventFeedServiceGrpc;
import dev.fourthpillar.events.v1.GetPartitionsRequest;
import dev.fourthpillar.events.v1.GetPartitionsResponse;
import dev.fourthpillar.events.v1.SubscribeRequest;
import dev.fourthpillar.events.v1.SubscribeResponse;
import io.grpc.CallCredentials;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A feed read over gRPC: asks for the next message only when the last one was taken. */
public final class GrpcFeedSource implements FeedSource {
  /** Messages that may be on their way: enough to hide the round trip, few enough to hold. */
  private static final int MESSAGES_AHEAD = 4;

  private static final Duration PARTITIONS_WITHIN = Duration.ofSeconds(10);

  private final Channel channel;
  private final CallCredentials credentials;

  /**
   * @param channel to the service that owns the feed
   * @param credentials of the caller, with a role that may see the events
   */
  public GrpcFeedSource(Channel channel, CallCredentials credentials) {
    this.channel = channel;
    this.credentials = credentials;
  }

  @Override
  public GetPartitionsResponse partitions() {
    return EventFeedServiceGrpc.newBlockingStub(channel)
        .withCallCredentials(credentials)
        .withDeadlineAfter(PARTITIONS_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
        .getPartitions(GetPartitionsRequest.getDefaultInstance());
  }

  @Override
  public Stream subscribe(List<Cursor> cursors, Set<String> types) {
    SubscribeRequest request =
        SubscribeRequest.newBuilder()
            .addAllCursors(cursors.stream().map(CursorMapper::toProto).toList())
            .addAllPartitions(cursors.stream().map(Cursor::partition).toList())
            .addAllTypes(types)
            .build();
    GrpcStream stream = new GrpcStream();
    EventFeedServiceGrpc.newStub(channel)
        .withCallCredentials(credentials)
        .subscribe(request, stream.observer);
    return stream;
  }

  /** What the stream holds for its reader: a message, or the status it ended with. */
  private sealed interface Item {
    record Message(SubscribeResponse response) implements Item {}

    record End(Status status) implements Item {}
  }

  private static final class GrpcStream implements Stream {
    // One place more than messages, for the end.
    private final ArrayBlockingQueue<Item> items = new ArrayBlockingQueue<>(MESSAGES_AHEAD + 1);
    private final Observer observer = new Observer();

    @Override
    public Optional<SubscribeResponse> next(Duration atMost) throws InterruptedException {
      Item item = items.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
      return switch (item) {
        case null -> Optional.empty();
        case Item.Message(SubscribeResponse response) -> {
          observer.call.request(1);
          yield Optional.of(response);
        }
        case Item.End(Status status) -> throw status.asRuntimeException();
      };
    }

    @Override
    public void close() {
      observer.call.cancel("the consumer has stopped", null);
    }

    private final class Observer
        implements ClientResponseObserver<SubscribeRequest, SubscribeResponse> {
      private ClientCallStreamObserver<SubscribeRequest> call;

      @Override
      public void beforeStart(ClientCallStreamObserver<SubscribeRequest> requestStream) {
        call = requestStream;
        call.disableAutoRequestWithInitial(MESSAGES_AHEAD);
      }

      @Override
      public void onNext(SubscribeResponse response) {
        items.add(new Item.Message(response));
      }

      @Override
      public void onError(Throwable error) {
        items.add(new Item.End(Status.fromThrowable(error)));
      }

      @Override
      public void onCompleted() {
        items.add(new Item.End(Status.UNAVAILABLE.withDescription("the feed ended the stream")));
      }
    }
  }
}
