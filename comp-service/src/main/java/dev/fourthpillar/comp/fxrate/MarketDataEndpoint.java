package dev.fourthpillar.comp.fxrate;

import dev.fourthpillar.backbone.edge.Reply;
import dev.fourthpillar.backbone.edge.outcome.MutatingRequests;
import dev.fourthpillar.comp.v1.GetFxRateRequest;
import dev.fourthpillar.comp.v1.GetFxRateResponse;
import dev.fourthpillar.comp.v1.MarketDataServiceGrpc;
import dev.fourthpillar.comp.v1.PutFxRatesRequest;
import dev.fourthpillar.comp.v1.PutFxRatesResponse;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;

/** MarketDataService: map, call, map. */
@Singleton
final class MarketDataEndpoint extends MarketDataServiceGrpc.MarketDataServiceImplBase {
  private final FxRateService rates;

  MarketDataEndpoint(FxRateService rates) {
    this.rates = rates;
  }

  @Override
  public void putFxRates(PutFxRatesRequest request, StreamObserver<PutFxRatesResponse> observer) {
    Reply.once(
        observer,
        FxRateMapper.toPutResponse(
            rates.put(
                MutatingRequests.of(MarketDataServiceGrpc.getPutFxRatesMethod(), request),
                FxRateMapper.fromProto(request))));
  }

  @Override
  public void getFxRate(GetFxRateRequest request, StreamObserver<GetFxRateResponse> observer) {
    Reply.once(
        observer,
        FxRateMapper.toGetResponse(
            rates.get(FxRateMapper.pair(request), FxRateMapper.date(request))));
  }
}
