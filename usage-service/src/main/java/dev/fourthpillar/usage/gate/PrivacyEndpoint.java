package dev.fourthpillar.usage.gate;

import dev.fourthpillar.backbone.edge.Reply;
import dev.fourthpillar.backbone.edge.outcome.MutatingRequests;
import dev.fourthpillar.usage.v1.GetCollectionGateRequest;
import dev.fourthpillar.usage.v1.GetCollectionGateResponse;
import dev.fourthpillar.usage.v1.PrivacyServiceGrpc;
import dev.fourthpillar.usage.v1.SetCollectionGateRequest;
import dev.fourthpillar.usage.v1.SetCollectionGateResponse;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;

/** PrivacyService: map, call, map. */
@Singleton
final class PrivacyEndpoint extends PrivacyServiceGrpc.PrivacyServiceImplBase {
  private final GateService gates;

  PrivacyEndpoint(GateService gates) {
    this.gates = gates;
  }

  @Override
  public void setCollectionGate(
      SetCollectionGateRequest request, StreamObserver<SetCollectionGateResponse> observer) {
    Reply.once(
        observer,
        GateMapper.toSet(
            gates.set(
                MutatingRequests.of(PrivacyServiceGrpc.getSetCollectionGateMethod(), request),
                GateMapper.fromProto(request),
                GateMapper.since(request))));
  }

  @Override
  public void getCollectionGate(
      GetCollectionGateRequest request, StreamObserver<GetCollectionGateResponse> observer) {
    Reply.once(
        observer, GateMapper.toGet(gates.get(request.getCountry(), GateMapper.asOf(request))));
  }
}
