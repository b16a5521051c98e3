package dev.fourthpillar.budget.period;

import dev.fourthpillar.backbone.edge.Reply;
import dev.fourthpillar.budget.v1.GetPlanRequest;
import dev.fourthpillar.budget.v1.GetPlanResponse;
import dev.fourthpillar.budget.v1.ListPlansRequest;
import dev.fourthpillar.budget.v1.ListPlansResponse;
import dev.fourthpillar.budget.v1.PlanServiceGrpc;
import dev.fourthpillar.budget.v1.PreviewPlanRequest;
import dev.fourthpillar.budget.v1.PreviewPlanResponse;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;

/** PlanService: map, call, map. */
@Singleton
final class PlanEndpoint extends PlanServiceGrpc.PlanServiceImplBase {
  private final PlanService plans;

  PlanEndpoint(PlanService plans) {
    this.plans = plans;
  }

  @Override
  public void getPlan(GetPlanRequest request, StreamObserver<GetPlanResponse> observer) {
    Reply.once(observer, PlanMapper.toProto(plans.get(request.getPlan())));
  }

  @Override
  public void listPlans(ListPlansRequest request, StreamObserver<ListPlansResponse> observer) {
    Reply.once(observer, PlanMapper.toProto(plans.list(PlanMapper.page(request))));
  }

  @Override
  public void previewPlan(
      PreviewPlanRequest request, StreamObserver<PreviewPlanResponse> observer) {
    Reply.once(observer, PlanMapper.toProto(plans.preview(PlanMapper.fromProto(request))));
  }
}
