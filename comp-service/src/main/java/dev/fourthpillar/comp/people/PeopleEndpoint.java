package dev.fourthpillar.comp.people;

import dev.fourthpillar.backbone.edge.Reply;
import dev.fourthpillar.backbone.edge.outcome.MutatingRequests;
import dev.fourthpillar.comp.v1.EndEmploymentRequest;
import dev.fourthpillar.comp.v1.EndEmploymentResponse;
import dev.fourthpillar.comp.v1.GetEngineerRequest;
import dev.fourthpillar.comp.v1.GetEngineerResponse;
import dev.fourthpillar.comp.v1.ImportPeopleRequest;
import dev.fourthpillar.comp.v1.ImportPeopleResponse;
import dev.fourthpillar.comp.v1.ListEngineersRequest;
import dev.fourthpillar.comp.v1.ListEngineersResponse;
import dev.fourthpillar.comp.v1.PeopleServiceGrpc;
import dev.fourthpillar.comp.v1.PutEngineerRequest;
import dev.fourthpillar.comp.v1.PutEngineerResponse;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;

/** PeopleService: map, call, map. */
@Singleton
final class PeopleEndpoint extends PeopleServiceGrpc.PeopleServiceImplBase {
  private final PeopleService people;

  PeopleEndpoint(PeopleService people) {
    this.people = people;
  }

  @Override
  public void putEngineer(
      PutEngineerRequest request, StreamObserver<PutEngineerResponse> observer) {
    Reply.once(
        observer,
        EngineerMapper.toPutResponse(
            people.put(
                MutatingRequests.of(PeopleServiceGrpc.getPutEngineerMethod(), request),
                EngineerMapper.fromProto(request.getEngineer()))));
  }

  @Override
  public void getEngineer(
      GetEngineerRequest request, StreamObserver<GetEngineerResponse> observer) {
    Reply.once(observer, EngineerMapper.toGetResponse(people.get(request.getEngineer())));
  }

  @Override
  public void listEngineers(
      ListEngineersRequest request, StreamObserver<ListEngineersResponse> observer) {
    Reply.once(observer, EngineerMapper.toProto(people.list(EngineerMapper.page(request))));
  }

  @Override
  public void endEmployment(
      EndEmploymentRequest request, StreamObserver<EndEmploymentResponse> observer) {
    Reply.once(
        observer,
        EngineerMapper.toEndResponse(
            people.end(
                MutatingRequests.of(PeopleServiceGrpc.getEndEmploymentMethod(), request),
                request.getEngineer(),
                EngineerMapper.lastDay(request))));
  }

  @Override
  public void importPeople(
      ImportPeopleRequest request, StreamObserver<ImportPeopleResponse> observer) {
    Reply.once(
        observer,
        ImportMapper.toProto(
            people.importAll(
                MutatingRequests.of(PeopleServiceGrpc.getImportPeopleMethod(), request),
                ImportMapper.fromProto(request))));
  }
}
