package dev.fourthpillar.budget.crash;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.fourthpillar.events.v1.Cursor;
import dev.fourthpillar.events.v1.Event;
import dev.fourthpillar.events.v1.EventFeedServiceGrpc;
import dev.fourthpillar.events.v1.HoldSettled;
import dev.fourthpillar.events.v1.PartitionBatch;
import dev.fourthpillar.events.v1.SubscribeRequest;
import dev.fourthpillar.events.v1.SubscribeResponse;
import dev.fourthpillar.testkit.service.BearerToken;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads which holds have ended, and goes on from its cursors at another replica when a stream ends.
 */
final class Follower implements StreamObserver<SubscribeResponse> {
  private final ManagedChannel channel;
  private final BearerToken token;
  private final Map<Integer, Cursor> cursors = new HashMap<>();
  private final List<String> ended = new ArrayList<>();
  private int streams;

  Follower(ManagedChannel channel, BearerToken token) {
    this.channel = channel;
    this.token = token;
    follow();
  }

  /** The holds, each as often as it was told. */
  synchronized List<String> ended() {
    return List.copyOf(ended);
  }

  /** Subscriptions it has needed. */
  synchronized int streams() {
    return streams;
  }

  private synchronized void follow() {
    streams++;
    EventFeedServiceGrpc.newStub(channel)
        .withCallCredentials(token)
        .withWaitForReady()
        .subscribe(
            SubscribeRequest.newBuilder()
                .addAllCursors(cursors.values())
                .addTypes(HoldSettled.getDescriptor().getFullName())
                .build(),
            this);
  }

  @Override
  public synchronized void onNext(SubscribeResponse response) {
    for (PartitionBatch batch : response.getBatchesList()) {
      cursors.put(batch.getTo().getPartition(), batch.getTo());
      batch.getEventsList().forEach(event -> ended.add(hold(event)));
    }
  }

  private static String hold(Event event) {
    try {
      return event.getData().unpack(HoldSettled.class).getHoldId();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void onError(Throwable end) {
    if (!channel.isShutdown()) {
      follow();
    }
  }

  @Override
  public void onCompleted() {
    onError(new AssertionError("ended without a reason"));
  }
}
