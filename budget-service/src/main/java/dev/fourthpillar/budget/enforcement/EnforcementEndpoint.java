package dev.fourthpillar.budget.enforcement;

import dev.fourthpillar.backbone.edge.Reply;
import dev.fourthpillar.budget.v1.EnforceRequest;
import dev.fourthpillar.budget.v1.EnforceResponse;
import dev.fourthpillar.budget.v1.EnforcementServiceGrpc;
import dev.fourthpillar.budget.v1.ExtendHoldRequest;
import dev.fourthpillar.budget.v1.ExtendHoldResponse;
import dev.fourthpillar.budget.v1.GetHoldRequest;
import dev.fourthpillar.budget.v1.GetHoldResponse;
import dev.fourthpillar.budget.v1.ListHoldsRequest;
import dev.fourthpillar.budget.v1.ListHoldsResponse;
import dev.fourthpillar.budget.v1.QuoteCallRequest;
import dev.fourthpillar.budget.v1.QuoteCallResponse;
import dev.fourthpillar.budget.v1.ReleaseRequest;
import dev.fourthpillar.budget.v1.ReleaseResponse;
import dev.fourthpillar.budget.v1.ReserveRequest;
import dev.fourthpillar.budget.v1.ReserveResponse;
import dev.fourthpillar.budget.v1.SettleRequest;
import dev.fourthpillar.budget.v1.SettleResponse;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;

/** EnforcementService: map, call, map. */
@Singleton
final class EnforcementEndpoint extends EnforcementServiceGrpc.EnforcementServiceImplBase {
  private final EnforcementService enforcement;
  private final QuoteService quotes;
  private final EnforcementMapper mapper;
  private final CommandStreamsEndpoint streams;

  EnforcementEndpoint(
      EnforcementService enforcement,
      QuoteService quotes,
      EnforcementMapper mapper,
      CommandStreamsEndpoint streams) {
    this.enforcement = enforcement;
    this.quotes = quotes;
    this.mapper = mapper;
    this.streams = streams;
  }

  @Override
  public void reserve(ReserveRequest request, StreamObserver<ReserveResponse> observer) {
    Reply.once(
        observer, HoldMapper.toReserveResponse(enforcement.decide(mapper.fromProto(request))));
  }

  @Override
  public void settle(SettleRequest request, StreamObserver<SettleResponse> observer) {
    Reply.once(
        observer, HoldMapper.toSettleResponse(enforcement.decide(mapper.fromProto(request))));
  }

  @Override
  public void release(ReleaseRequest request, StreamObserver<ReleaseResponse> observer) {
    Reply.once(
        observer,
        ReleaseResponse.newBuilder()
            .setHold(HoldMapper.toProto(enforcement.decide(EnforcementMapper.fromProto(request))))
            .build());
  }

  @Override
  public void extendHold(ExtendHoldRequest request, StreamObserver<ExtendHoldResponse> observer) {
    Reply.once(
        observer,
        ExtendHoldResponse.newBuilder()
            .setHold(HoldMapper.toProto(enforcement.decide(EnforcementMapper.fromProto(request))))
            .build());
  }

  @Override
  public StreamObserver<EnforceRequest> enforce(StreamObserver<EnforceResponse> observer) {
    return streams.open(observer);
  }

  @Override
  public void getHold(GetHoldRequest request, StreamObserver<GetHoldResponse> observer) {
    Reply.once(
        observer,
        GetHoldResponse.newBuilder()
            .setHold(
                HoldMapper.toProto(enforcement.get(request.getEngineer(), request.getHoldId())))
            .build());
  }

  @Override
  public void listHolds(ListHoldsRequest request, StreamObserver<ListHoldsResponse> observer) {
    Reply.once(
        observer,
        HoldMapper.toProto(
            enforcement.list(
                request.getEngineer(), HoldMapper.state(request), HoldMapper.page(request)),
            request));
  }

  @Override
  public void quoteCall(QuoteCallRequest request, StreamObserver<QuoteCallResponse> observer) {
    Reply.once(
        observer,
        HoldMapper.toProto(
            quotes.quote(mapper.fromProto(request), mapper.fromProto(request.getCall()))));
  }
}
