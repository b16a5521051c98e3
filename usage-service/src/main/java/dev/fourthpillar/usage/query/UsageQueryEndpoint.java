package dev.fourthpillar.usage.query;

import dev.fourthpillar.backbone.edge.Reply;
import dev.fourthpillar.backbone.edge.auth.Callers;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.usage.v1.GetAgentTreeRequest;
import dev.fourthpillar.usage.v1.GetAgentTreeResponse;
import dev.fourthpillar.usage.v1.ListRecordsRequest;
import dev.fourthpillar.usage.v1.ListRecordsResponse;
import dev.fourthpillar.usage.v1.QueryUsageRequest;
import dev.fourthpillar.usage.v1.QueryUsageResponse;
import dev.fourthpillar.usage.v1.UsageQueryServiceGrpc;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;

/** UsageQueryService: map, call, map. */
@Singleton
final class UsageQueryEndpoint extends UsageQueryServiceGrpc.UsageQueryServiceImplBase {
  private final UsageQueryService usage;

  UsageQueryEndpoint(UsageQueryService usage) {
    this.usage = usage;
  }

  @Override
  public void queryUsage(QueryUsageRequest request, StreamObserver<QueryUsageResponse> observer) {
    UsageQuery query = UsageQueryMapper.fromProto(request);
    Reply.once(
        observer,
        UsageQueryMapper.toProto(
            usage.query(query, UsageQueryMapper.after(query), Callers.current()), query, request));
  }

  @Override
  public void listRecords(
      ListRecordsRequest request, StreamObserver<ListRecordsResponse> observer) {
    PageRequest page = UsageQueryMapper.page(request);
    Reply.once(
        observer,
        UsageQueryMapper.toProto(
            usage.records(
                request.getEngineer(),
                UsageQueryMapper.from(request),
                UsageQueryMapper.until(request),
                UsageQueryMapper.after(page),
                page),
            page,
            request));
  }

  @Override
  public void getAgentTree(
      GetAgentTreeRequest request, StreamObserver<GetAgentTreeResponse> observer) {
    Reply.once(
        observer,
        UsageQueryMapper.toProto(usage.tree(request.getEngineer(), request.getSession())));
  }
}
