package dev.fourthpillar.usage.shortfall;

import dev.fourthpillar.backbone.edge.Reply;
import dev.fourthpillar.usage.v1.ListShortfallsRequest;
import dev.fourthpillar.usage.v1.ListShortfallsResponse;
import dev.fourthpillar.usage.v1.ReconciliationServiceGrpc;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;

/** ReconciliationService: map, call, map. */
@Singleton
final class ReconciliationEndpoint extends ReconciliationServiceGrpc.ReconciliationServiceImplBase {
  private final ShortfallService shortfalls;

  ReconciliationEndpoint(ShortfallService shortfalls) {
    this.shortfalls = shortfalls;
  }

  @Override
  public void listShortfalls(
      ListShortfallsRequest request, StreamObserver<ListShortfallsResponse> observer) {
    Reply.once(
        observer,
        ShortfallMapper.toProto(
            shortfalls.list(
                ShortfallMapper.from(request),
                ShortfallMapper.until(request),
                request.getTool(),
                ShortfallMapper.atMost(request))));
  }
}
