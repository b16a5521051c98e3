package dev.fourthpillar.budget.funding;

import dev.fourthpillar.backbone.edge.Reply;
import dev.fourthpillar.backbone.edge.outcome.MutatingRequests;
import dev.fourthpillar.budget.v1.FundingServiceGrpc;
import dev.fourthpillar.budget.v1.ListCapsRequest;
import dev.fourthpillar.budget.v1.ListCapsResponse;
import dev.fourthpillar.budget.v1.PutCapRequest;
import dev.fourthpillar.budget.v1.PutCapResponse;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;

/** FundingService: map, call, map. */
@Singleton
final class FundingEndpoint extends FundingServiceGrpc.FundingServiceImplBase {
  private final CapService caps;

  FundingEndpoint(CapService caps) {
    this.caps = caps;
  }

  @Override
  public void putCap(PutCapRequest request, StreamObserver<PutCapResponse> observer) {
    Reply.once(
        observer,
        CapMapper.put(
            caps.put(
                MutatingRequests.of(FundingServiceGrpc.getPutCapMethod(), request),
                CapMapper.fromProto(request.getCap()),
                CapMapper.CODEC)));
  }

  @Override
  public void listCaps(ListCapsRequest request, StreamObserver<ListCapsResponse> observer) {
    Reply.once(observer, CapMapper.toProto(caps.list(CapMapper.page(request))));
  }
}
