package dev.fourthpillar.sample.pocket;

import dev.fourthpillar.backbone.edge.Reply;
import dev.fourthpillar.backbone.edge.outcome.MutatingRequests;
import dev.fourthpillar.sample.v1.GetPocketRequest;
import dev.fourthpillar.sample.v1.GetPocketResponse;
import dev.fourthpillar.sample.v1.ListPocketsRequest;
import dev.fourthpillar.sample.v1.ListPocketsResponse;
import dev.fourthpillar.sample.v1.PocketServiceGrpc;
import dev.fourthpillar.sample.v1.PutInPocketRequest;
import dev.fourthpillar.sample.v1.PutInPocketResponse;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;

/** PocketService: map, call, map. */
@Singleton
final class PocketEndpoint extends PocketServiceGrpc.PocketServiceImplBase {
  private final PocketService pockets;

  PocketEndpoint(PocketService pockets) {
    this.pockets = pockets;
  }

  @Override
  public void putInPocket(
      PutInPocketRequest request, StreamObserver<PutInPocketResponse> observer) {
    Reply.once(
        observer,
        PocketMapper.toPutResponse(
            pockets.put(
                MutatingRequests.of(PocketServiceGrpc.getPutInPocketMethod(), request),
                PocketMapper.fromProto(request))));
  }

  @Override
  public void getPocket(GetPocketRequest request, StreamObserver<GetPocketResponse> observer) {
    Reply.once(
        observer,
        PocketMapper.toGetResponse(pockets.get(request.getEngineer(), request.getPocket())));
  }

  @Override
  public void listPockets(
      ListPocketsRequest request, StreamObserver<ListPocketsResponse> observer) {
    Reply.once(
        observer,
        PocketMapper.toProto(
            pockets.list(request.getEngineer(), PocketMapper.page(request)), request));
  }
}
