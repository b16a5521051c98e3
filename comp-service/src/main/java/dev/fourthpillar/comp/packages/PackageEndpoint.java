package dev.fourthpillar.comp.packages;

import dev.fourthpillar.backbone.edge.Reply;
import dev.fourthpillar.backbone.edge.auth.Callers;
import dev.fourthpillar.backbone.edge.outcome.MutatingRequests;
import dev.fourthpillar.comp.v1.AddEquityGrantRequest;
import dev.fourthpillar.comp.v1.AddEquityGrantResponse;
import dev.fourthpillar.comp.v1.GetPackageRequest;
import dev.fourthpillar.comp.v1.GetPackageResponse;
import dev.fourthpillar.comp.v1.ListPackagesRequest;
import dev.fourthpillar.comp.v1.ListPackagesResponse;
import dev.fourthpillar.comp.v1.PackageServiceGrpc;
import dev.fourthpillar.comp.v1.PutPackageRequest;
import dev.fourthpillar.comp.v1.PutPackageResponse;
import dev.fourthpillar.comp.v1.PutTokenBudgetRequest;
import dev.fourthpillar.comp.v1.PutTokenBudgetResponse;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;

/** PackageService: map, call, map. */
@Singleton
final class PackageEndpoint extends PackageServiceGrpc.PackageServiceImplBase {
  private final PackagesService packages;

  PackageEndpoint(PackagesService packages) {
    this.packages = packages;
  }

  @Override
  public void putPackage(PutPackageRequest request, StreamObserver<PutPackageResponse> observer) {
    Reply.once(
        observer,
        RecordMapper.toPutResponse(
            packages.record(
                MutatingRequests.of(PackageServiceGrpc.getPutPackageMethod(), request),
                request.getEngineer(),
                ChangeMapper.fromProto(request))));
  }

  @Override
  public void putTokenBudget(
      PutTokenBudgetRequest request, StreamObserver<PutTokenBudgetResponse> observer) {
    Reply.once(
        observer,
        RecordMapper.toBudgetResponse(
            packages.record(
                MutatingRequests.of(PackageServiceGrpc.getPutTokenBudgetMethod(), request),
                request.getEngineer(),
                ChangeMapper.fromProto(request))));
  }

  @Override
  public void addEquityGrant(
      AddEquityGrantRequest request, StreamObserver<AddEquityGrantResponse> observer) {
    Reply.once(
        observer,
        RecordMapper.toGrantResponse(
            packages.record(
                MutatingRequests.of(PackageServiceGrpc.getAddEquityGrantMethod(), request),
                request.getEngineer(),
                ChangeMapper.fromProto(request))));
  }

  @Override
  public void getPackage(GetPackageRequest request, StreamObserver<GetPackageResponse> observer) {
    Reply.once(
        observer,
        RecordMapper.toGetResponse(
            packages.get(
                Callers.current(),
                request.getEngineer(),
                RecordMapper.asOf(request),
                RecordMapper.knownAt(request))));
  }

  @Override
  public void listPackages(
      ListPackagesRequest request, StreamObserver<ListPackagesResponse> observer) {
    Reply.once(
        observer,
        RecordMapper.toProto(
            packages.list(Callers.current(), request.getEngineer(), RecordMapper.page(request)),
            request));
  }
}
