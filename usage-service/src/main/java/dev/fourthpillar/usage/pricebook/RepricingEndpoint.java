package dev.fourthpillar.usage.pricebook;

import dev.fourthpillar.usage.v1.GetRepricingRequest;
import dev.fourthpillar.usage.v1.GetRepricingResponse;
import dev.fourthpillar.usage.v1.PreviewRepriceRequest;
import dev.fourthpillar.usage.v1.PreviewRepriceResponse;
import dev.fourthpillar.usage.v1.RepriceUsageRequest;
import dev.fourthpillar.usage.v1.RepriceUsageResponse;
import dev.fourthpillar.usage.v1.RevertRepricingRequest;
import dev.fourthpillar.usage.v1.RevertRepricingResponse;
import io.grpc.stub.StreamObserver;

/**
 * The part of PriceBookService that is about usage: who values usage needs price books, so that
 * price books cannot know of it.
 */
public interface RepricingEndpoint {
  void preview(PreviewRepriceRequest request, StreamObserver<PreviewRepriceResponse> observer);

  void reprice(RepriceUsageRequest request, StreamObserver<RepriceUsageResponse> observer);

  void revert(RevertRepricingRequest request, StreamObserver<RevertRepricingResponse> observer);

  void get(GetRepricingRequest request, StreamObserver<GetRepricingResponse> observer);
}
