package dev.fourthpillar.backbone.feed.subscribe;

import dev.fourthpillar.backbone.edge.Reply;
import dev.fourthpillar.backbone.edge.auth.Callers;
import dev.fourthpillar.events.v1.EventFeedServiceGrpc;
import dev.fourthpillar.events.v1.GetPartitionsRequest;
import dev.fourthpillar.events.v1.GetPartitionsResponse;
import dev.fourthpillar.events.v1.SubscribeRequest;
import dev.fourthpillar.events.v1.SubscribeResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/** EventFeedService over the feed of this service. */
final class EventFeedEndpoint extends EventFeedServiceGrpc.EventFeedServiceImplBase {
  private final Subscriptions subscriptions;
  private final SubscriptionStreams streams;

  EventFeedEndpoint(Subscriptions subscriptions, SubscriptionStreams streams) {
    this.subscriptions = subscriptions;
    this.streams = streams;
  }

  @Override
  public void subscribe(SubscribeRequest request, StreamObserver<SubscribeResponse> observer) {
    streams.open(
        SubscriptionMapper.fromProto(request, Callers.current()),
        (ServerCallStreamObserver<SubscribeResponse>) observer);
  }

  @Override
  public void getPartitions(
      GetPartitionsRequest request, StreamObserver<GetPartitionsResponse> observer) {
    Reply.once(observer, SubscriptionMapper.toProto(subscriptions.heads()));
  }
}
