package dev.fourthpillar.usage.reprice;

import dev.fourthpillar.backbone.edge.Reply;
import dev.fourthpillar.backbone.edge.auth.Callers;
import dev.fourthpillar.backbone.edge.outcome.MutatingRequests;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.usage.pricebook.RepricingEndpoint;
import dev.fourthpillar.usage.v1.GetRepricingRequest;
import dev.fourthpillar.usage.v1.GetRepricingResponse;
import dev.fourthpillar.usage.v1.PreviewRepriceRequest;
import dev.fourthpillar.usage.v1.PreviewRepriceResponse;
import dev.fourthpillar.usage.v1.PriceBookServiceGrpc;
import dev.fourthpillar.usage.v1.RepriceUsageRequest;
import dev.fourthpillar.usage.v1.RepriceUsageResponse;
import dev.fourthpillar.usage.v1.RevertRepricingRequest;
import dev.fourthpillar.usage.v1.RevertRepricingResponse;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;

/** PriceBookService, re-pricing: map, call, map. */
@Singleton
final class PriceBookRepricingEndpoint implements RepricingEndpoint {
  private final RepriceService repricings;

  PriceBookRepricingEndpoint(RepriceService repricings) {
    this.repricings = repricings;
  }

  @Override
  public void preview(
      PreviewRepriceRequest request, StreamObserver<PreviewRepriceResponse> observer) {
    Reply.once(
        observer,
        RepriceMapper.toProto(
            repricings.preview(
                TimestampMapper.fromProto(request.getStartTime()),
                RepriceMapper.end(request),
                RepriceMapper.book(request),
                RepriceMapper.discount(request))));
  }

  @Override
  public void reprice(RepriceUsageRequest request, StreamObserver<RepriceUsageResponse> observer) {
    Reply.once(
        observer,
        RepriceMapper.toApplied(
            repricings.reprice(
                MutatingRequests.of(PriceBookServiceGrpc.getRepriceUsageMethod(), request),
                RepriceMapper.order(request, Callers.current()))));
  }

  @Override
  public void revert(
      RevertRepricingRequest request, StreamObserver<RevertRepricingResponse> observer) {
    Reply.once(
        observer,
        RepriceMapper.toReverted(
            repricings.revert(
                MutatingRequests.of(PriceBookServiceGrpc.getRevertRepricingMethod(), request),
                request.getRepricingId())));
  }

  @Override
  public void get(GetRepricingRequest request, StreamObserver<GetRepricingResponse> observer) {
    Reply.once(observer, RepriceMapper.toGot(repricings.get(request.getRepricingId())));
  }
}
