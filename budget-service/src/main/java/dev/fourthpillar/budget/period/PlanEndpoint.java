package dev.fourthpillar.budget.period;

import dev.fourthpillar.backbone.edge.Reply;
import dev.fourthpillar.backbone.edge.outcome.MutatingRequests;
import dev.fourthpillar.budget.v1.AssignPlanRequest;
import dev.fourthpillar.budget.v1.AssignPlanResponse;
import dev.fourthpillar.budget.v1.CreatePlanRequest;
import dev.fourthpillar.budget.v1.CreatePlanResponse;
import dev.fourthpillar.budget.v1.GetPlanRequest;
import dev.fourthpillar.budget.v1.GetPlanResponse;
import dev.fourthpillar.budget.v1.ListPlansRequest;
import dev.fourthpillar.budget.v1.ListPlansResponse;
import dev.fourthpillar.budget.v1.PlanServiceGrpc;
import dev.fourthpillar.budget.v1.PreviewPlanRequest;
import dev.fourthpillar.budget.v1.PreviewPlanResponse;
import dev.fourthpillar.budget.v1.UpdatePlanRequest;
import dev.fourthpillar.budget.v1.UpdatePlanResponse;
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
  public void createPlan(CreatePlanRequest request, StreamObserver<CreatePlanResponse> observer) {
    Reply.once(
        observer,
        PlanMapper.created(
            plans.create(
                MutatingRequests.of(PlanServiceGrpc.getCreatePlanMethod(), request),
                PlanMapper.fromProto(request),
                PlanMapper.PLAN_CODEC)));
  }

  @Override
  public void updatePlan(UpdatePlanRequest request, StreamObserver<UpdatePlanResponse> observer) {
    Reply.once(
        observer,
        PlanMapper.updated(
            plans.update(
                MutatingRequests.of(PlanServiceGrpc.getUpdatePlanMethod(), request),
                PlanMapper.fromProto(request),
                PlanMapper.VERSION_CODEC)));
  }

  @Override
  public void assignPlan(AssignPlanRequest request, StreamObserver<AssignPlanResponse> observer) {
    Reply.once(
        observer,
        PlanMapper.assigned(
            plans.assign(
                MutatingRequests.of(PlanServiceGrpc.getAssignPlanMethod(), request),
                PlanMapper.fromProto(request),
                PlanMapper.ASSIGNED_CODEC)));
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
