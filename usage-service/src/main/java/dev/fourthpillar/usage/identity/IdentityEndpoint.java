package dev.fourthpillar.usage.identity;

import dev.fourthpillar.backbone.edge.Reply;
import dev.fourthpillar.backbone.edge.outcome.MutatingRequests;
import dev.fourthpillar.usage.v1.IdentityServiceGrpc;
import dev.fourthpillar.usage.v1.ListIdentitiesRequest;
import dev.fourthpillar.usage.v1.ListIdentitiesResponse;
import dev.fourthpillar.usage.v1.ListUnattributedRequest;
import dev.fourthpillar.usage.v1.ListUnattributedResponse;
import dev.fourthpillar.usage.v1.ListUnpricedRequest;
import dev.fourthpillar.usage.v1.ListUnpricedResponse;
import dev.fourthpillar.usage.v1.MapIdentityRequest;
import dev.fourthpillar.usage.v1.MapIdentityResponse;
import dev.fourthpillar.usage.v1.UnmapIdentityRequest;
import dev.fourthpillar.usage.v1.UnmapIdentityResponse;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;

/** IdentityService: map, call, map. */
@Singleton
final class IdentityEndpoint extends IdentityServiceGrpc.IdentityServiceImplBase {
  private final IdentityService identities;

  IdentityEndpoint(IdentityService identities) {
    this.identities = identities;
  }

  @Override
  public void mapIdentity(
      MapIdentityRequest request, StreamObserver<MapIdentityResponse> observer) {
    Mapping mapping =
        identities.map(
            MutatingRequests.of(IdentityServiceGrpc.getMapIdentityMethod(), request),
            IdentityMapper.fromProto(request));
    Reply.once(
        observer,
        MapIdentityResponse.newBuilder().setMapping(IdentityMapper.toProto(mapping)).build());
  }

  @Override
  public void unmapIdentity(
      UnmapIdentityRequest request, StreamObserver<UnmapIdentityResponse> observer) {
    Mapping mapping =
        identities.map(
            MutatingRequests.of(IdentityServiceGrpc.getUnmapIdentityMethod(), request),
            IdentityMapper.fromProto(request));
    Reply.once(
        observer,
        UnmapIdentityResponse.newBuilder().setMapping(IdentityMapper.toProto(mapping)).build());
  }

  @Override
  public void listIdentities(
      ListIdentitiesRequest request, StreamObserver<ListIdentitiesResponse> observer) {
    Reply.once(
        observer,
        IdentityMapper.toProto(
            identities.list(request.getEngineer(), IdentityMapper.page(request)), request));
  }

  @Override
  public void listUnattributed(
      ListUnattributedRequest request, StreamObserver<ListUnattributedResponse> observer) {
    Reply.once(
        observer,
        IdentityMapper.toUnattributed(
            identities.unattributed(IdentityMapper.groups(request.getPageSize()))));
  }

  @Override
  public void listUnpriced(
      ListUnpricedRequest request, StreamObserver<ListUnpricedResponse> observer) {
    Reply.once(
        observer,
        IdentityMapper.toUnpriced(
            identities.unpriced(IdentityMapper.groups(request.getPageSize()))));
  }
}
