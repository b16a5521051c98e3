package dev.fourthpillar.usage.unmatched;

import dev.fourthpillar.backbone.edge.Reply;
import dev.fourthpillar.backbone.edge.auth.Callers;
import dev.fourthpillar.backbone.edge.outcome.MutatingRequests;
import dev.fourthpillar.usage.conflict.ConflictsEndpoint;
import dev.fourthpillar.usage.report.ReportMapper;
import dev.fourthpillar.usage.report.ReportService;
import dev.fourthpillar.usage.shortfall.ShortfallMapper;
import dev.fourthpillar.usage.shortfall.ShortfallService;
import dev.fourthpillar.usage.v1.DecideUnmatchedRequest;
import dev.fourthpillar.usage.v1.DecideUnmatchedResponse;
import dev.fourthpillar.usage.v1.ListConflictsRequest;
import dev.fourthpillar.usage.v1.ListConflictsResponse;
import dev.fourthpillar.usage.v1.ListDifferencesRequest;
import dev.fourthpillar.usage.v1.ListDifferencesResponse;
import dev.fourthpillar.usage.v1.ListShortfallsRequest;
import dev.fourthpillar.usage.v1.ListShortfallsResponse;
import dev.fourthpillar.usage.v1.ListUnmatchedPoliciesRequest;
import dev.fourthpillar.usage.v1.ListUnmatchedPoliciesResponse;
import dev.fourthpillar.usage.v1.ListUnmatchedRequest;
import dev.fourthpillar.usage.v1.ListUnmatchedResponse;
import dev.fourthpillar.usage.v1.ReconciliationServiceGrpc;
import dev.fourthpillar.usage.v1.SetUnmatchedPolicyRequest;
import dev.fourthpillar.usage.v1.SetUnmatchedPolicyResponse;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;

/** ReconciliationService: map, call, map. */
@Singleton
final class ReconciliationEndpoint extends ReconciliationServiceGrpc.ReconciliationServiceImplBase {
  private final UnmatchedService unmatched;
  private final ReportService reports;
  private final ShortfallService shortfalls;
  private final ConflictsEndpoint conflicts;

  ReconciliationEndpoint(
      UnmatchedService unmatched,
      ReportService reports,
      ShortfallService shortfalls,
      ConflictsEndpoint conflicts) {
    this.unmatched = unmatched;
    this.reports = reports;
    this.shortfalls = shortfalls;
    this.conflicts = conflicts;
  }

  @Override
  public void listShortfalls(
      ListShortfallsRequest request, StreamObserver<ListShortfallsResponse> observer) {
    Reply.once(
        observer,
        ShortfallMapper.toProto(
            shortfalls.list(
                ShortfallMapper.from(request),
                ShortfallMapper.until(request),
                request.getTool(),
                ShortfallMapper.atMost(request))));
  }

  @Override
  public void listConflicts(
      ListConflictsRequest request, StreamObserver<ListConflictsResponse> observer) {
    conflicts.list(request, observer);
  }

  @Override
  public void listDifferences(
      ListDifferencesRequest request, StreamObserver<ListDifferencesResponse> observer) {
    Reply.once(
        observer,
        ReportMapper.toProto(
            reports.differences(ReportMapper.fromProto(request), ReportMapper.page(request)),
            request));
  }

  @Override
  public void listUnmatched(
      ListUnmatchedRequest request, StreamObserver<ListUnmatchedResponse> observer) {
    Reply.once(
        observer,
        ReconciliationMapper.toProto(
            unmatched.waiting(
                ReconciliationMapper.text(request.getEngineer()),
                ReconciliationMapper.text(request.getTool()),
                ReconciliationMapper.page(request)),
            request));
  }

  @Override
  public void decideUnmatched(
      DecideUnmatchedRequest request, StreamObserver<DecideUnmatchedResponse> observer) {
    Reply.once(
        observer,
        ReconciliationMapper.decided(
            unmatched.decide(
                MutatingRequests.of(ReconciliationServiceGrpc.getDecideUnmatchedMethod(), request),
                ReconciliationMapper.choice(request),
                ReconciliationMapper.review(request))));
  }

  @Override
  public void setUnmatchedPolicy(
      SetUnmatchedPolicyRequest request, StreamObserver<SetUnmatchedPolicyResponse> observer) {
    Reply.once(
        observer,
        ReconciliationMapper.toResponse(
            unmatched.set(
                MutatingRequests.of(
                    ReconciliationServiceGrpc.getSetUnmatchedPolicyMethod(), request),
                ReconciliationMapper.fromProto(request, Callers.current()))));
  }

  @Override
  public void listUnmatchedPolicies(
      ListUnmatchedPoliciesRequest request,
      StreamObserver<ListUnmatchedPoliciesResponse> observer) {
    Reply.once(
        observer,
        ReconciliationMapper.toRules(unmatched.rules(ReconciliationMapper.page(request))));
  }
}
